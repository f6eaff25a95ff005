"""A synthetic year as files: a register that reads, what is late, missing and nil, and counts that nearly agree."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.counting.year import count_for_check
from analysis.errors import CommandError
from analysis.local import localise
from analysis.measures.catalogue import get_catalogue
from analysis.partnership import load_partnership
from analysis.returns.checks.year import check_year
from analysis.returns.contracts import contract
from analysis.returns.register import read_register
from synthetic import returns
from synthetic.returns import ensure, write_year
from synthetic.settings import FOLDER, load_returns
from tests.examples import read_figures
from tests.returns.frames import read_return

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def partnership():
    return load_partnership("exampleshire", FOLDER.parent)


@pytest.fixture(scope="module")
def year(tmp_path_factory, records, seed) -> Path:
    folder = tmp_path_factory.mktemp("2023-24")
    write_year(folder, "2023-24", records["2023-24"], seed)
    return folder


@pytest.fixture(scope="module")
def register(year, partnership) -> pd.DataFrame:
    return pd.DataFrame([vars(entry) for entry in read_register(year, partnership)])


def counts(folder: Path, agency: str) -> dict[tuple[str, str], float]:
    catalogue = get_catalogue()
    found = read_figures(folder / "returns" / f"{agency}.csv", catalogue, agency=agency)
    return {(one.indicator, one.category): one.value for one in found}


def test_the_partnership_says_that_it_is_synthetic(partnership):
    assert partnership.synthetic
    assert "synthetic" in partnership.credit
    assert len(partnership.sections) == 20
    assert partnership.disclosure == {"threshold": 5, "protect_zero": False}


def test_sections_are_those_of_the_other_partnership_under_titles_of_their_own(partnership):
    other = load_partnership("hillingdon", FOLDER.parent)
    assert [section.id for section in partnership.sections] == [section.id for section in other.sections]
    assert not any("Hillingdon" in section.title for section in partnership.sections)


def test_agencies_in_the_register_are_those_of_the_partnership(register, partnership):
    known = {agency.name: agency.sections for agency in partnership.agencies}
    assert set(register["agency"]) <= set(known)
    assert all(
        section in known[agency] for agency, section in zip(register["agency"], register["section"], strict=True)
    )


def test_every_dataset_is_in_the_register_once_an_agency_and_table(register):
    records_of = register[register["file"].str.contains("_D")]
    assert not records_of["file"].duplicated().any()
    wanted = {f"D{number:02d}" for number in range(2, 54)}
    assert wanted <= set(register["dataset"].str.split(";").explode())


def test_one_agency_is_late_one_missing_and_one_nil(register, truth):
    name = {code: said[0] for code, said in load_returns()["home"].items()}
    for status in ("late", "missing", "nil"):
        (said,) = truth[status]
        lines = register[register["status"] == status]
        assert set(lines["agency"]) == {name[said["agency"]]}
        assert set(lines["dataset"]) == set(said["datasets"])
    late = register[register["status"] == "late"]
    assert (late["received_date"] > late["due_date"]).all()
    received = register[register["status"] == "received"]
    assert (received["received_date"] <= received["due_date"]).all()


def test_the_missing_agency_sent_no_file(year):
    assert not list((year / "returns").glob("probation*"))
    assert list((year / "returns").glob("fire_D38_*.csv"))


def test_the_break_is_in_the_register(register):
    line = register[register["file"] == "lado_D23_contacts.csv"].iloc[0]
    assert (line["break_in_series"], line["break_date"]) == (True, date(2023, 4, 1))
    assert "low-level" in line["break_reason"]


def test_a_return_before_the_break_has_the_earlier_definition(tmp_path, records, seed):
    write_year(tmp_path, "2022-23", records["2022-23"], seed)
    lines = pd.read_csv(tmp_path / "returns.csv", dtype=str, keep_default_na=False).set_index("file")
    assert lines.loc["lado_D23_contacts.csv", "definition_version"] == "2022-23"
    assert lines.loc["lado.csv", "definition_version"] == "2022-23"
    assert lines.loc["police_D30.csv", "definition_version"] == "2023-24"
    assert set(lines["status"]) == {"received"}
    assert set(pd.read_csv(tmp_path / "returns" / "lado.csv", dtype=str)["definition_version"]) == {"2022-23"}


def test_the_planted_difference_and_no_other(year, records, truth):
    tables = records["2023-24"]
    need, enquiries = tables["D18"]["episodes"], tables["D26"]["enquiries"]
    more = truth["difference"][0]["records_less"]
    begun = enquiries[(enquiries["enquiry_start"] >= "2023-04-01") & (enquiries["s42_type"] == "section_42")]
    children, grown, police, lado = (
        counts(year, agency) for agency in ("childrens_services", "adult_services", "police", "lado")
    )
    assert grown["safeguarding_concerns", ""] - len(tables["D26"]["concerns"]) == more
    assert grown["section42_enquiries", ""] == len(begun)
    assert 12_500 < grown["adult_mash_contacts", ""] < 13_500
    assert children["contacts", ""] == len(tables["D16"]["contacts"])
    plans = need[need["cpp_start"].notna() & need["cpp_end"].isna()]
    assert children["child_protection_plans", ""] == len(plans)
    assert sum(value for (name, part), value in children.items() if name == "child_protection_plans" and part) == len(
        plans
    )
    assert police["marac_cases", ""] == len(tables["D34"]["marac"])
    assert lado["lado_contacts", "met"] + lado["lado_contacts", "not met"] == lado["lado_contacts", ""]


@pytest.mark.parametrize(
    ("file", "dataset", "table"),
    [
        ("adult_services_D26_enquiries.csv", "D26", "enquiries"),
        ("childrens_services_D18.csv", "D18", "episodes"),
        ("police_D34_marac.csv", "D34", "marac"),
        ("police_D30.csv", "D30", "reports"),
        ("mental_health_trust_D35_camhs.csv", "D35", "camhs"),
    ],
)
def test_a_file_reads_back_as_the_records_it_was_written_from(year, records, file, dataset, table):
    read = read_return(year / "returns" / file, contract(dataset))
    assert list(read) == [table]
    assert read[table].problems == ()
    pd.testing.assert_frame_equal(read[table].frame.reset_index(drop=True), records["2023-24"][dataset][table])


def test_agencies_that_return_the_same_dataset_send_their_own_rows_each(year, records):
    whole = records["2023-24"]["D15"]["compliance"]
    sent = {path.stem.removesuffix("_D15"): len(pd.read_csv(path)) for path in (year / "returns").glob("*_D15.csv")}
    assert sent == whole["agency"].value_counts().drop("probation").to_dict()


def first_of(datasets: dict) -> dict:
    """Return a year with few rows in every table."""
    return {id: {name: frame.head(100) for name, frame in tables.items()} for id, tables in datasets.items()}


@pytest.fixture
def made(monkeypatch, records) -> list:
    """Have the years made from the first records at hand, and note each time that they are."""
    times = []

    def generate(seed, years):
        times.append(list(years))
        return {year: first_of(records[year]) for year in years}

    monkeypatch.setattr(returns, "generate", generate)
    return times


def test_a_year_is_made_with_those_before_it_and_then_kept(tmp_path, made):
    folder = ensure(tmp_path, "2020-21")
    assert folder == tmp_path / "exampleshire" / "2020-21"
    assert (tmp_path / "exampleshire" / "2019-20" / "returns.csv").is_file()
    ensure(tmp_path, "2020-21")
    assert made == [["2019-20", "2020-21"]]
    assert sorted(path.name for path in (tmp_path / "exampleshire").iterdir()) == ["2019-20", "2020-21"]
    assert [path.name for path in tmp_path.iterdir()] == ["exampleshire"]


def test_a_year_made_by_another_version_is_made_again(tmp_path, made):
    folder = ensure(tmp_path, "2019-20")
    (folder / returns.STAMP).write_text("another", encoding="utf-8")
    (folder / "returns" / "old.csv").write_text("x", encoding="utf-8")
    ensure(tmp_path, "2019-20")
    assert made == [["2019-20"]] * 2
    assert not (folder / "returns" / "old.csv").exists()


def test_a_year_that_cannot_be_written_leaves_nothing_behind(tmp_path, made, monkeypatch):
    def fail(*_):
        raise ValueError("full")

    monkeypatch.setattr(returns, "write_year", fail)
    with pytest.raises(ValueError, match="full"):
        ensure(tmp_path, "2019-20")
    assert [path.name for path in tmp_path.rglob("*")] == ["exampleshire"]


def test_a_year_that_isnt_made_is_refused(tmp_path):
    with pytest.raises(CommandError, match="2024-25"):
        ensure(tmp_path, "2024-25")


def test_the_checks_find_what_was_planted_and_nothing_else(year, partnership, truth):
    catalogue = localise(get_catalogue(), partnership)  # its lists hold every name that is written

    def count(read, entries):
        return count_for_check(read, entries, partnership.period_of("2023-24"), partnership.geography, catalogue)

    problems, _ = check_year(year, "2023-24", partnership, catalogue, count=count)
    found = {(one.rule, one.file) for one in problems}
    assert found == {
        ("late_return", "returns.csv"),
        ("missing_return", "returns.csv"),
        ("nil_return", "returns.csv"),
        ("count_against_records", "adult_services.csv"),
        ("odd_key", "adult_services_D26_concerns.csv"),  # names in place of pseudonyms
        ("odd_key", "childrens_services_D16.csv"),
        ("odd_key", "lado_D23_contacts.csv"),
        ("odd_key", "police_D32.csv"),
    }
    assert {one.severity for one in problems} == {"warning"}


def test_every_word_that_the_generator_writes_is_approved(register, partnership):
    """Its pages say what is late and why, as a partnership's do whose words were read."""
    said = {text for column in ("note", "break_reason") for text in register[column] if text}
    said |= {text for _, text, _ in partnership.words}
    assert len(said) > 5
    assert all(map(partnership.has_approved, said))
