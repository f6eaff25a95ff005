"""Pages made from what the notebooks left: each section, and the whole report in one file."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from analysis.release.release import Release
from analysis.report.blocks import render
from analysis.report.exporter import PageExporter
from analysis.report.notices import frame
from analysis.report.pages import demote, make_page


def write_section_page(notebook: NotebookNode, path: Path) -> None:
    """Write the page of an executed notebook."""
    page, _ = get_exporter().from_notebook_node(notebook)
    write_text(page, path)


@cache
def get_exporter() -> PageExporter:
    """Return what renders notebooks; it compiles its templates once."""
    return PageExporter()


def write_failed_page(release: Release, section_id: str, error: str, path: Path) -> None:
    """Write the page of a section whose notebook failed: that it did, and with what kind of error."""
    html = render("blocks/failed.html.j2", section=release.plan(section_id), error=error, **frame(release))
    write_text(make_page(BeautifulSoup(html, "lxml"), contents=False), path)


def write_whole_report(folder: Path, release: Release, states: Mapping[str, dict]) -> None:
    """Write every section's page as one file, headings one level down and ids told apart."""
    made = [section.id for section in release.sections if states[section.id]["state"] in ("made", "kept", "failed")]
    page = BeautifulSoup(render("blocks/whole.html.j2", sections=made, **frame(release)), "lxml")
    for article, id in zip(page.find_all("article"), made, strict=True):
        article.extend(list(read_body(folder / "sections" / f"{id}.html", id).children))
    write_text(make_page(page), folder / "report.html")


def read_body(path: Path, prefix: str) -> Tag:
    """Return a page's head and main for the whole report, without its contents, foot and way back."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    for tag in page.find_all(class_=["report-name", "contents", "page-foot", "skip", "marks", "up"]):
        tag.decompose()
    for tag in page.find_all(class_="page-head"):
        tag.name = "div"
        del tag["class"]
    for tag in [*page.find_all(class_="frame"), *page.find_all("main")]:
        tag.unwrap()
    body = demote(page.body, prefix)
    body.h2["id"] = prefix
    return body


def write_made(path: Path, template: str, release: Release, **values: Any) -> Path:
    """Write the page that a template makes of a release and values, and return its path."""
    html = render(template, **values, **frame(release))
    write_text(make_page(BeautifulSoup(html, "lxml")), path)
    return path


def write_text(text: str, path: Path) -> None:
    """Write a page, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
