"""Every public name of the front door has an example in its docstring, and each is true; the pages' examples run."""

import doctest
import re
import shutil

import pytest
from matplotlib.figure import Figure

import analysis as sg
from analysis import desk
from analysis.cli import check
from analysis.cli.check import find_problems
from analysis.settings import REPOSITORY

RUN = {"docs/charts.md", "docs/returns.md", "notebooks/README.md"}
FOLLOWED = {"docs/add_a_chart_kind.md", "docs/add_a_section.md", "docs/add_an_angle.md", "docs/add_an_indicator.md"}
ELSEWHERE = {"docs/running.md"}  # needs a library that isn't among ours
FINDER = doctest.DocTestFinder(recurse=False)


@pytest.fixture(scope="module")
def outputs(hillingdon_outputs, exampleshire_outputs, exampleshire_problems, tmp_path_factory):
    def find(partnership, year):
        return (exampleshire_problems, ()) if partnership == "exampleshire" else find_problems(partnership, year)

    folder = tmp_path_factory.mktemp("outputs")
    for built, name in ((hillingdon_outputs, "hillingdon"), (exampleshire_outputs, "exampleshire")):
        shutil.copytree(built / name, folder / name)  # an internal release is kept where it was opened
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_OUTPUT", str(folder))
        patch.setattr(check, "find_problems", find)  # what is wrong with a large year takes most of a minute to find
        yield


def list_examples(page):
    return re.findall(
        r"^```python\n(.*?)^```", (REPOSITORY / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def test_every_page_with_an_example_is_run_here_or_followed_by_a_test_of_its_own():
    pages = [*REPOSITORY.glob("docs/*.md"), *REPOSITORY.glob("*.md"), *REPOSITORY.glob("notebooks/*.md")]
    assert {name for page in pages if list_examples(name := page.relative_to(REPOSITORY).as_posix())} == (
        RUN | FOLLOWED | ELSEWHERE
    )


@pytest.mark.slow
@pytest.mark.parametrize("page", sorted(RUN))
def test_the_examples_of_a_page_run(page, outputs, tmp_path, monkeypatch):
    (tmp_path / "outputs").mkdir()
    (tmp_path / "notebooks" / "explore").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "explore")
    sg.tables("exampleshire")  # makes its returns
    contacts = next(REPOSITORY.glob("data/exampleshire/2023-24/returns/*_D23_contacts.csv"))
    names = {"figure": Figure(), "path": contacts}
    for example in list_examples(page):
        exec(example, names)  # noqa: S102  the pages are ours
    assert (tmp_path / "outputs" / "girls.xlsx").exists() == (page == "notebooks/README.md")


@pytest.mark.slow
@pytest.mark.parametrize("name", sg.__all__)
def test_the_example_of_a_name_is_true(name, outputs):
    (example,) = FINDER.find(getattr(sg, name), name, globs=dict(vars(desk)))
    assert example.examples, f"sg.{name} has no example"
    said: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(example, out=said.append).failed == 0, "".join(said)
