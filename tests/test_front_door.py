"""The front door, as an analyst uses it: names that can be guessed, defaults, objects that show themselves."""

import shutil
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

import analysis as sg
from analysis.counting.year import Year
from analysis.errors import CommandError
from analysis.measures.catalogue import get_catalogue
from analysis.release import stages
from analysis.release.store import write_store
from analysis.report import behind
from analysis.report.frames import InternalFrame, SharedFrame
from analysis.returns.register import ReturnEntry
from analysis.settings import REPOSITORY
from tests.examples import a_release

INTERNAL = "INTERNAL: not for sharing"


@pytest.fixture
def exampleshire(exampleshire_release, monkeypatch):
    """The shared release of the synthetic partnership, opened where it was built."""
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(exampleshire_release.parents[2]))
    return sg.open_release("exampleshire")


def shown(thing: object, kind: str = "text/plain") -> str:
    return thing._repr_mimebundle_()[kind]


def test_tab_completion_reaches_every_name_and_each_has_its_words():
    assert dir(sg) == sorted(sg.__all__)
    assert all(getattr(sg, name).__doc__ for name in sg.__all__)


@pytest.mark.parametrize(("bad", "near"), [("open_relase", "open_release"), ("find_measure", "find_measures")])
def test_a_mistyped_name_says_what_is_near(bad, near):
    with pytest.raises(AttributeError, match=f"unknown name of the front door '{bad}'; allowed: {near}"):
        getattr(sg, bad)


def test_importing_it_loads_nothing_that_is_slow():
    code = "import sys, analysis; print(sum(m.startswith('analysis.') for m in sys.modules), 'pandas' in sys.modules)"
    made = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert made.stdout.split() == ["0", "False"]


def test_a_measure_tells_what_is_known_of_it():
    text = shown(sg.measure("section47_enquiries"))
    assert text.startswith("section47_enquiries: Section 47 enquiries\nDefinition: Section 47 enquiries begun")
    assert "Counted from: D18.episodes" in text
    with pytest.raises(CommandError, match="unknown measure 'section47_enquirys'; allowed: section47_enquiries"):
        sg.measure("section47_enquirys")


def test_a_share_tells_of_what_by_which_standard_and_which_way_is_better():
    lines = shown(sg.measure("conferences_in_time")).splitlines()
    assert "Of: initial child protection conferences, only those whose time is known" in lines
    assert "Split by: locality; month" in lines
    assert "Standard: Within 15 working days of the strategy discussion (by statutory guidance)" in lines
    assert any(line.startswith("Reads: Higher is better. In time is not") for line in lines)


def test_every_measure_can_be_shown_even_one_that_is_only_a_base():
    known = get_catalogue().measures
    assert all(shown(sg.measure(name)).startswith(f"{name}: ") for name in known)
    assert "Counted from: nothing: the base of others" in shown(sg.measure("webinars"))
    assert set(sg.find_measures().index) == {name for name, one in known.items() if one.shown}


def test_measures_are_found_by_their_words():
    assert "section47_enquiries" in sg.find_measures("section 47").index
    assert sg.find_measures("section 47 no such words").empty


def test_sections_and_partnerships_are_those_configured():
    assert len(sg.sections()) == 20
    assert set(sg.partnerships().index) == {"exampleshire", "hillingdon"}


def test_a_monthly_control_chart_is_one_line(exampleshire):
    chart = exampleshire.figure("section47_enquiries").by("month").control_chart()
    assert shown(chart).startswith("Section 47 enquiries by month")
    assert "data:image/svg+xml" in shown(chart, "text/html")
    with pytest.raises(CommandError, match="unknown figure 'section47_enquirys'; allowed: section47_enquiries"):
        exampleshire.figure("section47_enquirys")
    with pytest.raises(CommandError, match="unknown split 'moth'; allowed: month"):
        exampleshire.figure("section47_enquiries").by("moth")


def test_records_say_on_their_face_that_they_are_internal(exampleshire):
    rows = sg.rows("section47_enquiries", "exampleshire")
    assert len(rows) == 1466  # synthetic
    for internal in (rows, rows[rows["sex"] == "female"], sg.records("D16.contacts", "exampleshire")):
        assert shown(internal).startswith(INTERNAL)
        assert INTERNAL in shown(internal, "text/html")
    with pytest.raises(CommandError, match="unknown table of records 'D16.contact'; allowed: D16.contacts"):
        sg.records("D16.contact", "exampleshire")


def test_a_journey_follows_those_who_began_in_the_year(monkeypatch):
    asked = ["2023-03-31", "2023-04-01", "2024-03-31", "2024-01-10"]
    met, ended = ["2023-04-02", "2023-04-05", None, "2024-01-12"], ["2023-04-09", "2023-04-10", None, "2024-01-13"]
    days = {"asked": asked, "met": met, "ended": ended}
    held = pd.DataFrame({name: pd.to_datetime(column) for name, column in days.items()} | {"who": list("abcd")})
    monkeypatch.setattr(behind, "list_records", lambda *_: held)
    way = sg.journey("D1.t", "asked", "met", "ended")
    assert way["reached"].to_dict() == {"asked": 3, "met": 2, "ended": 2}  # who asked in March is of the year before
    assert way.loc["met"].tolist()[1:] == [2.5, 3.0, 3.5, 3.0]
    assert way.loc["ended", "median of days since asked"] == 6.0
    assert way.loc["ended", "median of days since the stage before"] == 3.0
    assert way.kind == "internal"
    with pytest.raises(CommandError, match="unknown column of days 'who'; allowed: asked, met, ended"):
        sg.journey("D1.t", "asked", "who")


def test_a_chart_is_saved_as_its_name_ends(exampleshire, tmp_path, monkeypatch):
    chart = exampleshire.figure("section47_enquiries").by("month").control_chart()
    for name, begins in (("a.svg", b"<svg"), ("a.PNG", b"\x89PNG"), ("a.csv", b"label,")):
        chart.save(tmp_path / name)
        assert (tmp_path / name).read_bytes().lstrip().startswith(begins)
    with pytest.raises(CommandError, match="unknown kind of file 'pdf'; allowed: svg, png, csv"):
        chart.save(tmp_path / "a.pdf")
    with pytest.raises(CommandError, match="a file holds one chart, and this shows 0"):
        exampleshire.figure("section47_enquiries").table.save(tmp_path / "a.svg")
    internal = replace(chart, kind="internal")
    with pytest.raises(CommandError, match="git would take internal data there"):
        internal.save(REPOSITORY / "notebooks" / "a.svg")


def test_measures_named_so_come_before_those_whose_definition_says_so():
    found = sg.find_measures("referrals")
    titles = ["referrals" in title.lower() for title in found["title"]]
    assert titles == sorted(titles, reverse=True) and titles[0]
    assert found["title"].iloc[0] == min(found["title"][titles], key=len)


def test_the_run_of_a_shared_release_gives_no_records(tmp_path, monkeypatch):
    """A frame joined or counted of records has lost the mark by which a shared page would refuse it."""
    monkeypatch.setenv("SAFEGUARDING_STORE", str(write_store(a_release(kind="shared"), tmp_path)))
    for ask in (sg.tables, lambda: sg.records("D16.contacts"), lambda: sg.rows("section47_enquiries")):
        with pytest.raises(CommandError, match="records are internal, and this run makes shared pages"):
            ask()


def test_rows_read_no_return_that_their_measure_is_not_counted_from(monkeypatch):
    line = {"agency": "Council", "section": "08_children_social_care", "status": "received"}
    came = [ReturnEntry(**line, dataset=name, file=f"{name}.csv") for name in ("D16", "D23", "ssd")]
    read = []

    def read_year(folder, entries, catalogue):
        read.append([entry.dataset for entry in entries])
        return Year([], {"D16.contacts": pd.DataFrame({"contact_id": ["a"]})}, {})

    monkeypatch.setattr(behind, "read_register", lambda *_: came)
    monkeypatch.setattr(behind, "read_year", read_year)
    monkeypatch.setattr(behind, "key_of", lambda _: "a mark of this test alone")
    sg.records("D16.contacts")
    sg.tables()
    assert read == [["D16", "ssd"], ["D16", "D23", "ssd"]]


def test_rows_say_what_was_not_supplied(monkeypatch):
    held = Year([], {"D16.contacts": pd.DataFrame({"contact_id": ["a"]})}, {})
    monkeypatch.setattr(behind, "read_years", lambda *_, **__: [held])
    with pytest.raises(CommandError, match="contacts is counted from received_at, which nobody supplied"):
        sg.rows("contacts")


@pytest.mark.parametrize("values", [[12, None], ["12", "[c]"]])
def test_a_chart_of_what_is_no_number_is_refused_in_words(values):
    ages = pd.DataFrame({"age": ["under 5", "5 to 9"], "enquiries": values})
    with pytest.raises(CommandError, match="chart: column 'enquiries' has cells that are no number"):
        sg.chart(ages, label="age", value="enquiries", title="x")


def test_every_chart_kind_says_what_it_is():
    kinds = sg.chart_kinds()
    assert {"bars", "control", "funnel"} <= set(kinds.index)
    assert kinds["is"].str.endswith(".").all()


def test_a_chart_of_ones_own_passes_the_chart_check_or_says_why_not():
    ages = pd.DataFrame({"age": ["under 5", "5 to 9"], "enquiries": [12, 30]})
    chart = sg.chart(ages, label="age", value="enquiries", title="Enquiries by age")
    assert [files["id"] for files in chart.charts] == ["draft_Enquiries_by_age"]  # its files; another title, others
    assert "data:image/svg+xml" in shown(chart, "text/html")
    with pytest.raises(CommandError, match="unknown column 'enquirys'; allowed: enquiries"):
        sg.chart(ages, label="age", value="enquirys", title="x")
    with pytest.raises(CommandError, match="unknown chart kind 'pie'"):
        sg.chart(ages, "pie", label="age", value="enquiries", title="x")


def test_published_figures_of_a_council_are_a_frame():
    found = sg.comparators("children_looked_after_rate")
    assert found["is"].tolist() == ["council", "region", "country", *["neighbour"] * 10]
    assert found["area"].tolist()[:3] == ["Hillingdon", "London", "England"]
    assert set(found["period"]) == {"at 31 March 2024"}
    assert sg.comparators("children_looked_after_rate", "E06000019")["area"][0] == "Herefordshire, County of"
    assert sg.comparators("children_looked_after_rate", "hillingdon").equals(found)
    with pytest.raises(CommandError, match="unknown measure of official statistics 'children_looked_after_rat'"):
        sg.comparators("children_looked_after_rat")


def test_what_is_counted_of_records_stays_internal():
    """What pandas groups, counts, joins or describes of internal rows says so, printed or shown."""
    rows = InternalFrame({"who": ["a", "b", "b"], "sex": ["f", "m", "m"]})
    shared = SharedFrame({"who": ["a", "b"], "n": [1, 2]})
    for made in (
        rows.groupby("sex").size(),
        rows.groupby("sex").size().reset_index(name="n"),
        rows["sex"].value_counts(),
        rows.value_counts(["sex"]).reset_index(),
        rows.groupby("sex").agg({"who": "count"}),
        rows.describe(),
        rows.merge(shared),
        shared.merge(rows),
        pd.concat([shared, rows]),
    ):
        assert str(made).startswith(INTERNAL), made
        assert shown(made).startswith(INTERNAL)
    assert not str(shared.groupby("who").sum()).startswith(INTERNAL)


def test_a_control_chart_of_ones_own_finds_its_limits_and_says_what_it_lacks():
    months = pd.DataFrame({"month": [f"2023-{n:02}" for n in range(1, 13)], "n": [50, 52, 48, 51, 49, 50] * 2})
    assert len(sg.chart(months, "control", label="month", value="n", title="A month").charts) == 1
    for frame, words in (
        (months[:11], "control chart: .*12"),
        (months.assign(month="x"), "a label is no date; allowed: months like 2023-04"),
    ):
        with pytest.raises(CommandError, match=words):
            sg.chart(frame, "control", label="month", value="n", title="x")
    with pytest.raises(CommandError, match="neighbours needs own"):
        sg.chart(months, "neighbours", label="month", value="n", title="x")


def test_two_splits_at_a_time_are_answered_with_the_way_to_it(exampleshire):
    with pytest.raises(CommandError, match=r"one of .*month.* at a time; for several: sg\.rows"):
        exampleshire.figure("section47_enquiries").by("sex", "month")


def test_an_unknown_partnership_is_refused_before_anything_is_counted(capsys):
    with pytest.raises(CommandError, match="unknown partnership 'hilingdon'; allowed: hillingdon"):
        sg.open_release("hilingdon")
    assert not capsys.readouterr().out


def test_a_figure_leads_to_its_rows_and_writes_itself_as_a_workbook(exampleshire, tmp_path):
    figure = exampleshire.figure("section47_enquiries")
    assert len(figure.rows()) == figure.value
    figure.by("month").to_excel(tmp_path / "months.xlsx")
    assert len(pd.read_excel(tmp_path / "months.xlsx")) == 12
    with pytest.raises(CommandError, match="unknown measure counted from records"):
        sg.rows("subgroup_duration", "exampleshire")


def test_the_problems_of_a_year_are_a_frame(hillingdon):
    found = sg.problems("hillingdon")
    assert {"file", "row", "column", "rule", "severity", "message", "allowed"} == set(found.columns)
    assert "error" not in set(found["severity"])
    with pytest.raises(CommandError, match="unknown partnership 'hilingdon'"):
        sg.problems("hilingdon")


def test_a_draft_is_checked_number_by_number(monkeypatch, releases):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(releases["shared"].parents[2]))
    checked = sg.check_draft("There were 329 children looked after at 31 March 2024.\nWe spoke to 11,000 residents.")
    verdicts = dict(zip(checked["text"], checked["verdict"], strict=True))
    assert (verdicts["329"], verdicts["11,000"]) == ("supported", "unsupported")
    assert sg.check_draft("No number at all.").empty


def test_a_synthetic_partnership_is_made_before_its_year_is_looked_for(tmp_path, monkeypatch):
    """In a fresh clone nothing of it is there but its configuration."""
    (tmp_path / "exampleshire").mkdir()
    shutil.copy(REPOSITORY / "data" / "exampleshire" / "partnership.toml", tmp_path / "exampleshire")
    monkeypatch.setenv("SAFEGUARDING_DATA", str(tmp_path))

    def make(home, root, year):
        raise InterruptedError(f"{home.id} {year} is made")

    monkeypatch.setattr(stages, "make_returns", make)
    with pytest.raises(InterruptedError, match="exampleshire 2023-24 is made"):
        sg.open_release("exampleshire", "2023-24")
