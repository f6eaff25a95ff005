"""The files of a release besides its pages: statistics, charts, executed notebooks, manifest, log."""

import base64
import csv
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat

from analysis.figures.display import inert
from analysis.figures.model import EXPORTED, Statistic, export
from analysis.report.blocks import CHART_MIME
from analysis.report.share import OLDEST

PROPERTIES = "docProps/core.xml"
MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_statistics(statistics: Sequence[Statistic], folder: Path) -> None:
    """Write statistics.csv and statistics.json, sorted by section and id.

    They are read by programs, many of which take a byte order mark for a part of the first column's name: there is
    none. The workbook is for those who read in a spreadsheet.
    """
    rows = [export(s) for s in sorted(statistics, key=lambda s: (s.section, s.statistic_id))]
    write_json(rows, folder / "statistics.json")
    with (folder / "statistics.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, EXPORTED, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: inert(value) for name, value in row.items()} for row in rows)


def write_json(value: Any, path: Path) -> None:
    """Write a value as JSON that people can read and compare."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def tidy_notebook(path: Path, charts: Path) -> tuple[nbformat.NotebookNode, list[dict[str, Any]]]:
    """Write a notebook's charts as files, and the notebook without them, its paths and its times.

    Return the notebook, and the charts that it refused to show.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    refused = []
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"  # papermill's own is another each time
        for output in cell.get("outputs", []):
            found = output.get("data", {}).pop(CHART_MIME, [])
            write_charts([chart for chart in found if "refused" not in chart], charts / path.stem)
            refused += [dict(chart) for chart in found if "refused" in chart]
    nbformat.write(notebook, path)
    return notebook, refused


def write_charts(found: Iterable[Mapping[str, str]], place: Path) -> None:
    """Write each chart as SVG, PNG and CSV into the folder of the section that shows it, and its words as JSON for
    Word."""
    for chart in found:
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{chart['id']}.svg").write_text(chart["svg"], encoding="utf-8")
        (place / f"{chart['id']}.csv").write_text("\ufeff" + chart["csv"], encoding="utf-8")
        (place / f"{chart['id']}.png").write_bytes(base64.b64decode(chart["png"]))
        words = {name: text for name, text in chart.items() if name not in ("section", "svg", "csv", "png")}
        write_json(words, place / f"{chart['id']}.json")


def settle_times(path: Path, moment: datetime) -> None:
    """Write a Word file or workbook anew with no time in it but a moment: the same content is then the same bytes."""
    with zipfile.ZipFile(path) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    parts[PROPERTIES] = MOMENT.sub(rb"\g<1>%b" % f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode(), parts[PROPERTIES])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as settled:
        for name, data in parts.items():
            settled.writestr(zipfile.ZipInfo(name, OLDEST), data, zipfile.ZIP_DEFLATED)


def hash_inputs(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a partnership's year. For internal releases alone: a hash lets a
    guesser test hidden values."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Log:
    """A log of events, one JSON object a line, without data."""

    def __init__(self, path: Path):
        self.path = path
        path.write_text("", encoding="utf-8")

    def add(self, event: str, **details: Any) -> None:
        """Add one event with the time it happened."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **details}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
