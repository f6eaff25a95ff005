"""A partnership's own Word template, filled from the same statistics, where docxtpl is installed.

Placeholders: `{{ value.ID }}`, `{{ statement.ID }}`, `{{ period.ID }}` with a statistic's id made to an identifier
(every other character an underscore), `{{ chart.ID }}` with a chart's id; `{{ report }}`, `{{ year }}`,
`{{ notices }}`.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx.shared import Cm
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from analysis.errors import DataError
from analysis.local import load_docxtpl
from analysis.release.release import Release
from analysis.report.notices import RELEASE_WORDS, list_notices
from analysis.report.outline import outline_sections
from analysis.report.pictures import Picture, list_pictures
from analysis.report.rows import plain
from analysis.report.word import FILE


def fill_template(template: Path, folder: Path, release: Release) -> Path:
    """Fill a template into report.docx in a release's folder and return its path.

    What every page must say of the release is put first where the template leaves it out. Raises CommandError
    without docxtpl, DataError for a placeholder that no statistic or chart has.
    """
    document = load_docxtpl().DocxTemplate(str(template))
    pictures = list_charts(release, folder)
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document.render(make_context(document, release, pictures), environment, autoescape=True)
    except TemplateError as error:
        raise DataError(f"{template.name}: {error.message}; placeholders are made of ids in statistics.csv") from error
    describe_pictures(document, pictures)
    say_what_it_is(document, release)
    path = folder / FILE
    document.save(str(path))
    return path


def list_charts(release: Release, folder: Path) -> list[Picture]:
    """Return every chart of the release."""
    topics = [topic for section in outline_sections(release) for topic in section.topics]
    return [picture for topic in topics for picture in list_pictures(topic, folder)]


def make_context(document: Any, release: Release, pictures: Iterable[Picture]) -> dict[str, Any]:
    """Return what the placeholders stand for. Raises DataError where two ids make the same identifier."""
    known: dict[str, Any] = {}
    for s in release.statistics:
        if known.setdefault(identify(s.statistic_id), s) is not s:
            raise DataError(f"two statistics make the placeholder {identify(s.statistic_id)}")
    return {
        "report": plain(release.name),
        "year": release.year,
        "notices": plain(". ".join(list_marks(release))),
        "value": {name: plain(s.display) for name, s in known.items()},
        "statement": {name: plain(s.statement) for name, s in known.items()},
        "period": {name: plain(s.when) for name, s in known.items()},
        "chart": {identify(p.id): load_docxtpl().InlineImage(document, str(p.path), width=Cm(15.5)) for p in pictures},
    }


def identify(id: str) -> str:
    """Return an id as an identifier."""
    return re.sub(r"\W", "_", id, flags=re.ASCII)


def describe_pictures(document: Any, pictures: Iterable[Picture]) -> None:
    """Give every chart that was put in its text alternative; docxtpl leaves it empty."""
    words = {picture.path.name: picture for picture in pictures}
    for inline in document.docx.element.body.xpath(".//wp:inline"):
        names = inline.xpath(".//pic:cNvPr/@name")
        picture = words.get(names[0]) if names else None
        if picture:
            properties = inline.xpath("./wp:docPr")[0]
            properties.set("descr", plain(picture.alt))
            properties.set("name", plain(f"Chart: {picture.title}"))


def list_marks(release: Release) -> list[str]:
    """Return what must be said of every copy: shared or internal, rebuilt, draft."""
    return [RELEASE_WORDS[release.kind], *list_notices(release)]


def say_what_it_is(document: Any, release: Release) -> None:
    """Put first what must be said of every copy and the template doesn't say."""
    body = document.docx
    said = "".join(body.element.body.itertext())
    for mark in reversed([mark for mark in list_marks(release) if plain(mark) not in said]):
        first = body.paragraphs[0] if body.paragraphs else body.add_paragraph()
        first.insert_paragraph_before().add_run(plain(mark)).bold = True
