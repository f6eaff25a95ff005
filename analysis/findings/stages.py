"""Official counts that go together: a stage out of another, and a council's own count over its population."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from analysis.figures.display import lower_first
from analysis.figures.official import Beside, home_of, title_of
from analysis.figures.official_years import year_of
from analysis.findings.finding import Bar, Candidate, FindingChart
from analysis.findings.places import TWICE, is_middle, name_source
from analysis.findings.rules import Rules
from analysis.measures.catalogue import Catalogue
from analysis.official import ComparatorSet, Published, place_words, population_of
from analysis.official.ranks import rank
from analysis.partnership import Partnership

HUNDRED = 100
PEOPLE = 100_000
ADULTS = "population_18_plus"


def list_stage_pairs(
    beside: Iterable[Beside], partnership: Partnership, catalogue: Catalogue, rules: Rules
) -> list[Candidate]:
    """Return a candidate for every published count that comes out of another one, by the catalogue."""
    counts = {
        one.comparator: one.figures for one in beside if one.figures.own and not one.figures.unit.startswith("per")
    }
    pairs = [(catalogue.measures[name].comes_from, name) for name in counts if name in catalogue.measures]
    found = (
        _pair(counts[first], counts[second], partnership, catalogue, rules)
        for first, second in pairs
        if first in counts
    )
    return [one for one in found if one]


def _pair(
    stage: ComparatorSet, following: ComparatorSet, partnership: Partnership, catalogue: Catalogue, rules: Rules
) -> Candidate | None:
    now, before = (stage.own, following.own), (_last(stage.previous), _last(following.previous))
    country = (stage.national, following.national)
    country_before = _last(stage.history.get("national", ()))
    if not all(_is_shown(one) for one in (*now, *before, *country, country_before)):
        return None
    ratio, ratio_country = _ratio(*now), _ratio(*country)
    changes = [_change(one, two) for one, two in zip(before, now, strict=True)]
    near = _near(stage, following)
    place = rank(ratio, near, "none")
    people = abs(ratio - ratio_country) * stage.own.value / HUNDRED
    apart = ["divided"] if abs(changes[0] - changes[1]) >= rules.margins["divided"] else []
    facts = [
        *weigh_gap(ratio, ratio_country, people, following.comparator, rules, apart),
        *(["end"] if place and place.place in (1, place.of) else []),
        *(["like"] if place and not apart and is_middle(place) else []),
    ]
    title, next_title = (title_of(one.comparator, catalogue) for one in (stage, following))
    return Candidate(
        kind="stages",
        section=home_of(following.comparator, catalogue, partnership),
        measures=(stage.comparator, following.comparator),
        title=f"{next_title} out of {lower_first(title)}",
        facts=tuple(facts) if {"divided", "differs"} & set(facts) else (),
        words=tell_pair((title, next_title), before, now, changes)
        | {
            "change_country": _say(_change(country_before, country[0])),
            "ratio": f"{ratio:.1f}",
            "country": f"{ratio_country:.1f}",
            "median": f"{median(near):.1f}" if near else "",
            "place": f"the {place_words(place).removeprefix('the ')}" if place else "",
        },
        size=people,
        parts=("median", "ranks") if near else (),
        chart=_draw_pair(stage, following),
        direction="higher" if ratio > ratio_country else "lower",
        numbers={f"{next_title} for every 100": f"{ratio:.1f}", "England": f"{ratio_country:.1f}"},
    )


def weigh_gap(
    own: float, country: float, people: float, comparator: str, rules: Rules, more: Sequence[str]
) -> list[str]:
    """Return what makes the gap between a council's figure and the country's worth saying, and what `more` does."""
    return [
        *(["many"] if people >= rules.margins["many"] else []),
        *(["threshold"] if comparator in rules.thresholds else []),
        *more,
        *(["differs"] if abs(own / country - 1) * 100 >= rules.margins["differs"] else []),
    ]


def tell_pair(
    titles: tuple[str, str],
    before: tuple[Published, Published],
    now: tuple[Published, Published],
    changes: Sequence[float],
) -> dict[str, str]:
    """Return the words for a stage and the one that follows it, each with its change over the same years."""
    return {
        "stage": titles[0],
        "next": titles[1],
        "stage_within": lower_first(titles[0]),
        "next_within": lower_first(titles[1]),
        "from": _count(before[0]),
        "to": _count(now[0]),
        "year_before": before[0].period.told,
        "year": now[0].period.told,
        "change": _say(changes[0]),
        "next_from": _count(before[1]),
        "next_to": _count(now[1]),
        "next_change": _say(changes[1]),
    }


def _last(figures: tuple[Published, ...]) -> Published | None:
    return figures[-1] if figures else None


def _is_shown(figure: Published | None) -> bool:
    return figure is not None and bool(figure.value)


def _ratio(stage: Published, following: Published) -> float:
    return HUNDRED * following.value / stage.value


def _change(before: Published, now: Published) -> float:
    return 100 * (now.value / before.value - 1)


def _say(change: float) -> str:
    return f"{abs(change):.{0 if abs(change) >= 1 else 1}f}% {'more' if change > 0 else 'fewer'}"


def _count(figure: Published) -> str:
    return f"{figure.value:,.0f}"


def _near(stage: ComparatorSet, following: ComparatorSet) -> list[float]:
    """Return the neighbours' ratios, of those of whom both counts are shown."""
    after = {one.area_code: one for one in following.neighbours}
    pairs = ((one, after.get(one.area_code)) for one in stage.neighbours)
    return [_ratio(one, two) for one, two in pairs if _is_shown(one) and _is_shown(two)]


def _draw_pair(stage: ComparatorSet, following: ComparatorSet) -> FindingChart:
    """Return the ratio over the years, of the council and of the country."""
    bars = [
        Bar(year, value, f"{value:.1f}", name)
        for name, first, second in (
            (stage.own.area_name, (*stage.previous, stage.own), (*following.previous, following.own)),
            (stage.national.area_name, (*stage.history["national"], stage.national),
             (*following.history["national"], following.national)),
        )
        for year, value in _ratios(first, second).items()
    ]  # fmt: skip
    return FindingChart("trend", "Number for every 100, years ending in March", name_source(following), tuple(bars))


def _ratios(stage: Iterable[Published], following: Iterable[Published]) -> Mapping[str, float]:
    after = {one.period: one for one in following}
    pairs = ((one, after.get(one.period)) for one in stage)
    return {year_of(one.period): _ratio(one, two) for one, two in pairs if _is_shown(one) and _is_shown(two)}


def list_rates(
    beside: Iterable[Beside], partnership: Partnership, catalogue: Catalogue, rules: Rules, folder: Path
) -> list[Candidate]:
    """Return a candidate for each count of adults' events that the council returned and the country alone publishes."""
    held = [one for one in beside if one.ours and one.ours.published and one.figures.national and not one.figures.own]
    adults = [one for one in held if catalogue.measures[one.ours.indicator].per == "adults" and one.ours.value]
    found = (_rate(one, partnership, catalogue, rules, folder) for one in adults)
    return [one for one in found if one]


def _rate(one: Beside, partnership: Partnership, catalogue: Catalogue, rules: Rules, folder: Path) -> Candidate | None:
    figures, ours = one.figures, one.ours
    codes = (partnership.area_code, figures.national.area_code)
    populations = [population_of(ADULTS, code, ours.period, folder=folder) for code in codes]
    if None in populations or ours.measure_type != "count" or figures.period != ours.period:
        return None
    own, country = (
        PEOPLE * value / base for value, base in zip((ours.value, figures.national.value), populations, strict=True)
    )
    people = abs(own - country) * populations[0] / PEOPLE
    twice = ["twice"] if not country / TWICE < own < country * TWICE else []
    facts = weigh_gap(own, country, people, one.comparator, rules, twice)
    title, names = title_of(one.comparator, catalogue), (partnership.geography, figures.national.area_name)
    bars = [Bar(name, value, f"{value:,.0f}") for name, value in zip(names, (own, country), strict=True)]
    return Candidate(
        kind="rate",
        section=ours.section,
        measures=(one.comparator,),
        title=title,
        facts=tuple(facts) if "differs" in facts else (),
        words={
            "what_within": lower_first(title),
            "own": f"{own:,.0f}",
            "country": f"{country:,.0f}",
            "period": ours.period.told,
            "count": ours.display,
            "population": f"{populations[0]:,.0f}",
            "differs": figures.differs,
        },
        size=people,
        chart=FindingChart(
            "bars", f"Number for every 100,000 adults, {ours.period.label}", name_source(figures), tuple(bars)
        ),
        statistic=ours,
        direction="higher" if own > country else "lower",
    )
