"""Earlier years are counted once: kept beside their records, taken again only while nothing behind them has changed."""

import shutil

import pytest

from analysis.counting import kept as module
from analysis.counting.kept import FILE, WORDING, keep, key_of, recall
from analysis.counting.years import observe_years, read_years, recall_years
from analysis.errors import DataError
from analysis.partnership import Partnership, Section
from analysis.returns.contracts import contract
from analysis.returns.register import COLUMNS
from tests.examples import seen

NAMES = ("2021-22", "2022-23", "2023-24")
HERE = Partnership("here", "Here", "E09000000", "Here", (Section("12_2_lado_and_education", "1", "One", "A"),))
CONTACT = "contact_id,received_on,form_type,contact_level,referrer_sector,employment_sector,threshold_met\n"
ENTRY = dict.fromkeys(COLUMNS, "") | {
    "return_id": "a", "agency": "LADO", "section": "12_2_lado_and_education", "dataset": "D23", "status": "received",
    "file": "lado_D23_contacts.csv", "definition_version": "1",
}  # fmt: skip


@pytest.fixture
def root(tmp_path):
    """Three years of a partnership, each with two contacts to the designated officer."""
    for name in NAMES:
        folder = tmp_path / "here" / name / "returns"
        folder.mkdir(parents=True)
        said = "email,consultation,school,school,no"
        rows = "".join(f"{name}-{n},{name[:4]}-06-0{n},{said}\n" for n in (1, 2))
        (folder / "lado_D23_contacts.csv").write_text(CONTACT + rows, encoding="utf-8")
        register = ",".join(COLUMNS) + "\n" + ",".join(ENTRY.values()) + "\n"
        (folder.parent / "returns.csv").write_text(register, encoding="utf-8")
    return tmp_path / "here"


def look(root, catalogue):
    """Return which earlier years' counts were kept, and the observations of each year."""
    folder = root / NAMES[-1]
    kept = recall_years(folder, NAMES[-1], HERE)
    years = read_years(folder, NAMES[-1], HERE, catalogue, kept, cases={})
    return [name for name, one in kept.items() if one.counts is not None], observe_years(years, HERE, catalogue, kept)


def test_the_second_look_recalls_and_says_the_same(root, shipped_catalogue):
    none, first = look(root, shipped_catalogue)
    recalled, second = look(root, shipped_catalogue)
    assert (none, recalled) == ([], ["2021-22", "2022-23"])
    assert first == second
    assert {o.value for o in second["2021-22"] if (o.indicator, o.dimension) == ("lado_contacts", "")} == {2.0}
    assert not (root / NAMES[-1] / "returns" / FILE).exists()


def test_a_changed_return_is_counted_again_with_the_years_that_look_into_it(root, shipped_catalogue):
    look(root, shipped_catalogue)
    path = root / "2021-22" / "returns" / "lado_D23_contacts.csv"
    path.write_text("\n".join(path.read_text("utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    recalled, found = look(root, shipped_catalogue)
    assert recalled == []
    assert {o.value for o in found["2021-22"] if (o.indicator, o.dimension) == ("lado_contacts", "")} == {1.0}


def add_return(root, year, dataset, text):
    """Add a return to the register of a year."""
    entry = ENTRY | {"return_id": "b", "dataset": dataset, "file": f"{dataset}.csv"}
    (root / year / "returns" / entry["file"]).write_text(text, encoding="utf-8")
    with (root / year / "returns.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(entry.values()) + "\n")


def test_a_fault_of_a_year_long_past_stops_nothing_where_nothing_is_counted_from_it(root, shipped_catalogue):
    columns = [column.name for column in contract("D46").table().columns]
    text = ",".join(columns) + "\n" + ",".join("never" for _ in columns) + "\n"
    add_return(root, "2021-22", "D46", text)
    assert look(root, shipped_catalogue)[1]


def test_a_fault_of_a_year_before_names_its_year(root, shipped_catalogue):
    path = root / "2022-23" / "returns" / "lado_D23_contacts.csv"
    path.write_text(path.read_text("utf-8").replace(",no", ",perhaps"), encoding="utf-8")
    with pytest.raises(DataError, match=r"2022-23/lado_D23_contacts\.csv, row 2, column threshold_met"):
        look(root, shipped_catalogue)


def test_a_break_stays_with_the_years_after_it(root, shipped_catalogue):
    said = ENTRY | {"break_in_series": "yes", "break_date": "2021-04-01"}
    lines = ",".join(COLUMNS) + "\n" + ",".join(said.values()) + "\n"
    (root / "2021-22" / "returns.csv").write_text(lines, encoding="utf-8")
    _, found = look(root, shipped_catalogue)
    assert {o.definition_version for o in found["2023-24"]} == {"1, series from 2021-04-01"}


def test_years_before_the_one_compared_with_have_wholes_and_months_alone(root, shipped_catalogue):
    _, found = look(root, shipped_catalogue)
    assert {o.dimension for o in found["2021-22"]} <= {"", "month"}
    assert len({o.dimension for o in found["2022-23"]}) > 2


def test_a_kept_file_of_something_else_is_no_answer(tmp_path):
    keep(tmp_path, "key", [seen(), seen(value=None, symbol="[x]")])
    assert recall(tmp_path, "key") == [seen(), seen(value=None, symbol="[x]")]
    assert recall(tmp_path, "other") is None
    (tmp_path / FILE).write_text("{", encoding="utf-8")
    assert recall(tmp_path, "key") is None
    assert recall(tmp_path / "nowhere", "key") is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    keep(tmp_path / "nowhere", "key", [seen()])
    assert not (tmp_path / "nowhere").exists()


def test_the_key_is_of_the_files_and_of_what_is_said(tmp_path):
    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    first = key_of([tmp_path], "here")
    (tmp_path / FILE).write_text("kept", encoding="utf-8")
    assert key_of([tmp_path], "here") == first
    assert key_of([tmp_path], "there") != first
    shutil.copy(tmp_path / "a.csv", tmp_path / "b.csv")
    assert key_of([tmp_path], "here") != first


def test_the_key_is_of_definitions_and_not_of_what_is_said_of_figures(tmp_path, monkeypatch):
    assert all((module.get_dictionary_root() / name).is_file() for name in WORDING)
    monkeypatch.setattr(module, "get_dictionary_root", lambda: tmp_path)
    first = key_of([])
    (tmp_path / "phrases.toml").write_text("new", encoding="utf-8")
    assert key_of([]) == first
    (tmp_path / "splits.toml").write_text("new", encoding="utf-8")
    assert key_of([]) != first
