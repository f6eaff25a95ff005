"""Levels: a share far from what its measure asks for, and one part of a split far from all its others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from analysis.figures.display import count_decimals, display_number, lower_first, tell_level
from analysis.figures.model import SUPPRESSED, Statistic
from analysis.findings.disparities import DISPARITY_DIMENSIONS
from analysis.findings.finding import Bar, Candidate, FindingChart
from analysis.findings.rules import Rules
from analysis.measures.catalogue import Catalogue
from analysis.measures.completion import NO_GROUP
from analysis.measures.describing import AUTHORITY
from analysis.measures.measure import Measure
from analysis.measures.words import add_article
from analysis.methods.evidence import MINIMUM_BASE, select_beyond_chance
from analysis.methods.exact import fisher_p
from analysis.methods.rounding import round_half_up
from analysis.official import load_definitions

HIGHER_IS_BETTER, LOWER_IS_BETTER = "higher_is_better", "lower_is_better"
SPLITS = ("agency", *DISPARITY_DIMENSIONS)
WHOLES = ("", "audit")  # an audit is of itself: its share stands for no other
WHOLE = 100
OTHERS = ("all the others", "the others that are shown")


def list_levels(statistics: Iterable[Statistic], catalogue: Catalogue) -> list[tuple[Statistic, float]]:
    """Return the shares of the report's own year that are better higher or lower, and how far each falls short.

    One that is published for every council without a standard is judged by its place there, not by its level.
    """
    found = []
    for s in statistics:
        polarity, standard = catalogue.measures[s.indicator].polarity, catalogue.measures[s.indicator].standard
        judged = standard or not load_definitions().comparator(s.indicator)
        if judged and _is_share(s) and polarity in (HIGHER_IS_BETTER, LOWER_IS_BETTER) and s.dimension in WHOLES:
            found.append((s, WHOLE - s.value if polarity == HIGHER_IS_BETTER else s.value))
    return found


def _is_share(s: Statistic) -> bool:
    return s.published and s.measure_type == "percent" and s.of_year and s.own_geography


def judge_levels(statistics: Sequence[Statistic], catalogue: Catalogue, rules: Rules) -> list[Candidate]:
    """Return a candidate for each share that falls short by the margin `far`: about ("nearly") it counts too. Of few
    people or events it is told where a standard or a promise stands against it."""
    levels = ((s, short) for s, short in list_levels(statistics, catalogue) if s.indicator not in rules.no_level)
    far = [_level(s, short, catalogue, rules) for s, short in levels if short >= rules.margins["far"]]
    few = {True: rules.margins["level_base"], False: MINIMUM_BASE}
    return [
        one
        for one in far
        if (one.statistic.denominator or MINIMUM_BASE) >= few[bool(one.parts) or "promise" in one.facts]
    ]


def _level(s: Statistic, short: float, catalogue: Catalogue, rules: Rules) -> Candidate:
    measure = catalogue.measures[s.indicator]
    standard = measure.standard
    return Candidate(
        kind="level",
        section=s.section,
        measures=(s.indicator,),
        title=measure.title,
        facts=("far", *((standard.source,) if standard else ()), *list_promise(s, rules)),
        words={
            "statement": tell_level(s.statement),
            "standard": lower_first(standard.words) if standard else "",
            "authority": AUTHORITY[standard.source] if standard else "",
            "interpretation": measure.interpretation,
        },
        size=short * (s.denominator or 0) / WHOLE,
        parts=("standard",) if standard else (),
        sure=("sure",) if s.denominator else ("unbased",),
        chart=_draw_level(s, measure),
        statistic=s,
        better=False,
        numbers={s.title: s.display},
    )


def list_promise(s: Statistic, rules: Rules) -> list[str]:
    """Return the fact that the partnership itself promised what a figure is about, where it did."""
    return ["promise"] if s.indicator in rules.promises else []


def _draw_level(s: Statistic, measure: Measure) -> FindingChart | None:
    """Return the share and the rest of its base as two bars, in the finding's own unit; None where no base is given."""
    if s.numerator is None or not s.denominator:
        return None
    rest = round_half_up(WHOLE - round_half_up(s.value, s.decimals), s.decimals)
    bars = (Bar(measure.title, s.value, s.display), Bar("The rest", rest, f"{display_number(rest, s.decimals)}%"))
    return FindingChart("ordered_bars", f"Percentage, {s.when}", f"Source: {s.agency}.", bars)


def judge_parts(statistics: Sequence[Statistic], catalogue: Catalogue, rules: Rules) -> list[Candidate]:
    """Return a candidate for each part of a split whose share lies apart from that of all the others together.

    Beyond chance by Fisher's exact test, corrected over all parts tested here, and by the margin `apart`. Of one
    measure the part farthest off speaks. Where parts are hidden, the others are those that are shown.
    """
    splits: dict[tuple, list[Statistic]] = defaultdict(list)
    hidden = {(s.indicator, s.dimension) for s in statistics if s.of_year and s.status == SUPPRESSED}
    for s in statistics:
        known = s.numerator is not None and s.denominator and s.category.lower() not in NO_GROUP
        if _is_share(s) and s.dimension in SPLITS and known and s.indicator not in rules.mixed:
            splits[s.indicator, s.dimension].append(s)
    tests = [_test(s, parts) for parts in splits.values() for s in parts if len(parts) > 1]
    chosen = select_beyond_chance([p for *_, p in tests])
    far = [
        (s, others, gap)
        for (s, others, gap, _), beyond in zip(tests, chosen, strict=True)
        if beyond and abs(gap) >= rules.margins["apart"]
    ]
    heads: dict[tuple, tuple] = {}
    for s, others, gap in sorted(far, key=lambda one: -abs(one[2])):
        heads.setdefault((s.indicator, s.dimension), (s, others, gap))
    return [
        _apart(s, others, gap, splits[name], catalogue, rules, rest=OTHERS[name in hidden])
        for name, (s, others, gap) in heads.items()
    ]


def _test(s: Statistic, parts: Sequence[Statistic]) -> tuple[Statistic, tuple[float, float], float, float]:
    """Return a part, the count and base of all the others, the gap in percentage points, and the p-value."""
    part = sum(other.numerator for other in parts) - s.numerator
    base = sum(other.denominator for other in parts) - s.denominator
    if min(base, s.denominator) < MINIMUM_BASE:
        return s, (part, base), 0.0, 1.0
    p = fisher_p(*map(int, (s.numerator, s.denominator, part, base)))
    return s, (part, base), WHOLE * (s.numerator / s.denominator - part / base), p


def _apart(
    s: Statistic,
    others: tuple[float, float],
    gap: float,
    parts: Sequence[Statistic],
    catalogue: Catalogue,
    rules: Rules,
    *,
    rest: str,
) -> Candidate:
    measure = catalogue.measures[s.indicator]
    group = s.dimension in DISPARITY_DIMENSIONS
    better = {HIGHER_IS_BETTER: gap > 0, LOWER_IS_BETTER: gap < 0}.get(measure.polarity)
    share = WHOLE * others[0] / others[1]
    bars = tuple(Bar(one.label, one.value, one.display) for one in parts)
    return Candidate(
        kind="disparity_share" if group else "apart",
        section=s.section,
        measures=(s.indicator,),
        title=measure.title,
        facts=("disparity",) if group else ("apart", *(["worse"] if better is False else []), *list_promise(s, rules)),
        words={
            "statement": tell_level(s.statement),
            "who": add_article(measure.by[s.dimension].say(s.category)),
            "rest": rest,
            "others": f"{display_number(share, count_decimals(s))}%",
            "others_counts": f"{others[0]:,.0f} of {others[1]:,.0f}",
            "interpretation": measure.interpretation,
        },
        size=abs(gap) * s.denominator / WHOLE,
        chart=FindingChart("bars", f"Percentage, {s.when}", f"Source: {s.agency}.", bars),
        statistic=s,
        direction="higher" if gap > 0 else "lower",
        better=better,
        numbers={s.label: s.display},
    )
