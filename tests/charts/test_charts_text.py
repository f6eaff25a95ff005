"""Lines, labels and axes: nothing wider than its room, nothing on top of something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.axis import ratio_ticks, tick_words, ticks_for
from analysis.charts.chart import Mark
from analysis.charts.plane import spread
from analysis.charts.style import house_style
from analysis.charts.text import clean, width_of, wrap

sentences = st.text("abcdefghijklm  ", max_size=120)


@given(text=sentences, width=st.floats(0.3, 6))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text, width):
    with house_style():
        lines = wrap(text, width)
        assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_words_break_only_where_they_must():
    with house_style():
        assert wrap("safeguarding adults board", 1.4) == ("safeguarding", "adults board")
        assert len(wrap("safeguarding", 0.6)) > 1
        assert wrap("  ", 1) == ()


def test_control_characters_and_line_breaks_leave_a_label():
    assert clean("a\x00b\n c\td") == "a b c d"


@given(
    texts=st.lists(st.tuples(st.floats(0, 5), st.floats(0.2, 0.8)), min_size=1, max_size=5),
)
def test_end_labels_stand_clear_of_each_other_between_floor_and_ceiling(texts):
    middles, heights = zip(*texts, strict=True)
    spots = spread(middles, heights, 0, 5)
    order = sorted(range(len(spots)), key=lambda i: spots[i])
    for below, above in zip(order, order[1:], strict=False):
        assert spots[above] - spots[below] >= (heights[above] + heights[below]) / 2 - 1e-9
    assert min(spots[i] - heights[i] / 2 for i in order) >= -1e-9
    assert max(spots[i] + heights[i] / 2 for i in order) <= 5 + 1e-9


def test_a_label_with_room_stays_at_its_line():
    assert spread([1.0, 3.0], [0.4, 0.4], 0, 5) == pytest.approx([1.0, 3.0])


@pytest.mark.parametrize(
    ("numbers", "close", "zero"),
    [
        ([90, 100], 0.85, False),
        ([84, 100], 0.85, True),
        ([84, 100], 0.5, False),
        ([0, 3], 0.5, True),
        ([7, 7], 0.5, True),
    ],
)
def test_an_axis_leaves_zero_out_only_where_all_values_lie_close_together(numbers, close, zero):
    ticks = ticks_for(numbers, close=close)
    assert (ticks[0] == 0) is zero
    assert ticks[0] <= min(numbers) <= max(numbers) <= ticks[-1]


def test_an_axis_without_numbers_still_stands():
    assert len(ticks_for([])) > 1


def test_ticks_read_in_the_unit_of_the_marks():
    percent, pounds = [Mark("a", 1, "1%")], [Mark("a", 1, "£1")]
    assert tick_words(percent, [0, 2.5])(2.5) == "2.5%"
    assert tick_words(pounds, [0, 2000])(2000) == "£2,000"
    assert tick_words(pounds, [-2000, 0])(-2000) == "\N{MINUS SIGN}£2,000"
    assert tick_words([], [0, 1500])(1500) == "1,500"


def test_ratio_ticks_are_halves_and_doubles_around_one():
    ticks, words = ratio_ticks([Mark("a", 0.3, "0.30"), Mark("b", 1.9, "1.90")], 4)
    assert (ticks, [words(tick) for tick in ticks]) == ([0.25, 0.5, 1, 2], ["1/4", "1/2", "1", "2"])
