"""The charts of a topic: marks from its statistics, drawn where two or more figures can be shown."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.charts.chart import Chart, Mark
from analysis.charts.check import check
from analysis.charts.kinds import draw
from analysis.figures.display import display_range
from analysis.figures.model import Statistic
from analysis.figures.select import select
from analysis.measures.topics import ChartPlan
from analysis.methods.checks import RefusedError
from analysis.methods.evidence import STEP
from analysis.release.release import Release
from analysis.report.findings import tell_apart, tell_change, tell_highest, tell_months, tell_share, tell_step
from analysis.report.ratios import make_ratio
from analysis.report.series import describe_months, list_months, make_control
from analysis.report.years import describe_years, make_trend

OVER_TIME = ("pairs", "trend", "control")
WITH_HISTORY = ("control", "trend")
RANKED = ("bars", "ordered_bars", "dots")
WORDS = ("title", "subtitle", "alt", "description", "source")
TOO_FEW = "under two figures can be shown"
FAILED_CHECK = "it could not be drawn so that everyone can read it; its figures stand in the table"


@dataclass(frozen=True)
class Drawing:
    """A drawn chart with the texts that a page needs."""

    chart: Chart
    svg: str
    csv: str
    note: str = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.chart, name)

    def files(self, section: str) -> dict[str, str]:
        """Return the chart's files as text, for the run to write beside the pages."""
        png = base64.b64encode(self.chart.png()).decode()
        words = {name: getattr(self.chart, name) for name in WORDS}
        return {"section": section, "id": self.chart.id, "svg": self.svg, "csv": self.csv, "png": png, **words}


@dataclass(frozen=True)
class Refusal:
    """A chart that isn't shown: why, for the reader, and what the chart check found, for the analyst."""

    id: str
    title: str
    words: str
    faults: tuple[str, ...] = ()

    def files(self, section: str) -> dict[str, Any]:
        """Return the finding, for the run to log."""
        return {"section": section, "id": self.id, "refused": self.words, "faults": list(self.faults)}


def make_charts(plans: Iterable[ChartPlan], release: Release) -> tuple[list[Drawing], list[Refusal]]:
    """Return the charts planned, and those that can't be shown; of one with under two figures there is neither."""
    planned = [(plan, list_drawn(plan, release)) for plan in plans]
    made = [make_chart(plan, drawn, release) for plan, drawn in planned if _drawable(drawn)]
    return [one for one in made if isinstance(one, Drawing)], [one for one in made if isinstance(one, Refusal)]


def draw_plan(plan: ChartPlan, release: Release) -> Drawing | Refusal:
    """Return one chart, or why it can't be shown, which may be that there are under two figures."""
    drawn = list_drawn(plan, release)
    if not _drawable(drawn):
        return Refusal(plan.id, plan.title, TOO_FEW)
    return make_chart(plan, drawn, release)


def list_drawn(plan: ChartPlan, release: Release) -> list[Statistic]:
    """Return the statistics that a chart draws, those of earlier years too where it is about time."""
    named = {selector.split("/")[0] for selector in plan.select}
    held = [*release.statistics, *release.history] if plan.kind in WITH_HISTORY else release.statistics
    return choose(plan, [s for s in held if s.indicator in named])


def _drawable(statistics: Sequence[Statistic]) -> bool:
    return sum(s.value is not None for s in statistics) >= 2


def choose(plan: ChartPlan, statistics: Sequence[Statistic]) -> list[Statistic]:
    """Return the statistics that a chart draws, in its order: one measure, and one year unless it is about time."""
    found = {
        s.statistic_id: s
        for selector in plan.select
        for s in select(statistics, selector)
        if s.measure_type == plan.measure
    }
    if plan.kind in OVER_TIME:
        return sorted((s for s in found.values() if not s.part), key=lambda s: s.offset or 0)
    current = [s for s in found.values() if s.current]
    return current or list(found.values())


@dataclass(frozen=True)
class Prepared:
    """What a chart is drawn from: marks, options of its kind, a note under it, what its title may say."""

    marks: list[Mark]
    options: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    finding: str = ""


def make_chart(plan: ChartPlan, statistics: Sequence[Statistic], release: Release) -> Drawing | Refusal:
    """Return one chart, its title saying what it shows, its subtitle measure, place and period; or why not."""
    try:
        made = PREPARE.get(plan.kind, prepare_plain)(plan, statistics, release)
    except RefusedError as refused:
        return Refusal(plan.id, plan.title, str(refused))
    return draw_checked(
        plan.kind,
        made.marks,
        note=made.note,
        finding=made.finding,
        id=plan.id,
        title=plan.title,
        subtitle=make_subtitle(plan, statistics),
        source=list_agencies(statistics),
        **made.options,
    )


def prepare_plain(plan: ChartPlan, statistics: Sequence[Statistic], release: Release) -> Prepared:
    """Return what a chart of marks alone is drawn from."""
    marks, phrases = make_marks(plan, statistics), release.titles
    if plan.kind == "pairs":
        return Prepared(marks, finding=tell_change(statistics, phrases))
    return Prepared(marks, finding=tell_highest(marks, statistics, phrases) if plan.kind in RANKED else "")


TWO = 2
SKIPPED = "What comes before the first stage drawn wasn't returned."


def prepare_flow(plan: ChartPlan, statistics: Sequence[Statistic], release: Release) -> Prepared:
    """Return what stages are drawn from: the first of them, of which the others are shares, and those after it.

    Where the first isn't held, the first total that is stands in its place. Raises RefusedError where none is.
    """
    found = [select(statistics, selector) for selector in plan.select]
    totals = (at for at, stage in enumerate(found) if stage and not stage[0].dimension)
    first = 0 if found[0] else next(totals, None)
    after = [] if first is None else [s for stage in found[first:] for s in stage]
    if len(after) < TWO:
        raise RefusedError("the number that its stages are shares of wasn't returned")
    known = {s.indicator for s in after}
    skipped = [selector for selector in plan.select[:first] if selector.split("/")[0] not in known]
    marks = make_marks(plan, after)
    return Prepared(marks, note=SKIPPED if skipped else "", finding=tell_share(marks, release.titles))


def prepare_trend(plan: ChartPlan, statistics: Sequence[Statistic], release: Release) -> Prepared:
    """Return what a trend is drawn from."""
    marks, note = make_trend(statistics)
    return Prepared(marks, {}, note, tell_change(statistics, release.titles))


def prepare_control(plan: ChartPlan, statistics: Sequence[Statistic], release: Release) -> Prepared:
    """Return what a control chart is drawn from."""
    indicator = statistics[0].indicator
    events = [event for event in release.events if indicator in event.indicators]
    marks, options, note = make_control(statistics, events=events)
    step = next((one for one in release.findings if one.kind == STEP and indicator in one.measures), None)
    told = tell_step(step, release.titles) if step else tell_months(list(options["flags"]), release.titles)
    return Prepared(marks, options, note, told)


def prepare_ratio(plan: ChartPlan, statistics: Sequence[Statistic], release: Release) -> Prepared:
    """Return what a ratio plot is drawn from."""
    marks, options, note = make_ratio(plan.base, statistics, release)
    events = sum(s.value or 0 for s in statistics)
    return Prepared(marks, options, note, tell_apart(marks, events, release.titles))


PREPARE = {"flow": prepare_flow, "trend": prepare_trend, "control": prepare_control, "ratio": prepare_ratio}


def draw_checked(kind: str, marks: Sequence[Mark], *, note: str = "", **words: Any) -> Drawing | Refusal:
    """Return a chart that passes the chart check; one that doesn't is never shown."""
    chart = draw(kind, marks, **words)
    faults = check(chart)
    if faults:
        return Refusal(chart.id, chart.title, FAILED_CHECK, tuple(map(str, faults)))
    return Drawing(chart, chart.svg(), chart.csv(), note)


def list_agencies(statistics: Sequence[Statistic]) -> str:
    """Return the line that names who returned the figures of a chart."""
    return f"Source: {', '.join(dict.fromkeys(s.agency for s in statistics))}."


def make_subtitle(plan: ChartPlan, statistics: Sequence[Statistic]) -> str:
    """Return measure, area and period of a chart; where the periods differ, that they do."""
    measure = name_measure(plan)
    if plan.kind == "control":
        return describe_months(list_months(statistics), measure)
    if plan.kind == "trend":
        return describe_years(statistics, measure)
    places = list(dict.fromkeys(s.place for s in statistics))
    periods = list(dict.fromkeys(s.when for s in statistics))
    when = periods[0] if len(periods) == 1 else "periods as labelled"
    return ", ".join([measure, " and ".join(places) if len(places) <= 2 else "areas as labelled", when])


def name_measure(plan: ChartPlan) -> str:
    """Return what a chart's numbers are."""
    if plan.kind == "ratio":
        return "Ratio of rates"
    return {"count": "Number", "percent": "Percentage"}.get(plan.measure, plan.measure.capitalize())


def make_marks(plan: ChartPlan, statistics: Sequence[Statistic]) -> list[Mark]:
    """Return one mark a figure; the two bounds of a range are one mark."""
    usual = most_usual(statistics)
    facts: dict[tuple, list[Statistic]] = {}
    for s in statistics:
        facts.setdefault((s.key, s.period), []).append(s)
    return [make_mark(plan, fact, usual) for fact in facts.values()]


def most_usual(statistics: Sequence[Statistic]) -> tuple[str, str]:
    """Return the area and period that most of the figures have; a mark that has another says so."""
    pairs = [(s.place, s.when) for s in statistics]
    return max(pairs, key=pairs.count)


def make_mark(plan: ChartPlan, fact: Sequence[Statistic], usual: tuple[str, str]) -> Mark:
    """Return the mark of one fact: one statistic, or the lower and upper bound of a range."""
    s = fact[0]
    over_time = plan.kind in OVER_TIME
    when = "" if over_time or s.when == usual[1] else s.when
    where = "" if s.place == usual[0] else s.place
    values = {"lower": s.lower, "upper": s.upper, "value": s.value, "display": s.display}
    if len(fact) == 2 and s.published:
        low, high = sorted(bound.value for bound in fact)
        values = {"lower": low, "upper": high, "value": None, "display": display_range(fact)}
    return Mark(
        label=s.label,
        group=s.when if over_time else "",
        note=", ".join(part for part in (where, when) if part),
        whole=not (when or where),
        **values,
    )
