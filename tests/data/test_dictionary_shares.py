"""What a share's words say it is of is what it is of, for every measure of the catalogue."""

import re
from dataclasses import replace

import pytest

from analysis.figures.build import make_statistics
from analysis.measures.catalogue import get_catalogue
from analysis.measures.periods import parse_year
from analysis.partnership import Section
from tests.examples import HERE, seen

CATALOGUE = get_catalogue()
SHARES = [one for one in CATALOGUE.measures.values() if "percent" in one.measure_types and one.of]
RATIO = "is the number of "
LITTLE = {"that", "whose", "were", "with", "from", "which", "their", "those"}
# Numerators that are of the base although the catalogue doesn't tie their numbers.
OF_THE_BASE = {
    "conferences_to_plan": "conferences whose result was a plan are counted, not plans",
    "looked_after_uasc": "the looked-after children among them are counted",
    "training_places_filled": "an attendance fills a place",
}


def stems(text):
    """Return the beginnings of the words that carry a meaning."""
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())} - {word[:5] for word in LITTLE}


@pytest.mark.parametrize("measure", SHARES, ids=lambda one: one.id)
def test_a_share_names_its_base(measure):
    for split in (None, *measure.by.values()):
        words = measure.words(split, "share")
        if words and "{category}" not in words[: len("of {category}")]:
            assert stems(words) & stems(CATALOGUE.measures[measure.of].noun), words


@pytest.mark.parametrize("measure", SHARES, ids=lambda one: one.id)
def test_one_number_over_another_that_does_not_hold_it_is_never_told_as_a_part(measure):
    parts = [CATALOGUE.measures[name.split("/")[0]] for name in measure.numerator]
    apart = [one.id for one in parts if measure.of not in (one.id, one.of, *one.part_of, one.same_as)]
    if apart and measure.id not in OF_THE_BASE:
        assert measure.share.startswith(RATIO), (measure.share, apart)


@pytest.mark.parametrize(
    "measure", [one for one in SHARES if one.of_only and one.total and one.share], ids=lambda one: one.id
)
def test_a_counted_share_says_which_of_its_base_it_keeps_to(measure):
    observation = seen(
        indicator=measure.id, unit="percent", measure_type="percent", value=50.0, numerator=30.0, denominator=60.0,
        decimals=1, period=parse_year("2023-24"), row=0,
    )  # fmt: skip
    here = replace(HERE, sections=(Section(measure.sections[0], "1", "One", "A"),))
    (figure,) = make_statistics([observation], CATALOGUE, here, "2023-24")
    said = f"{measure.share} {figure.base}"
    assert all(part in said for part in re.split(r",? (?=where this is recorded)", measure.of_only)), said
