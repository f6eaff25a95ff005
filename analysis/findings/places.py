"""Where a council stands by the official figures: among its neighbours, against England, over its own years."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.figures.display import display_number, upper_first
from analysis.figures.official import Beside, home_of, title_of, unit_words
from analysis.figures.official_words import DIFFERENT
from analysis.figures.official_years import display, make_years, year_of
from analysis.figures.published import MEDIAN
from analysis.findings.finding import Bar, Candidate, FindingChart
from analysis.findings.rules import Rules
from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import END
from analysis.measures.words import put_inside
from analysis.methods.change import TOO_FEW
from analysis.methods.evidence import FALSE_RATE, YEARS_OF_TREND, judge_shares
from analysis.official import ComparatorSet, Published, contrast, load_definitions, place_words, population_of
from analysis.official.ranks import Rank
from analysis.partnership import Partnership

ENDS = ("lowest", "highest")
TWICE = 2
CHILDREN = "population_0_17"


def list_places(
    beside: Iterable[Beside], partnership: Partnership, catalogue: Catalogue, rules: Rules, folder: Path
) -> list[Candidate]:
    """Return a candidate for every official rate and share of the council that England has too, but for those whose
    difference chance alone could give, unless the course of their years is beyond it.

    Where few children live, a figure that no test fits is none: one family moves it from end to end.
    """
    held = [one for one in beside if one.figures.own and one.figures.national and one.figures.neighbour_rank]
    shown = [one for one in held if one.figures.own.value is not None and one.figures.national.value is not None]
    counts = [population_of(CHILDREN, partnership.area_code, one.figures.period, folder=folder) for one in shown[:1]]
    small = any(count is not None and count < rules.margins["small"] for count in counts)
    fit = [one for one in shown if can_tell(one.figures, small=small)]
    places = [_place(one, partnership, catalogue, rules) for one in fit]
    return [place for place in places if place.sure != ("not_beyond",)]


def can_tell(figures: ComparatorSet, *, small: bool) -> bool:
    """Whether a council's figure can tell of more than chance: not of too few, nor, of a `small` council, untested."""
    words = contrast(figures.own, figures.national).words
    return words != TOO_FEW and not (small and words == "no verdict")


def _place(one: Beside, partnership: Partnership, catalogue: Catalogue, rules: Rules) -> Candidate:
    figures = one.figures
    own, country = figures.own.value, figures.national.value
    verdict, moved = contrast(figures.own, figures.national), judge_course(figures, rules)
    higher = own > country
    better = {"higher_is_better": higher, "lower_is_better": not higher}.get(one.polarity)
    people = count_gap(figures.own, figures.national)
    differs = verdict.words in DIFFERENT
    facts = weigh_place(one, rules, better=better, differs=differs, moved=moved, many=people >= rules.margins["many"])
    title = title_of(one.comparator, catalogue).removesuffix(": rate")
    ranks = place_words(figures.neighbour_rank)
    reason = "untested" if verdict.reason and verdict.words == "no verdict" else "not_beyond"
    return Candidate(
        kind="place",
        section=home_of(one.comparator, catalogue, partnership),
        measures=(one.comparator,),
        title=title,
        facts=facts,
        words={
            "what_within": put_inside(title),
            "own": display(figures.own, figures),
            "per": "" if figures.unit == "percent" else _unit(figures).strip(),
            "share": _share(figures, catalogue, rules),
            "Period": upper_first(figures.period.told),
            "country": display(figures.national, figures),
            "median": _median(figures),
            "place": ranks,
            "nth": "" if is_middle(figures.neighbour_rank) else ranks.removeprefix("the "),
            "quarter": figures.quarter_words,
            "course": tell_course(figures),
            "reason": verdict.reason,
        },
        size=people,
        parts=("median", "ranks") if figures.neighbour_median is not None else ("ranks",),
        sure=("sure" if "differs" in facts else reason, *(["course_sure"] if moved else [])),
        chart=draw_place(figures, one.comparator),
        direction="higher" if higher else "lower",
        better=better,
    )


def is_middle(place: Rank) -> bool:
    """Whether a place is in the middle third: what a council has in common with its neighbours."""
    return min(place.place, place.of + 1 - place.place) > place.of / 3


def tell_course(figures: ComparatorSet) -> str:
    """Return the council's figure of the first year published and of the last before this: "52.4 in 2019 and 34.3 in
    2023"; nothing without one."""
    before = [figure for figure in figures.previous if figure.value is not None]
    ends = dict.fromkeys((before[0], before[-1])) if before else ()
    return " and ".join(f"{display(one, figures)} in {year_of(one.period)}" for one in ends)


def weigh_place(
    one: Beside, rules: Rules, *, better: bool | None, differs: bool, moved: bool, many: bool
) -> tuple[str, ...]:
    """Return the facts that make a council's place worth saying, and those that speak against it."""
    figures = one.figures
    own, country = figures.own.value, figures.national.value
    marks = (("differs", differs), ("quarter", figures.quarter in ENDS), ("course", moved), ("many", many))
    facts = [*judge_rank(figures, higher=own > country), *(fact for fact, holds in marks if holds)]
    # What is better than elsewhere is no question to lead with: its difference alone counts.
    facts = [fact for fact in facts if fact in ("differs", "quarter")] if better else facts
    facts += ["worse"] if better is False else []
    facts += ["threshold"] if facts and one.comparator in rules.thresholds else []
    twice = bool(country) and not country / TWICE < own < country * TWICE
    facts += ["twice"] if twice and {"worse", "threshold"} & set(facts) else []
    against = (
        ("like", is_like_neighbours(figures, rules.margins["like"])),
        ("context", one.comparator in rules.context),
    )
    return (*facts, *(fact for fact, holds in against if holds))


def count_gap(own: Published, country: Published) -> float:
    """Return how many people or events the gap to the country comes to; zero where the base isn't published."""
    per = {"percent": 100, "per_10000": 10_000}.get(own.unit)
    return abs(own.value - country.value) * own.denominator / per if per and own.denominator else 0.0


def judge_rank(figures: ComparatorSet, *, higher: bool) -> list[str]:
    """Return whether the council is the first or the second of itself and its neighbours, on the side on which it
    differs from England (`higher` or not): low among them and above England are two stories, so neither is told."""
    rank = figures.neighbour_rank
    from_end = rank.place if (rank.order == "highest") is higher else rank.of + 1 - rank.place
    return {1: ["end"], 2: ["near_end"]}.get(from_end, []) if not rank.shared else []


def is_like_neighbours(figures: ComparatorSet, margin: float) -> bool:
    """Whether the council lies no further from England than its neighbours' median does, or by less than `margin`
    per cent of that median (of a share: of it or its rest, the smaller): the kind of place may explain it."""
    own, country, median = figures.own.value, figures.national.value, figures.neighbour_median
    if median is None:
        return False
    whole = min(median, 100 - median) if figures.unit == "percent" else median
    beyond = own - median if own > country else median - own
    return beyond < margin / 100 * whole


def judge_course(figures: ComparatorSet, rules: Rules) -> bool:
    """Whether the council's published series, whole, changed beyond chance and by more than the margin."""
    series = [one for one in (*figures.previous, figures.own) if one.value is not None]
    sides = [(one.numerator, one.denominator) for one in series if one.numerator is not None and one.denominator]
    if len(series) < rules.years or len(sides) < YEARS_OF_TREND or not series[0].value:
        return False
    evidence = judge_shares(*zip(*sides, strict=True))
    margin = abs(series[-1].value / series[0].value - 1) * 100
    return evidence is not None and evidence.p < FALSE_RATE and margin >= rules.margins["course"]


def _unit(figures: ComparatorSet) -> str:
    return unit_words(figures.unit, load_definitions().comparators[figures.comparator])


def _share(figures: ComparatorSet, catalogue: Catalogue, rules: Rules) -> str:
    """Return how a share follows its figure: by the rules, or as the catalogue has it; empty of what is none."""
    entry = catalogue.measures.get(figures.comparator)
    known = entry.share.replace(" {part}", "").removesuffix(f" at {END}") if entry else ""
    share = rules.shares.get(figures.comparator, known)
    return share if figures.unit == "percent" and share.startswith("of ") else ""


def _median(figures: ComparatorSet) -> str:
    if figures.neighbour_median is None:
        return ""
    return display_number(figures.neighbour_median, figures.decimals) + ("%" if figures.unit == "percent" else "")


def draw_place(figures: ComparatorSet, comparator: str) -> FindingChart | None:
    """Return the chart of a place: over the years where three are shown, else the areas side by side."""
    wanted = (figures.own.area_name, figures.national.area_name, MEDIAN)
    points = [point for point in make_years(figures) if point.series in wanted]
    bars = [Bar(point.year, point.value, point.display, point.series) for point in points]
    if not bars:
        bars = [Bar(one.area_name, one.value, display(one, figures)) for one in (figures.own, figures.national)]
        bars += (
            [Bar(MEDIAN, figures.neighbour_median, _median(figures))] if figures.neighbour_median is not None else []
        )
    measure = _unit(figures)
    subtitle = "Percentage" if measure == "%" else f"Number{measure}" if measure else "Score"
    return FindingChart(
        "trend" if points else "bars", f"{subtitle}, {_span(figures, points)}", name_source(figures), tuple(bars)
    )


def _span(figures: ComparatorSet, points: Sequence) -> str:
    return "years ending in March" if points else figures.period.label


def name_source(figures: ComparatorSet) -> str:
    return f"Source: {figures.source}, release {figures.release}. {figures.licence}."
