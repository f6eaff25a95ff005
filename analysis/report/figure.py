"""One measure of a release to look into: its number, its splits, its years, charts of any of them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from analysis.errors import CommandError, DataError, unknown
from analysis.figures.display import CHANGE_MEASURES
from analysis.figures.model import Statistic
from analysis.measures.topics import ChartPlan
from analysis.release.release import Release
from analysis.report.blocks import Block, render_part, show_drawings
from analysis.report.frames import Frame, frame_statistics, frame_years
from analysis.report.keeping import WARNINGS
from analysis.report.official_figures import OfficialFigures
from analysis.report.rows import full_label, list_facts, list_statements, make_legend, make_row
from analysis.report.table import make_table


class Figures:
    """Some figures of one measure: a frame, a table, sentences, and charts of them."""

    def __init__(self, statistics: Sequence[Statistic], release: Release, *, selector: str, title: str):
        """Take statistics of one measure and measure type; `selector` names them as charts do."""
        self.statistics = tuple(statistics)
        self.release = release
        self.selector = selector
        self.title = title

    @property
    def frame(self) -> Frame:
        """The figures, a row each."""
        return frame_statistics(self.statistics, self.release)

    @property
    def history(self) -> Frame:
        """The figures with earlier years as columns, as far as the release holds them."""
        keys = {s.key for s in self.statistics}
        return frame_years(
            (s for s in (*self.release.statistics, *self.release.history) if s.key in keys), self.release
        )

    @property
    def table(self) -> Block:
        """The figures as a page shows them."""
        id, table = f"figures-{name_chart(self.selector)}", make_table(self.statistics, self.release)
        html = render_part("table_of", table, self.title, id)
        legend = render_part("legend_of", make_legend(self.statistics, table))
        return Block(f"{html}{legend}", self._as_text(), kind=self.release.kind)

    @property
    def statements(self) -> list[str]:
        """The sentences about them, each once."""
        return [sentence["text"] for sentence in list_statements(self.statistics)]

    def chart(self, kind: str, *, base: str = "") -> Block:
        """Return a chart of the figures, or the words that refuse it.

        `kind` is one of the chart kinds; `base`, for a ratio plot alone, whose number each rate is of (children,
        adults, or a selector). Raises CommandError for an unknown kind.
        """
        from analysis.charts.kinds import KINDS
        from analysis.report.drawings import Drawing, Refusal, draw_plan

        if kind not in KINDS:
            raise CommandError(unknown("chart kind", kind, KINDS))
        id, measure = f"{name_chart(self.selector)}_{kind}", self.statistics[0].measure_type
        plan = ChartPlan(id=id, kind=kind, select=(self.selector,), title=self.title, measure=measure, base=base)
        try:
            made = draw_plan(plan, self.release)
        except (DataError, TypeError) as error:
            made = Refusal(plan.id, plan.title, f"these figures can't be drawn so: {error}")
        drawings, refusals = ([made], []) if isinstance(made, Drawing) else ([], [made])
        block = show_drawings(drawings, refusals, self.release.kind, section=self.statistics[0].section, id="figure")
        if words := WARNINGS.get(self.release.kind):  # it may be copied out of a notebook
            return replace(block, html=f"<p><strong>{words}</strong></p>{block.html}", text=f"{words}\n{block.text}")
        return block

    def bars(self) -> Block:
        """Return the figures as bars, the longest first."""
        return self.chart("bars")

    def dots(self) -> Block:
        """Return the figures as dots with their intervals."""
        return self.chart("dots")

    def trend(self) -> Block:
        """Return the figures over the years held."""
        return self.chart("trend")

    def control_chart(self) -> Block:
        """Return the figures of each month between their control limits."""
        return self.chart("control")

    def funnel(self) -> Block:
        """Return the figures as a funnel: which of them differ from the whole by more than their size explains."""
        return self.chart("funnel")

    def to_excel(self, path: Any, **options: Any) -> None:
        """Write the figures as a workbook, a row each; those of an internal release say so in the first line."""
        self.frame.reset_index().to_excel(path, index=False, **options)

    def rows(self) -> Frame:
        """Return the rows of records behind the figures: internal, never to be shared.

        Raises CommandError for a measure that is returned ready made, and in the run of a shared release.
        """
        from analysis.report.behind import list_rows  # loads what counts, which no section's page needs

        return list_rows(self.statistics[0].indicator, self.release.partnership.id, self.release.year)

    def _as_text(self) -> str:
        rows = [make_row(fact) for fact in list_facts(self.statistics)]
        width = max(len(row["label"]) for row in rows)
        return "\n".join([self.title, *(f"{row['label']:<{width}}  {row['display']}" for row in rows)])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return self.table._repr_mimebundle_()

    def __len__(self) -> int:
        return len(self.statistics)

    def __repr__(self) -> str:
        return f"<Figures {self.selector} ({self.title}): {len(self)}>"


class Figure(Figures):
    """One measure: its total of the report's own year, and its splits."""

    def __init__(self, total: Statistic, release: Release):
        """Take the statistic that stands for the measure."""
        selector = "/".join(part for part in (total.indicator, total.dimension, total.category) if part)
        super().__init__([total], release, selector=selector, title=full_label(total))
        self.total = total

    @property
    def value(self) -> float | None:
        """Its number; None where it isn't published."""
        return self.total.value

    @property
    def display(self) -> str:
        """Its number as a reader sees it, or the symbol in its place."""
        return self.total.display

    @property
    def statement(self) -> str:
        """The sentence about it."""
        return self.total.statement

    @property
    def definition(self) -> str:
        """What it counts."""
        return self.release.measures[self.total.indicator].definition

    @property
    def splits(self) -> list[str]:
        """The names that `by` takes."""
        kin = self.release.by_measure[self.total.indicator]
        return list(dict.fromkeys(s.dimension for s in kin if s.dimension))

    def control_chart(self) -> Block:
        """Return its months between their control limits."""
        return self.by("month").control_chart() if "month" in self.splits else super().control_chart()

    def by(self, dimension: str, *others: str) -> Figures:
        """Return the figures of one split, of the report's own year. Raises CommandError for an unknown split, and for
        several at a time, which no report publishes."""
        if others:
            several = f"sg.rows({self.total.indicator!r}).groupby({[dimension, *others]}).size()"
            raise CommandError(f"a report splits by one of {', '.join(self.splits)} at a time; for several: {several}")
        if dimension not in self.splits:
            raise CommandError(unknown("split", dimension, self.splits))
        kin = [s for s in self.release.by_measure[self.total.indicator] if s.dimension == dimension]
        same = [s for s in kin if s.measure_type == self.total.measure_type] or kin
        parts = [s for s in same if s.measure_type == same[0].measure_type]
        current = [s for s in parts if s.current] or parts
        selector = f"{self.total.indicator}/{dimension}"
        return Figures(current, self.release, selector=selector, title=current[0].title)

    @property
    def official(self) -> OfficialFigures:
        """The official figures of the same."""
        beside = [one for one in self.release.official if one.indicator == self.total.indicator]
        return OfficialFigures(beside, self.release, title=self.title)

    def beside_neighbours(self) -> Block:
        """Return the council among its statistical neighbours, as published."""
        return self.official.beside_neighbours()

    def funnel(self) -> Block:
        """Return the council in the funnel of all councils, as published."""
        return self.official.funnel()

    def _ipython_key_completions_(self) -> list[str]:
        return self.splits

    __getitem__ = by

    def __repr__(self) -> str:
        splits = f"; by {', '.join(self.splits)}" if self.splits else ""
        return f"<Figure {self.total.statistic_id} ({self.title}, {self.total.period.label}): {self.display}{splits}>"


def find_figure(name: str, release: Release, *, within: Collection[str] | None = None) -> Figure:
    """Return a measure by its name, or the figure with an id. Raises CommandError naming the nearest for any other.

    Of a measure's totals the report's own year comes first, and a figure before a change; without a total the first
    part stands for it. `within` keeps to some measures.
    """
    measures = [measure for measure in release.by_measure if within is None or measure in within]
    if name in measures:
        return Figure(min(release.by_measure[name], key=_standing), release)
    exact = [s for s in release.statistics if s.statistic_id == name and s.indicator in measures]
    if not exact:
        is_official = name in {one.comparator for one in release.official}
        published = f"; as published: release.official[{name!r}]" if is_official else ""
        raise CommandError(unknown("figure", name, measures) + published)
    return Figure(exact[0], release)


def _standing(s: Statistic) -> tuple:
    """Return how far a statistic is from standing for its measure."""
    return bool(s.dimension or s.category), not s.current, s.measure_type in CHANGE_MEASURES


def name_chart(selector: str) -> str:
    """Return a selector as part of a chart's id."""
    return "_".join("".join(letter if letter.isalnum() else "_" for letter in selector).split())
