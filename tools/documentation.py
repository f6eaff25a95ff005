"""The documentation site (mkdocs.yml): its generated pages, from catalogue, tests and docstrings."""

import ast
import html
import inspect
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import analysis as sg
from analysis.cli.main import COMMANDS
from analysis.counting.definition import NAMED
from analysis.counting.definitions import get_definitions
from analysis.desk import MeasureCard
from analysis.measures.catalogue import get_catalogue
from analysis.measures.measure import Measure
from analysis.official.definitions import load_definitions
from analysis.scrutiny.questions import Question, list_selectors, load_questions
from analysis.settings import REPOSITORY, get_dictionary_root

OWN = {"README.md": "readme.md", "CHANGELOG.md": "changes.md", "CONTRIBUTING.md": "contributing.md",
       "notebooks/README.md": "notebooks.md"}  # fmt: skip
AWAY = re.compile(r"(!?)\[([^]]*)\]\((?!https?:|#)([^)\s]+)\)")
TESTS = REPOSITORY / "tests" / "counting"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are generated. mkdocs calls it."""
    for name, text in list_pages():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Return a page's text whose links to files beside the documentation are those of the site, or words."""
    return relink(markdown, Path("docs") / page.file.src_uri)


def list_pages() -> Iterator[tuple[str, str]]:
    """Give the name and the text of each generated page."""
    for source, name in OWN.items():
        if name != "readme.md":
            yield name, relink((REPOSITORY / source).read_text(encoding="utf-8"), Path(source))
    shown = [one for one in get_catalogue().measures.values() if one.shown]
    yield "measures/index.md", list_measures(shown)
    for measure in shown:
        yield f"measures/{measure.id}.md", write_measure(measure)
    yield "gallery.md", write_gallery()
    yield "reference.md", write_reference()


def relink(text: str, page: Path) -> str:
    """Return a text with its links as the site has them; what the site doesn't hold is named in words."""

    def change(found: re.Match) -> str:
        mark, words, target = found.groups()
        path, _, anchor = target.partition("#")
        file = (REPOSITORY / page.parent / path).resolve()
        if not file.is_relative_to(REPOSITORY) or not path:
            return found[0]
        name = file.relative_to(REPOSITORY).as_posix()
        inside = OWN.get(name) or (name.removeprefix("docs/") if name.startswith("docs/") else "")
        if inside == "readme.md":
            inside = "index.md"
        if not inside:
            return found[0] if not file.exists() and name not in OWN else f"{words} (`{name}`)"
        up = "../" * (len(page.parts) - 2) if page.parts[0] == "docs" else ""
        return f"{mark}[{words}]({up}{inside}{'#' + anchor if anchor else ''})"

    return AWAY.sub(change, text)


def list_measures(measures: list[Measure]) -> str:
    """Return the page of all measures, by section."""
    sections = dict.fromkeys(one.sections[0] for one in measures)
    lines = [
        "# Measures",
        "",
        f"{len(measures)} measures that reports have figures of.",
    ]
    for section in sections:
        lines += ["", f"## {section.replace('_', ' ')}", ""]
        lines += [f"- [{one.title}]({one.id}.md)" for one in measures if one.sections[0] == section]
    return "\n".join(lines)


def write_measure(measure: Measure) -> str:
    """Return the page of one measure: definition, source, who asks, a worked example, where it is published."""
    catalogue = get_catalogue()
    facts = MeasureCard(measure).facts
    shown = [t for t in catalogue.topics if _shows(t, measure)]
    topics = [f"{t.title} (`{t.section}`)" for t in shown]
    official = load_definitions().comparator(measure.id)
    facts["Published in"] = ", ".join(topics) or ", ".join(f"`{id}`" for id in measure.sections)
    facts["Why it matters"] = " ".join(dict.fromkeys(t.why for t in shown)) or "not said"
    facts["Asked by committees"] = " ".join(list_asked(measure.id)) or "by none whose minutes were read"
    facts["Official figure"] = f"`{official.id}`: {official.definition}" if official else "none corresponds to it"
    rows = [f"| {name} | {_cell(words)} |" for name, words in facts.items()]
    parts = [f"# {measure.title}", "", f"`{measure.id}`", "", "| What is known | |", "|---|---|", *rows, ""]
    return "\n".join([*parts, *find_example(measure.id)])


def list_asked(measure: str) -> list[str]:
    """Return what committees asked that a measure answers, each with its id in the register of questions."""
    asked = [p for p in list_points() if measure in {answer.split("/")[0] for answer in list_selectors(p)}]
    return [f"{point.question} ({point.id})" for point in asked]


@cache
def list_points() -> tuple[Question, ...]:
    """Return the register of questions."""
    return load_questions(get_dictionary_root(), get_catalogue()).points


def _shows(topic: Any, measure: Measure) -> bool:
    named = {one.split("/")[0] for one in (*topic.headline, *topic.statistics)}
    return measure.id in named and topic.section in measure.sections


def _cell(words: str) -> str:
    return html.escape(words, quote=False).replace("|", "\\|").replace("\n", " ")


def find_example(measure: str) -> list[str]:
    """Return the test that counts a measure from a few literal rows, as lines of a page; none where there is none."""
    name = NAMED[measure].select.__name__ if measure in NAMED else measure
    tests = list_tests().get(name, ()) if measure in get_definitions() else ()
    if not tests:
        return []
    path, source = min(tests, key=lambda found: ("table(" not in found[1], len(found[1])))  # literal rows first
    lead = f"The very test (`tests/counting/{path}`): the rows that go in, why each is there, and the number out."
    return ["## A worked example", "", lead, "", "```python", source, "```", ""]


@cache
def list_tests() -> dict[str, list[tuple[str, str]]]:
    """Return by each name of a function that counts, or of a measure that its record counts, the tests that name it:
    their file, and their source with the rows that they are given."""
    found: dict[str, list[tuple[str, str]]] = {}
    recorded = get_definitions().keys() - NAMED.keys()
    for path in sorted(TESTS.glob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        held = {node: ast.get_source_segment(text, node) for node in ast.parse(text).body}
        rows = {
            target.id: source
            for node, source in held.items()
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name) and "table(" in source
        }
        for node, source in held.items():
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                names = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
                names |= {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)} & recorded
                used = [rows[one.id] for one in ast.walk(node) if isinstance(one, ast.Name) and one.id in rows]
                for name in names:
                    told = "\n\n".join([*dict.fromkeys(used), *_cases(text, node, name), source])
                    found.setdefault(name, []).append((path.name, told))
    return found


def _cases(text: str, test: ast.FunctionDef, name: str) -> list[str]:
    """Return the lines of a test's table of cases that name a function."""
    lines = [line.strip() for one in test.decorator_list for line in ast.get_source_segment(text, one).splitlines()]
    cases = [line for line in lines if re.search(rf"\b{name}\b", line)]
    return ["\n".join(["# the case of the measure", *cases])] if cases else []


def write_gallery() -> str:
    """Return the page of charts: each kind of docs/gallery.toml drawn, with what it is for and its text alternative."""
    from analysis.charts.chart import Mark
    from analysis.charts.kinds import KINDS, draw

    drawn = tomllib.loads((REPOSITORY / "docs" / "gallery.toml").read_text(encoding="utf-8"))
    lines = [
        "# Gallery of charts",
        "",
        "Each kind, drawn by the house's own code from `docs/gallery.toml`. Invented figures.",
    ]
    for kind in KINDS:
        about = drawn[kind]
        marks = [Mark(**{"display": f"{mark['value']:g}", **mark}) for mark in about["marks"]]
        words = {"id": f"gallery_{kind}", "subtitle": about["subtitle"], "source": "Source: invented."}
        chart = draw(kind, marks, title=about["title"], **words, **about.get("options", {}))
        picture = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>", "", chart.svg(), flags=re.DOTALL).strip()
        picture = "\n".join(line for line in picture.splitlines() if line.strip())
        lines += ["", f"## {kind}", "", about["use"], "", f"**{about['title']}**: {about['subtitle']}", ""]
        lines += [f'<div class="chart">{picture}</div>', "", f"*In words:* {html.escape(chart.alt, quote=False)}"]
    return "\n".join(lines)


def write_reference() -> str:
    """Return the page of the front door and of the commands, from their own docstrings."""
    lines = ["# Reference", "", "## In a notebook", "", "`import analysis as sg`; each example runs as a test."]
    for name in sg.__all__:
        thing = getattr(sg, name)
        lines += ["", f"### sg.{name}", "", f"`{name}{inspect.signature(thing)}`", "", *_words(thing)]
    lines += ["", "## On the command line"]
    for name in COMMANDS:
        command = getattr(import_module(f"analysis.cli.{name}"), f"{name}_command")
        with command.make_context(name, [], resilient_parsing=True) as context:
            told = command.get_help(context).replace(f"Usage: {name}", f"Usage: safeguarding {name}")
        lines += ["", f"### safeguarding {name}", "", "```text", told, "```"]
    return "\n".join(lines)


def _words(thing: Any) -> list[str]:
    words, mark, example = (inspect.getdoc(thing) or "").partition(">>>")
    return [words.strip(), "", *(["```python", f"{mark}{example}".strip(), "```"] if mark else [])]
