"""Events that charts mark: declared with a date, a reason and indicators that are known."""

from datetime import date

import msgspec
import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.local import localise
from analysis.partnership import Event, load_partnership
from analysis.release.stages import prepare

OWN = """
[[breaks]]
measure = "contacts"
since = 2023-04-01
reason = "five infants were left out"
[[cautions]]
topic = "08_children_social_care/front_door"
words = "Six pupils were left out."
"""
EVENT = '\n[[events]]\ndate = {date}\nwhat = "A single front door"\nindicators = ["{indicator}"]\n'


def declare(folder, day="2023-07-15", indicator="contacts"):
    path = folder / "partnership.toml"
    path.write_text(path.read_text(encoding="utf-8") + EVENT.format(date=day, indicator=indicator), encoding="utf-8")
    return load_partnership("hillingdon", folder.parent)


def test_an_event_is_read_and_put_into_the_release(hillingdon):
    partnership = declare(hillingdon)
    assert partnership.events == (Event(date(2023, 7, 15), "A single front door", ("contacts",)),)
    (event,) = prepare("hillingdon", "2023-24", "shared").release.events
    assert (event.date, event.rebase) == (date(2023, 7, 15), False)


@pytest.mark.parametrize("day", ['"2023-07-15"', "2023-07-15T10:00:00", "2023"])
def test_a_date_in_another_form_is_told(hillingdon, day):
    with pytest.raises(DataError, match="allowed: a date without quotes"):
        declare(hillingdon, day)


def test_an_indicator_that_is_not_known_is_told(hillingdon, shipped_catalogue):
    with pytest.raises(DataError, match="unknown indicator 'contact'; allowed: contacts"):
        localise(shipped_catalogue, declare(hillingdon, indicator="contact"))


def test_words_that_tell_of_few_stand_nowhere_in_a_shared_store(hillingdon):
    """The event and the reason for a break reach charts and signals by ways of their own, beside the notes."""
    path = hillingdon / "partnership.toml"
    event = EVENT.format(date="2023-07-15", indicator="contacts").replace(
        "A single front door", "Two sisters moved away"
    )
    path.write_text(path.read_text(encoding="utf-8") + event + OWN, encoding="utf-8")
    register = hillingdon / "2023-24" / "returns.csv"
    frame = pd.read_csv(register, dtype=str, keep_default_na=False)
    frame["break_in_series"], frame["break_date"] = "yes", "2023-04-01"
    frame["break_reason"], frame["note"] = "Four boys left out", "Three girls left out"
    frame.to_csv(register, index=False)
    stores = {release: prepare("hillingdon", "2023-24", release) for release in ("internal", "shared")}
    told = {release: msgspec.json.encode(made.release).decode() for release, made in stores.items()}
    for words in ("Two sisters", "Four boys", "Three girls", "five infants", "Six pupils"):
        assert words not in told["shared"]
    for words in ("Two sisters", "Three girls", "Six pupils"):
        assert words in told["internal"]
    notes = " ".join(stores["shared"].notes)
    assert "the event of 2023-07-15" in notes
    assert "of the register, break_reason" in notes
    assert "the reason for the break of contacts in partnership.toml" in notes
    assert "the caution for 08_children_social_care/front_door" in notes
