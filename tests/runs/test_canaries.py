"""Strings planted in synthetic records, like the details of a person: none may come through into a shared release."""

from pathlib import Path

import pytest

from analysis.disclosure.scan import scan
from analysis.disclosure.views import get_texts, open_views
from analysis.settings import REPOSITORY
from synthetic.canaries import list_canaries
from synthetic.returns import ensure
from synthetic.settings import load_settings


@pytest.fixture(scope="module")
def canaries() -> set[str]:
    return {canary.text for canary in list_canaries(load_settings()["seed"])}


def read_everything(path: Path) -> str:
    """Return every reading of every byte below a path: as it is, unzipped, decoded, in lower case."""
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    readings = [one.name for one in files]
    for file in files:
        data = file.read_bytes()
        readings.append(data.decode("utf-8", errors="replace"))
        for view in open_views(file.name, data):
            readings += [view.place, *get_texts(view.data)]
    return "\n".join(dict.fromkeys(readings)).casefold()


def test_there_are_hundreds_and_all_stand_in_the_records(exampleshire_release, canaries):
    assert len(canaries) >= 200
    text = read_everything(ensure(REPOSITORY / "data", "2023-24"))
    assert [canary for canary in canaries if canary.casefold() not in text] == []


def test_none_is_in_any_byte_of_the_shared_release(exampleshire_release, canaries):
    text = read_everything(exampleshire_release)
    assert len(text) > 1_000_000
    squeezed = "".join(text.split())
    bare = ["".join(canary.casefold().split()) for canary in canaries]
    assert [canary for canary in canaries if canary.casefold() in text] == []
    assert [canary for canary in bare if len(canary) > 7 and canary in squeezed] == []  # a few signs meet by chance


def test_one_that_is_put_into_a_page_is_found_by_grepping_and_by_the_scan(exampleshire_release, canaries, tmp_path):
    page = sorted((exampleshire_release / "sections").glob("*.html"))[0]
    text = page.read_text(encoding="utf-8").replace("</main>", f"{min(canaries)}</main>")
    (tmp_path / page.name).write_text(text, encoding="utf-8")
    assert min(canaries).casefold() in read_everything(tmp_path)
    assert {finding.file for finding in scan(tmp_path, canaries)} == {page.name}
