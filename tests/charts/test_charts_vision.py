"""Contrast and seeming difference of colours, against published values."""

import pytest
from matplotlib.colors import to_rgb

from analysis.charts.style import BLUE, LINE, QUIET, TURQUOISE
from analysis.charts.vision import contrast, worst_difference

WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)


def test_contrast_as_the_web_guidelines_define_it():
    # WCAG 2.2: black on white is 21:1; #767676 is the lightest grey that reaches 4.54:1 on white.
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, to_rgb("#767676")) == pytest.approx(4.54, abs=0.005)


def test_black_and_white_are_a_hundred_apart_to_every_eye():
    assert worst_difference(BLACK, WHITE)[0] == pytest.approx(100, abs=0.05)
    assert worst_difference(WHITE, WHITE)[0] == 0


@pytest.mark.parametrize(
    ("colour", "other", "eye"),
    [
        ("#804040", "#406040", "deuteranomaly"),  # brown and moss
        ("#8f6a00", "#b35c00", "protanomaly"),  # ochre and rust
        ("#2f7d4f", "#2f6f9e", "tritanomaly"),  # green and blue
    ],
)
def test_each_deficiency_makes_its_own_colours_alike(colour, other, eye):
    worst, name = worst_difference(to_rgb(colour), to_rgb(other))
    assert name == eye
    assert worst < 15


def test_the_two_house_colours_stand_apart_for_every_eye():
    # Palette of the Analysis Function; contrast and differences measured for these two tones.
    blue, turquoise = to_rgb(BLUE), to_rgb(TURQUOISE)
    assert min(contrast(blue, WHITE), contrast(turquoise, WHITE), contrast(blue, turquoise)) > 3
    assert worst_difference(blue, turquoise)[0] > 30


def test_quiet_text_and_thin_lines_are_seen():
    assert contrast(to_rgb(QUIET), WHITE) > 4.5
    assert contrast(to_rgb(LINE), WHITE) > 3
