"""300 planted strings, in every place where an agency writes words, names or codes: none reaches a release."""

import msgspec
import pytest

from analysis.disclosure.patterns import find_kinds
from analysis.disclosure.scan import scan
from analysis.errors import DataError
from analysis.release.stages import prepare
from tests.planted_words import (
    DISGUISED,
    IDENTIFIERS,
    PLACES,
    PLANTED,
    REFUSED,
    TALES,
    VEILED,
    WRITTEN,
    find_planted,
)

# Words that nothing reads are planted at once; what decides which returns count, or what is compared, each alone.
UNREAD = (
    ("notes", "ids of returns", "systems", "who signed", "notes of figures"),
    ("events", "breaks", "cautions"),
)
TOGETHER = [*UNREAD, *((place,) for place in PLACES if place not in {*UNREAD[0], *UNREAD[1]})]


def test_there_are_300_and_the_search_finds_each():
    assert len(PLANTED) == len(set(PLANTED)) >= 300
    assert all(find_planted(f"so {text} it was") for text in PLANTED)
    assert not find_planted("253 contacts, April 2023 to March 2024")


@pytest.mark.parametrize("places", TOGETHER, ids=", ".join)
def test_no_planted_string_reaches_a_shared_release(hillingdon, places):
    for place in places:
        PLACES[place](hillingdon, PLANTED)
    prepared = prepare("hillingdon", "2023-24", "shared")
    assert not find_planted(msgspec.json.encode(prepared.release).decode())
    assert not find_planted("\n".join(prepared.notes))


@pytest.mark.parametrize("place", REFUSED)
def test_what_stops_a_build_does_not_repeat_it(hillingdon, place):
    REFUSED[place](hillingdon, PLANTED)
    with pytest.raises(DataError) as refused:
        prepare("hillingdon", "2023-24", "shared")
    assert not find_planted(str(refused.value))


@pytest.mark.parametrize("text", IDENTIFIERS)
def test_an_identifier_that_somebody_approved_is_stopped_by_the_scan(tmp_path, text):
    (tmp_path / "page.html").write_text(f"<p>The agency says: {text}.</p>")
    assert scan(tmp_path)


@pytest.mark.parametrize(("text", "kind"), DISGUISED.items())
def test_an_identifier_in_disguise_is_known_by_its_kind(tmp_path, text, kind):
    (tmp_path / "page.html").write_text(f"<p>The agency says: {text}.</p>", encoding="utf-8")
    assert kind in {finding.kind for finding in scan(tmp_path)}


@pytest.mark.parametrize("text", WRITTEN["tales"]["key"])
def test_a_key_of_the_records_in_disguise_is_stopped(tmp_path, text):
    (tmp_path / "page.html").write_text(f"<p>The agency says: {text}.</p>", encoding="utf-8")
    assert scan(tmp_path, ["CHILD-EX-000417"])


def test_a_tale_is_for_a_person_to_read():
    """The scan doesn't read: what only approval stops is told in the documents."""
    assert not any(find_kinds(text) for text in (*TALES, *VEILED))
