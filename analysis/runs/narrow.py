"""What a section's page follows from: what it reads of the release, its notebook, the code."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from analysis.disclosure.report import DisclosureReport
from analysis.figures.model import Statistic
from analysis.keys import make_key
from analysis.release.release import Release
from analysis.report.outline import outline_section
from analysis.scrutiny.questions import Questions


def without_times(release: Release) -> Release:
    """Return a release without what tells when and by which version it was made."""
    about = replace(release.disclosure, openings=None)  # told after all else is made
    return replace(release, code_version="", made_at=release.made_at.replace(2000, 1, 1, 0, 0, 0), disclosure=about)


def key_section(release: Release, id: str, notebook: Path, known: Mapping[str, str]) -> str:
    """Return a mark of all that a section's page follows from: what it reads of the release, notebook, code."""
    source = notebook.read_text(encoding="utf-8")
    held = narrow(release, id) if reads_own_section(source) else release
    owed = outline_section(release, id).owed
    marks = [known[name] for name in ("code", "libraries", "limits")]
    return make_key([], msgspec.json.encode([without_times(held), owed]), source, *marks)


def reads_own_section(source: str) -> bool:
    """Whether a notebook opens its section and nothing that reads more of the release."""
    return not any(word in source for word in ("outline", "open_release", "import analysis", "get_release", "sg."))


def narrow(release: Release, id: str) -> Release:
    """Return a release with just what a section reads of it, but for the subjects that it owes.

    A test holds the page of a section made from it to that made from the whole.
    """
    topics = tuple(topic for topic in release.topics if topic.section == id)
    selectors = [name for topic in topics for name in (*topic.headline, *topic.statistics)]
    selectors += [name for topic in topics for chart in topic.charts for name in chart.select]
    own = {s.indicator for s in release.statistics if s.section == id}
    measures = {name.split("/")[0] for name in selectors} | own

    def concerns(s: Statistic) -> bool:
        return s.indicator in measures

    about, shown = release.disclosure, {s.statistic_id for s in release.statistics if concerns(s)}
    return replace(
        release,
        topics=topics,
        statistics=tuple(filter(concerns, release.statistics)),
        history=tuple(filter(concerns, release.history)),
        official=tuple(one for one in release.official if one.section == id or one.indicator in measures),
        returns=tuple(entry for entry in release.returns if entry.section == id),
        gaps=(),
        measures={name: text for name, text in release.measures.items() if name in measures},
        findings=tuple(finding for finding in release.findings if finding.section == id),
        heads={name: head for name, head in release.heads.items() if name == id},
        questions=Questions(),
        contradictions=tuple(one for one in release.contradictions if not shown.isdisjoint(one.figures)),
        priorities=(),
        recommendations=(),
        sign_off=(),
        duties=(),
        disclosure=DisclosureReport(about.hidden, about.of, complete=about.complete, passed=about.passed),
    )
