"""The contracts as shipped, and how a wrong definition is refused."""

from dataclasses import FrozenInstanceError

import pytest

from analysis.errors import CommandError, DataError
from analysis.returns.contracts import SENSITIVITIES, contract, list_contracts, load_contracts

CODES = 'agency = [["police", "Police"]]\n'
RETENTION = '[business]\nkeep = "a year"\nbasis = "law"\n'
HEAD = 'title = "Things"\nagencies = ["police"]\nfrequency = "annual"\nsensitivity = "open"\nretention = "business"\n'
TABLE = '[tables.things]\ngrain = "one row a thing"\nkey = ["a"]\n[tables.things.columns]\n'
COLUMN = 'a = {type = "identifier", meaning = "A"}\n'


def load(folder, text):
    (folder / "codes.toml").write_text(CODES)
    (folder / "retention.toml").write_text(RETENTION)
    (folder / "D99.toml").write_text(text)
    load_contracts.cache_clear()
    try:
        return load_contracts(folder)["D99"]
    finally:
        load_contracts.cache_clear()


def test_every_dataset_of_the_annex_has_a_contract():
    annex = [f"D{number:02d}" for number in range(54)]  # D54, the ledger of figures, is what a release makes
    ours = ["D55", "D56", "D57", "D58"]
    assert [*annex, *ours] == [name for name in load_contracts() if name.startswith("D")]


def test_statutory_formats_have_contracts_of_their_own():
    assert {"annex_a", "cin_census", "sac", "ssd", "ssda903"} < set(load_contracts())


def test_every_dataset_says_who_returns_it_how_long_it_is_kept_and_why():
    for found in load_contracts().values():
        assert found.agencies
        assert found.sensitivity in SENSITIVITIES
        assert found.retention.keep and found.retention.basis


def test_persons_are_only_known_by_pseudonyms():
    """A table whose dataset is about people has no column that could hold a name, a pupil or an NHS number."""
    names = [
        (found.id, column.name)
        for found in load_contracts().values()
        if found.sensitivity in ("personal", "special_category")
        for table in found.tables
        for column in table.columns
        if column.keep and column.type == "text"
    ]
    forbidden = {"upn", "nhs", "surname", "forename", "postcode"}
    assert names
    assert not [name for name in names if forbidden & set(name[1].lower().split("_"))]


def test_every_key_and_period_is_a_column_and_a_period_is_a_time():
    for found in load_contracts().values():
        for table in found.tables:
            assert set(table.key) <= set(table.names)
            if table.period:
                assert table.column(table.period).type in ("date", "moment", "month", "integer")


def test_contract_of_an_unknown_dataset_names_those_there_are():
    with pytest.raises(CommandError, match="unknown dataset 'D59'; allowed: D5"):
        contract("D59")


def test_a_contract_answers_its_first_table_and_others_by_name():
    assert contract("D23").table().name == "contacts"
    assert contract("D23").table("settings").name == "settings"
    with pytest.raises(CommandError, match="unknown table 'setting'"):
        contract("D23").table("setting")


def test_a_contract_can_not_be_changed():
    with pytest.raises(FrozenInstanceError):
        contract("D23").title = "Other"


def test_keys_are_required_without_saying_so(tmp_path):
    assert load(tmp_path, HEAD + TABLE + COLUMN).table().column("a").required


def test_the_first_column_is_the_key_and_the_first_day_dates_a_row_unless_said_otherwise(tmp_path):
    columns = COLUMN + 'b = {type = "date", meaning = "B"}\nc = {type = "date", meaning = "C"}\n'
    silent, said = (
        TABLE.replace('key = ["a"]\n', ""),
        TABLE.replace("key", 'period = "c"\nkey').replace('"a"', '"a", "b"'),
    )
    assert [(t.key, t.period) for t in load(tmp_path, HEAD + silent + columns).tables] == [(("a",), "b")]
    assert [(t.key, t.period) for t in load(tmp_path, HEAD + said + columns).tables] == [(("a", "b"), "c")]
    undated = silent.replace("grain", 'key = []\nperiod = ""\ngrain')
    assert [(t.key, t.period) for t in load(tmp_path, HEAD + undated + columns).tables] == [((), "")]
    assert load(tmp_path, HEAD + silent + COLUMN).table().period == ""  # no column holds a day


def test_codes_written_out_become_words(tmp_path):
    found = load(tmp_path, HEAD + TABLE + COLUMN + 'b = {type = "code", codes = ["not_met"], meaning = "B"}\n')
    assert [(code.code, code.label) for code in found.table().column("b").codes] == [("not_met", "Not met")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + 'titel = "x"\n' + TABLE + COLUMN, "unknown key 'titel'; allowed: title"),
        (HEAD.replace("annual", "yearly") + TABLE + COLUMN, "unknown frequency 'yearly'"),
        (HEAD.replace("open", "secret") + TABLE + COLUMN, "unknown sensitivity 'secret'"),
        (HEAD.replace("business", "busines") + TABLE + COLUMN, "unknown retention 'busines'; allowed: business"),
        (HEAD.replace('["police"]', '["polis"]') + TABLE + COLUMN, "unknown agency 'polis'; allowed: police"),
        ('id = "D98"\n' + HEAD + TABLE + COLUMN, "unknown key 'id'"),  # it is the name of the file
        (HEAD + TABLE + COLUMN.replace("identifier", "string"), "unknown type 'string'"),
        (HEAD + TABLE + COLUMN.replace("meaning", "means"), "unknown key 'means'"),
        (HEAD + TABLE + 'a = {type = "identifier"}\n', "column a: missing meaning"),
        (HEAD + TABLE + COLUMN.replace("a =", "b ="), "unknown column 'a'; allowed: b"),
        (HEAD + TABLE + 'a = {type = "code", meaning = "A"}\n', "has codes if its type is code"),
        (HEAD + TABLE + 'a = {type = "code", codes = "agencies", meaning = "A"}\n', "unknown code list 'agencies'"),
        (HEAD + TABLE + COLUMN.replace("meaning", 'not_before = "z", meaning'), "unknown column 'z'"),
        (HEAD + TABLE + COLUMN.replace("meaning", 'refers_to = "D1.x.y", meaning'), "unknown reference 'D1.x.y'"),
        ("id = ", "D99.toml: cannot be read: Invalid value"),
    ],
)
def test_a_wrong_definition_is_refused_in_one_line(tmp_path, text, said):
    with pytest.raises(DataError) as found:
        load(tmp_path, text)
    assert said in str(found.value)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        ({"D99": {}}, "unknown dataset 'D99'"),
        ({"D16": {"contact": {}}}, "unknown table 'contact'; allowed: contacts"),
        ({"D16": {"contacts": {"Logged": "recieved_at"}}}, "unknown column 'recieved_at'; allowed: received_at"),
    ],
)
def test_a_partnerships_own_heading_of_nothing_is_refused(aliases, message):
    with pytest.raises(DataError) as refused:
        list_contracts(aliases)
    assert str(refused.value).startswith(f"partnership.toml: aliases: {message}")
