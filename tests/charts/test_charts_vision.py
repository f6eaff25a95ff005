"""Colour arithmetic against published values and an independent implementation (colorspacious)."""

import colorspacious
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from analysis.charts.style import BLUE, LINE, QUIET, TURQUOISE
from analysis.charts.vision import DEFICIENCIES, contrast, difference, simulate, uniform, worst_difference

colours = st.tuples(*[st.floats(0, 1)] * 3)
WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)


def test_contrast_as_the_web_guidelines_define_it():
    # WCAG 2.2: black on white is 21:1; #767676 is the lightest grey that reaches 4.54:1 on white.
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, to_rgb("#767676")) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", DEFICIENCIES)
@given(colour=colours)
def test_deficiencies_agree_with_colorspacious(name, colour):
    # The two pieces of the sRGB curve don't quite meet at this point, and each program takes another piece there.
    assume(0.04045 not in colour)
    space = {"name": "sRGB1+CVD", "cvd_type": name, "severity": 100}
    expected = np.clip(colorspacious.cspace_convert(colour, space, "sRGB1"), 0, 1)
    assert simulate(colour, name) == pytest.approx(expected, abs=1e-9)


@given(one=colours, other=colours)
def test_differences_agree_with_colorspacious(one, other):
    expected = colorspacious.deltaE(np.array(one), np.array(other), input_space="sRGB1", uniform_space="CAM02-UCS")
    assert difference(one, other) == pytest.approx(expected, abs=0.02)


def test_black_has_a_place_in_the_uniform_space():
    assert uniform(BLACK) == pytest.approx((0, 0, 0), abs=1e-6)


def test_the_two_house_colours_stand_apart_for_every_eye():
    # Palette of the Analysis Function; contrast and differences measured for these two tones.
    blue, turquoise = to_rgb(BLUE), to_rgb(TURQUOISE)
    assert min(contrast(blue, WHITE), contrast(turquoise, WHITE), contrast(blue, turquoise)) > 3
    assert worst_difference(blue, turquoise)[0] > 30


def test_quiet_text_and_thin_lines_are_seen():
    assert contrast(to_rgb(QUIET), WHITE) > 4.5
    assert contrast(to_rgb(LINE), WHITE) > 3
