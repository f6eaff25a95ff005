"""A partnership's own words, from its files to the store of a release."""

import csv

import msgspec

from analysis.partnership import hash_text
from analysis.release.stages import prepare

SAID = "Zelandra moved to another team"
EVENT = f'\n[[events]]\ndate = 2023-05-01\nwhat = "{SAID}"\nindicators = ["lado_contacts"]\n'


def plant(hillingdon) -> None:
    """Write words about a person wherever the partnership's own copy has room for words of its own."""
    path = hillingdon / "2023-24" / "returns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    planted = {"break_in_series": "yes", "break_date": "2023-04-01", "break_reason": SAID, "note": SAID}
    rows = [row | planted for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    settings = hillingdon / "partnership.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + EVENT, encoding="utf-8")


def told(part):
    """Return all that a part of a release says."""
    return msgspec.json.encode(part).decode()


def test_no_words_that_nobody_approved_reach_a_shared_store(hillingdon):
    plant(hillingdon)
    prepared = prepare("hillingdon", "2023-24", "shared")
    assert SAID not in told(prepared.release)
    assert not any(SAID in note for note in prepared.notes)
    assert sum(hash_text(SAID) in note for note in prepared.notes) > 1


def test_they_stand_in_the_analysts_own(hillingdon):
    plant(hillingdon)
    release = prepare("hillingdon", "2023-24", "internal").release
    for part in ("returns", "findings", "events"):
        assert SAID in told(getattr(release, part)), part
