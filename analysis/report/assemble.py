"""Pages made from what the notebooks left: each section, the index, the whole report in one file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from analysis.report.ages import list_provenance
from analysis.report.blocks import render
from analysis.report.exporter import PageExporter
from analysis.report.pages import demote, make_page
from analysis.report.section import NOTHING_SENT, RELEASE_WORDS, notices, report_name
from analysis.report.topics import make_legend, make_tile
from analysis.statistics.display import CHANGE_MEASURES
from analysis.statistics.model import Statistic
from analysis.statistics.store import select

STATE_WORDS = {
    "made": "Made",
    "kept": "Kept from an earlier run",
    "failed": "Failed: see its page",
    "not made": "Not made yet",
}


def write_section_page(notebook: NotebookNode, path: Path) -> None:
    """Write the page of an executed notebook."""
    page, _ = PageExporter().from_notebook_node(notebook)
    write_text(page, path)


def write_failed_page(store: Mapping[str, Any], section_id: str, error: str, path: Path) -> None:
    """Write the page of a section whose notebook failed: that it did, and with what kind of error."""
    section = next(section for section in store["sections"] if section["id"] == section_id)
    html = render("blocks/failed.html.j2", section=section, error=error, **frame(store))
    write_text(make_page(BeautifulSoup(html, "lxml"), contents=False), path)


def write_index(folder: Path, store: dict[str, Any], states: Mapping[str, dict]) -> None:
    """Write the index: headline figures, the state of every section and return, how old the data are."""
    html = render(
        "blocks/index.html.j2",
        sections=[
            {**section, **states[section["id"]], "words": STATE_WORDS[states[section["id"]]["state"]]}
            for section in store["sections"]
        ],
        tiles=list_headlines(store),
        returns=store["returns"],
        numbers={section["id"]: f"{section['number']} {section['title']}" for section in store["sections"]},
        missing=[entry for entry in store["returns"] if entry["status"] in NOTHING_SENT],
        disclosure=store["disclosure"],
        legend=make_legend(store["statistics"]),
        **frame(store),
    )
    write_text(make_page(BeautifulSoup(html, "lxml")), folder / "index.html")


def frame(store: Mapping[str, Any]) -> dict[str, Any]:
    """Return what every page says of its report."""
    return {
        "report_name": report_name(store),
        "period": store["period"],
        "release": store["release"],
        "release_words": RELEASE_WORDS[store["release"]],
        "notices": notices(store),
        "credit": store["partnership"]["credit"],
        "provenance": list_provenance(store, store["returns"], release=RELEASE_WORDS[store["release"]]),
    }


def list_headlines(store: dict[str, Any]) -> list[dict[str, str]]:
    """Return the key figures that the partnership chose, or else the first of each section; only what is published."""
    numbers = {section["id"]: section["number"] for section in store["sections"]}
    wanted = [[name] for name in store["partnership"]["headlines"]] or [
        [name for topic in store["topics"] if topic["section"] == id for name in topic["headline"]] for id in numbers
    ]
    chosen = [_first_published(names, store) for names in wanted]
    return [{**make_tile(s), "section": s.section, "number": numbers.get(s.section, "")} for s in chosen if s]


def _first_published(names: Sequence[str], store: dict[str, Any]) -> Statistic | None:
    """Return the first figure of the report's own year that is published, a figure before a change."""
    found = [s for name in names for s in select(store["statistics"], name) if s.offset in (0, None)]
    shown = [s for s in found if s.published]
    return min(shown, key=lambda s: s.measure_type in CHANGE_MEASURES, default=None)


def write_whole_report(folder: Path, store: dict[str, Any], states: Mapping[str, dict]) -> None:
    """Write every section's page as one file, headings one level down and ids told apart."""
    made = [s for s in store["sections"] if states[s["id"]]["state"] in ("made", "kept", "failed")]
    bodies = [read_body(folder / "sections" / f"{section['id']}.html", section["id"]) for section in made]
    html = render("blocks/whole.html.j2", bodies=bodies, **frame(store))
    write_text(make_page(BeautifulSoup(html, "lxml")), folder / "report.html")


def read_body(path: Path, prefix: str) -> str:
    """Return a page's head and main for the whole report, without its contents, foot and way back."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    for tag in page.select(".report-name, .contents, .page-foot, .skip, .marks, .up"):
        tag.decompose()
    for tag in page.select(".page-head"):
        tag.name = "div"
        del tag["class"]
    for tag in page.select(".frame, main"):
        tag.unwrap()
    body = demote(page.body, prefix)
    body.h2["id"] = prefix
    return "".join(str(child) for child in body.children)


def write_text(text: str, path: Path) -> None:
    """Write a page, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
