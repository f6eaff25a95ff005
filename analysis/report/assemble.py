"""Pages made from what the notebooks left: each section, and the whole report in one file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from nbformat import NotebookNode

from analysis.report.ages import list_provenance
from analysis.report.blocks import render
from analysis.report.exporter import PageExporter
from analysis.report.pages import demote, make_page
from analysis.report.section import RELEASE_WORDS, notices, report_name


def write_section_page(notebook: NotebookNode, path: Path) -> None:
    """Write the page of an executed notebook."""
    page, _ = PageExporter().from_notebook_node(notebook)
    write_text(page, path)


def write_failed_page(store: Mapping[str, Any], section_id: str, error: str, path: Path) -> None:
    """Write the page of a section whose notebook failed: that it did, and with what kind of error."""
    section = next(section for section in store["sections"] if section["id"] == section_id)
    html = render("blocks/failed.html.j2", section=section, error=error, **frame(store))
    write_text(make_page(BeautifulSoup(html, "lxml"), contents=False), path)


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
