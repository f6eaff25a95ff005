"""What is true of one partnership stands in its own folder, and reaches no other's report."""

from dataclasses import replace
from datetime import date

import msgspec
import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.local import localise
from analysis.measures.periods import Period, parse_year
from analysis.measures.relations import FactRow
from analysis.partnership import Break, Caution, Event, Partnership, Section, Total, list_partnerships, load_partnership
from analysis.release.stages import make_release
from analysis.settings import REPOSITORY
from tests.examples import write_partnership

HERE = Partnership("here", "Here", "E09000000", "Here", (Section("one", "1", "One", "A"),))
APRIL = date(2023, 4, 1)


def caveats(catalogue):
    return {f"{topic.section}/{topic.id}": topic.caveats for topic in catalogue.topics}


def test_own_categories_cautions_and_totals_join_the_shared_ones(shipped_catalogue):
    here = replace(
        HERE,
        categories={"contacts": {"": {"Open Door": "Open Door team"}}},
        cautions=(Caution("08_children_social_care/front_door", "The door moved."),),
        totals=(Total("door", "part", "contacts//Open Door", ("contacts/channel", "contacts/source/police")),),
    )
    local = localise(shipped_catalogue, here)
    split = local.measures["contacts"].by[""]
    assert split.categories == ("Open Door",)
    assert split.words["Open Door"] == "Open Door team"
    assert caveats(local)["08_children_social_care/front_door"][-1].say == "The door moved."
    assert local.facts[-3:] == (
        FactRow("door", "part", "whole", "contacts", "", "Open Door"),
        FactRow("door", "part", "part", "contacts", "channel", ""),
        FactRow("door", "part", "part", "contacts", "source", "police"),
    )
    assert replace(localise(shipped_catalogue, HERE), lists=None) == shipped_catalogue  # nothing stays behind


def test_own_lists_are_the_categories_of_splits_that_have_none_of_their_own(shipped_catalogue):
    local = localise(shipped_catalogue, replace(HERE, lists={"locality": ("North", "South")}))
    assert local.measures["contacts"].by["locality"].categories == ("North", "South")
    assert local.measures["contacts"].by["sex"] == shipped_catalogue.measures["contacts"].by["sex"]
    assert local.lists["geography"][0] == "Here"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"events": (Event(APRIL, "x", ("contactz",)),)}, "events: unknown indicator 'contactz'"),
        ({"breaks": (Break("contactz", APRIL, "x"),)}, "breaks: unknown measure 'contactz'"),
        ({"breaks": (Break("contacts", APRIL, "x", earlier="contactz"),)}, "breaks: unknown measure 'contactz'"),
        ({"cautions": (Caution("08_children_social_care/front", "x"),)}, "cautions: unknown topic"),
        ({"lists": {"localities": ("North",)}}, "lists: unknown list 'localities'; allowed: locality"),
        ({"totals": (Total("x", "sums", "contacts", ()),)}, "totals: unknown kind 'sums'"),
        ({"totals": (Total("x", "sum", "contacts", ("contactz/channel",)),)}, "totals: unknown measure 'contactz'"),
        (
            {"totals": (Total("x", "sum", "contacts", ("contacts/chanel",)),)},
            "totals: unknown split of contacts 'chanel'",
        ),
        (
            {"totals": (Total("x", "part", "contacts", ("contacts/channel/telefone",)),)},
            "totals: unknown category of contacts/channel 'telefone'",
        ),
        ({"headlines": ("contactz/channel",)}, "headlines: unknown measure 'contactz'"),
        ({"categories": {"contactz": {}}}, "categories: unknown measure 'contactz'"),
        ({"categories": {"contacts": {"chanel": {}}}}, "categories: unknown split of contacts 'chanel'"),
    ],
)
def test_a_name_that_the_dictionary_lacks_is_refused(shipped_catalogue, own, message):
    with pytest.raises(DataError) as refused:
        localise(shipped_catalogue, replace(HERE, **own))
    assert f"partnership.toml: {message}" in str(refused.value)
    assert "allowed" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[breaks]]\nmeasure = "contacts"\nsince = "2023-04-01"\nreason = "x"\n', "breaks 1, since '2023-04-01'"),
        ('[[breaks]]\nmeasure = "contacts"\nreason = "x"\n', "breaks 1: missing since"),
        ('[[breaks]]\nmeasure = "contacts"\nsince = 2023-04-01\nwhy = "x"\n', "breaks 1: unknown key 'why'"),
        ('[[cautions]]\nmeasure = "contacts"\nwords = "x"\n', "cautions 1: unknown key 'measure'"),
        ('[categories.contacts]\nchannel = ["post"]\n', "categories: contacts.channel"),
        ('[categories]\ncontacts = "post"\n', "categories: contacts"),
        ('[aliases.D16]\nreceived_at = ["Logged"]\n', "aliases: D16.received_at"),
    ],
)
def test_a_fault_in_the_file_is_one_line(tmp_path, text, message):
    write_partnership(tmp_path / "here", text)
    with pytest.raises(DataError) as refused:
        load_partnership("here", tmp_path)
    assert message in str(refused.value)
    assert str(refused.value).startswith("partnership.toml: ")


@pytest.mark.parametrize(
    ("now", "before", "parted"),
    [
        (parse_year("2023-24"), parse_year("2022-23"), True),
        (parse_year("2024-25"), parse_year("2023-24"), False),  # both of the new series
        (parse_year("2022-23"), parse_year("2021-22"), False),  # both of the old one
        (Period(date(2022, 4, 1), date(2023, 4, 1), "other"), parse_year("2021-22"), True),  # reaches the first day
        (Period(date(2022, 4, 1), date(2023, 3, 31), "other"), parse_year("2021-22"), False),  # ends the day before
        (Period(None, None, "unclear"), parse_year("2022-23"), True),  # without a date: the latest series
        (parse_year("2023-24"), Period(None, date(2023, 3, 31), "snapshot"), True),
        (parse_year("2023-24"), Period(None, None, "unclear"), False),
    ],
)
def test_a_break_parts_what_lies_on_both_sides_of_it(now, before, parted):
    assert Break("contacts", APRIL, "x").parts(now, before) == parted


def test_no_module_and_no_shared_definition_knows_a_partnership_by_name():
    names = list_partnerships(REPOSITORY / "data")
    files = [
        path
        for folder in ("analysis", "data/dictionary")
        for path in (REPOSITORY / folder).rglob("*")
        if path.suffix in (".py", ".toml", ".csv", ".css", ".html", ".json", ".md", ".mplstyle")
    ]
    assert names == ["exampleshire", "hillingdon"]
    assert len(files) > 100
    knowing = [path for path in files if any(name in path.read_text(encoding="utf-8").lower() for name in names)]
    assert [str(path.relative_to(REPOSITORY)) for path in knowing] == []


OF_HILLINGDON = (  # said of what happened there, or of what only it has
    "earlier years counted referrals",
    "on a new form",
    "changed its records system",
    "after inspectors looked",
    "scoring matrix",
    "from other departments",
    "stronger families",
    "eligible for support, whether",
    "awareness and recording of autism",
    "axis and detached",
)


def test_what_happened_in_one_partnership_is_told_of_that_one_alone(shipped_catalogue):
    data = REPOSITORY / "data"
    shared, own = repr(shipped_catalogue).lower(), load_partnership("hillingdon", data)
    told = repr(localise(shipped_catalogue, own)).lower() + repr(own.breaks).lower()
    assert [words for words in OF_HILLINGDON if words in shared] == []
    assert [words for words in OF_HILLINGDON if words not in told] == []
    notebooks = " ".join(
        path.read_text(encoding="utf-8").lower() for path in (REPOSITORY / "notebooks").rglob("*.ipynb")
    )
    assert [words for words in OF_HILLINGDON if words in notebooks] == []


def write_third(root):
    """Write a made-up partnership with the figures of one that ships, and nothing of what is true of that one alone."""
    source, folder = REPOSITORY / "data" / "hillingdon", root / "thirdshire"
    own = load_partnership("hillingdon", source.parent).categories
    names = {category for by in own.values() for words in by.values() for category in words}
    for path in source.glob("20*/**/*.csv"):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame = frame[~frame["category"].isin(names)] if "category" in frame else frame
        told = {name: "" for name in ("note", "break_in_series", "break_date", "break_reason") if name in frame}
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = frame.assign(**told).to_csv(index=False).replace("Hillingdon", "Thirdshire")
        target.write_text(text, encoding="utf-8")
    plain = (source / "partnership.toml").read_text(encoding="utf-8").partition("# What happened here")[0]
    plain = plain.replace("contacts//Stronger Families Hub", "contacts").replace("Hillingdon", "Thirdshire")
    (folder / "partnership.toml").write_text(plain, encoding="utf-8")


@pytest.mark.parametrize("kind", ["shared", "internal"])
def test_a_third_partnership_carries_nothing_of_the_one_that_ships(tmp_path, monkeypatch, kind):
    """All that pages can say stands in the release: statements, comparisons, topics, definitions, findings."""
    monkeypatch.setenv("SAFEGUARDING_DATA", str(tmp_path))
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path / "outputs"))
    write_third(tmp_path)
    release = make_release("thirdshire", "2023-24", kind)
    told = msgspec.json.encode(release).decode().lower()
    assert len(release.statistics) > 200
    assert [words for words in OF_HILLINGDON if words in told] == []
    broken = [s.statistic_id for s in release.statistics if any(c.broken for c in s.comparisons)]
    assert broken == ["lado_substantiated_rate.percent"]  # its rows say that they are of another definition
