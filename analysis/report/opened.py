"""A release opened for an analyst: its figures as frames, its measures and sections as objects that show themselves."""

from typing import Any

from msgspec.structs import asdict

from analysis.figures.model import Statistic
from analysis.release.opening import get_release
from analysis.release.release import Finding, Release, Return
from analysis.report.blocks import Block, render
from analysis.report.figure import Figure, find_figure
from analysis.report.frames import Frame, frame_statistics, frame_years, make_frame
from analysis.report.notices import RELEASE_WORDS, list_notices
from analysis.report.official_figures import OfficialFigures
from analysis.report.section import Section


def open_release(partnership: str, year: str, release: str = "shared") -> "OpenRelease":
    """Return a release to look into; it is counted first where none is held that is as new as the returns.

    Raises CommandError for an unknown partnership, release, or a year that isn't like '2023-24'.
    """
    return OpenRelease(get_release(partnership, year, release))


def open_section(id: str, *, partnership: str, year: str, release: str) -> Section:
    """Return a section of a release, ready to show.

    Raises CommandError for an unknown section, partnership, release, or a year that isn't like '2023-24'.
    """
    return Section(id, get_release(partnership, year, release))


WORDS = ("title", "definition", "numerator", "denominator", "source")


class OpenRelease:
    """One release of one year's report. `release["a_measure"]` and `release.figure("a_measure")` are the same."""

    def __init__(self, release: Release):
        """Take a typed release, which stays at hand as `typed`."""
        self.typed = release

    @property
    def figures(self) -> Frame:
        """Every figure, a row each: the columns of statistics.csv with title and label, by statistic_id."""
        return frame_statistics(self.typed.statistics, self.typed)

    @property
    def figures_by_year(self) -> Frame:
        """A row a measure and category, with its value of each year as a column, earlier years as far as held."""
        return frame_years((*self.typed.statistics, *self.typed.history), self.typed)

    def figure(self, name: str) -> Figure:
        """Return a measure by its name, or the figure with a statistic id. Raises CommandError naming the nearest."""
        return find_figure(name, self.typed)

    def history(self, name: str) -> Frame:
        """Return a measure with earlier years as columns. Raises CommandError naming the nearest."""
        return self.figure(name).history

    def section(self, id: str) -> Section:
        """Return a section. Raises CommandError naming the nearest."""
        return Section(id, self.typed)

    @property
    def sections(self) -> Frame:
        """The sections, a row each, by id."""
        held = [s.section for s in self.typed.statistics]
        rows = [
            {"id": plan.id, "number": plan.number, "title": plan.title, "figures": held.count(plan.id)}
            for plan in self.typed.sections
        ]
        return make_frame(rows, self.typed.kind).set_index("id")

    @property
    def measures(self) -> Frame:
        """Every measure with a figure: its words, how many figures it has and its splits, by name."""
        rows = [self._measure(name, statistics) for name, statistics in self.typed.by_measure.items()]
        return make_frame(rows, self.typed.kind, ("measure", *WORDS, "figures", "splits")).set_index("measure")

    def _measure(self, name: str, statistics: list[Statistic]) -> dict[str, Any]:
        text = self.typed.measures[name]
        splits = dict.fromkeys(s.dimension for s in statistics if s.dimension)
        words = {part: getattr(text, part) for part in WORDS}
        return {"measure": name, **words, "figures": len(statistics), "splits": ", ".join(splits)}

    @property
    def findings(self) -> Frame:
        """What is worth saying, those that lead the report first."""
        return make_frame(map(asdict, self.typed.findings), self.typed.kind, Finding.__struct_fields__)

    @property
    def returns(self) -> Frame:
        """What each agency sent, a row a return."""
        return make_frame(map(asdict, self.typed.returns), self.typed.kind, Return.__struct_fields__)

    @property
    def official(self) -> OfficialFigures:
        """Every official figure beside the returns'."""
        return OfficialFigures(self.typed.official, self.typed, title=self.typed.partnership.name)

    def _ipython_key_completions_(self) -> list[str]:
        return [*self.typed.by_measure, *self.typed.numbers]

    def __getitem__(self, name: str) -> Figure | Section:
        if name in self.typed.numbers:
            return self.section(name)
        return self.figure(name)

    def show(self) -> Block:
        """Return what the release is and holds."""
        notices = [RELEASE_WORDS[self.typed.kind], *list_notices(self.typed)]
        rows = self.sections.reset_index().to_dict("records")
        html = render("blocks/release.html.j2", name=self.typed.name, notices=notices, sections=rows)
        return Block(str(html), "\n".join([repr(self), *notices]), kind=self.typed.kind)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return self.show()._repr_mimebundle_()

    def __repr__(self) -> str:
        return repr(self.typed)
