"""Official figures of a release to look into: a frame, charts of the council among others."""

from collections.abc import Iterable
from typing import Any

from analysis.errors import CommandError, unknown
from analysis.official import load_definitions
from analysis.release.release import Release
from analysis.report.blocks import Block, show_drawings
from analysis.report.frames import Frame, frame_officials
from analysis.report.official import show_official


class OfficialFigures:
    """Official figures beside the returns', with charts of them."""

    def __init__(self, officials: Iterable, release: Release, *, title: str):
        """Take official figures of a release."""
        self.officials = tuple(officials)
        self.release = release
        self.title = title

    @property
    def frame(self) -> Frame:
        """A row a figure and area."""
        return frame_officials(self.officials, self.release.kind)

    def chart(self, kind: str) -> Block:
        """Return the charts of one kind: trend, neighbours or funnel. Raises CommandError for an unknown kind."""
        from analysis.report.official_charts import DRAW, draw_officials

        if kind not in DRAW:
            raise CommandError(unknown("chart kind", kind, DRAW))
        drawings, refusals = draw_officials(self.officials, self.release.titles, kinds=(kind,))
        section = self.officials[0].section if self.officials else ""
        if not (drawings or refusals):
            made_up = (
                "; no official figure stands beside a synthetic partnership"
                if self.release.partnership.synthetic
                else ""
            )
            return Block("", f"{self.title}: nothing is published that such a chart could show{made_up}.")
        return show_drawings(drawings, refusals, self.release.kind, section=section, id="official")

    def beside_neighbours(self) -> Block:
        """Return the council among its statistical neighbours."""
        return self.chart("neighbours")

    def funnel(self) -> Block:
        """Return the council in the funnel of all councils."""
        return self.chart("funnel")

    def __getitem__(self, name: str) -> "OfficialFigures":
        """Return the official figures of one name, with the rate of it. Raises CommandError naming the nearest."""
        rates = {id: one.counts for id, one in load_definitions().comparators.items()}
        chosen = [one for one in self.officials if name in (one.comparator, rates[one.comparator])]
        if not self.officials:
            raise CommandError(f"no official figures of {self.release.partnership.geography} are held")
        if not chosen:
            raise CommandError(unknown("official figure", name, self._ipython_key_completions_()))
        return OfficialFigures(chosen, self.release, title=chosen[0].title)

    def _ipython_key_completions_(self) -> list[str]:
        return [one.comparator for one in self.officials]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        section = self.officials[0].section if self.officials else ""
        block = show_official(
            self.officials, id="official", title=self.title, section=section, titles=self.release.titles
        )
        return (block if self.officials else Block("", repr(self)))._repr_mimebundle_()

    def __len__(self) -> int:
        return len(self.officials)

    def __repr__(self) -> str:
        return f"<OfficialFigures {self.title}: {', '.join(one.comparator for one in self.officials) or 'none'}>"
