"""sections/<section>.json: what a section holds, for whoever gathers reports of many partnerships."""

import json
from pathlib import Path
from typing import Any

from analysis.figures.model import export
from analysis.release.release import Release, SectionPlan
from analysis.report.assemble import write_text
from analysis.report.follow_up import tell_duty
from analysis.report.scrutiny import Asked


def write_exports(folder: Path, release: Release) -> None:
    """Write a file for each section into a release's folder."""
    asked = Asked(release)
    duties = [tell_duty(one, asked) for one in release.duties]
    for section in release.sections:
        text = json.dumps(make_export(release, section, duties), ensure_ascii=False, indent=1)
        write_text(text + "\n", folder / "sections" / f"{section.id}.json")


def make_export(release: Release, section: SectionPlan, duties: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what one section holds: whose it is, its figures as in statistics.json, the duties that it answers, the
    returns behind it and what is missing."""
    page = f"sections/{section.id}.html"
    return {
        "partnership": release.partnership.name,
        "year": release.year,
        "release": release.kind,
        "section": section.id,
        "title": section.title,
        "statistics": [export(s) for s in release.statistics if s.section == section.id],
        "duties": [
            {"id": one["duty"].id, "law": one["duty"].law, "duty": one["duty"].duty, "state": one["state"]}
            for one in duties
            if any(link.startswith(page) for link, _ in one["links"])
        ],
        "returns": [
            {"agency": one.agency, "dataset": one.dataset, "status": one.status}
            for one in release.returns
            if one.section == section.id
        ],
    }
