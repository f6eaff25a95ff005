"""Dataset contracts: what a return holds, column by column, as data in `data/dictionary/datasets/`.

One contract is the single source for the template sent to an agency, for the reader, for the checks and for
the page that documents the dataset. A contract has one table or more; a table is one sheet or one file.
Statutory formats (`cin_census`, `ssda903`, `annex_a`, `sac`, `ssd`) are contracts in the same words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from analysis.errors import CommandError, DataError, unknown
from analysis.local import FILE
from analysis.measures.codes import Code, Lists, load_codes, read_code
from analysis.measures.strict import fault, make, read_toml
from analysis.returns.reading import plain

FOLDER = Path(__file__).resolve().parents[2] / "data" / "dictionary" / "datasets"
TYPES = (
    "date",  # a day
    "moment",  # a day with a time
    "month",  # a month, 2024-03
    "integer",
    "number",
    "text",
    "code",  # one of a list
    "codes",  # several of a list, separated by semicolons
    "yes_no",
    "identifier",  # key of a thing that is no person
    "pseudonym",  # key of a person, a case or a setting that means nothing outside the agency
)
DAYS = ("date", "moment", "month")  # types that can date a row
FREQUENCIES = ("monthly", "quarterly", "annual", "on_request")
SENSITIVITIES = ("open", "confidential", "personal", "special_category")
EVERY_AGENCY = "every_agency"
OWN = f"{FILE.name}, aliases"
Aliases = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Column:
    """One column. `not_before` names a column whose date it may not precede, `refers_to` a key elsewhere
    (`D12.sessions.session_id`), `listed` the partnership's list that its values come from; a column with `keep` false
    is recognised and dropped on reading; `born` is the oldest age by a date of birth, `minimum` of such a date the
    youngest; one that `stands_for` another is that column of the dataset that a statutory
    return stands in for, or ties its tables."""

    name: str
    type: str
    meaning: str
    required: bool = False
    codes: tuple[Code, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    not_before: str = ""
    at_most: str = ""
    born: int = 0
    refers_to: str = ""
    listed: str = ""
    stands_for: str = ""
    aliases: tuple[str, ...] = ()
    keep: bool = True

    @property
    def is_key(self) -> bool:
        """Whether it tells one person or thing from another."""
        return self.type in ("identifier", "pseudonym")

    @property
    def is_typed(self) -> bool:
        """Whether a cell can be none of its kind: text and keys may hold nearly anything."""
        return not self.is_key and self.type not in ("text", "codes")


@dataclass(frozen=True)
class Table:
    """One table of a dataset: a sheet of a workbook, or a file. Its title follows from its name. `period` names the
    column that dates a row; with `within` no row is of a day before the report's period (in other tables, cases are
    carried over). A table `beside` another holds what finds no room there, and may stay away."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    title: str = ""
    period: str = ""
    aliases: tuple[str, ...] = ()
    within: bool = False
    beside: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column called `name`. Raises CommandError for another name."""
        return _named("column", name, {column.name: column for column in self.columns})


@dataclass(frozen=True)
class Retention:
    """How long a return is kept and on what legal basis."""

    keep: str
    basis: str


@dataclass(frozen=True)
class Contract:
    """What is agreed about one dataset. `agencies` are roles of the code list `agency`."""

    id: str
    title: str
    agencies: tuple[str, ...]
    sensitivity: str
    retention: Retention
    tables: tuple[Table, ...]
    frequency: str = "quarterly"
    source: str = field(default="", compare=False)

    def table(self, name: str = "") -> Table:
        """Return the table called `name`; the first where no name is given. Raises CommandError for
        others."""
        return _named("table", name, {table.name: table for table in self.tables}) if name else self.tables[0]


@cache
def load_contracts(folder: Path = FOLDER) -> Mapping[str, Contract]:
    """Return every contract by id, D00 to D58 first. Raises DataError for the first fault of a definition."""
    codes, retention = load_codes(folder / "codes.toml"), read_toml(folder / "retention.toml")
    paths = [path for path in sorted(folder.glob("*.toml")) if path.stem not in ("codes", "retention")]
    found = {path.stem: _contract(path, codes, retention) for path in paths}
    _check_references(found)
    return found


def list_contracts(aliases: Aliases) -> Mapping[str, Contract]:
    """Return every contract with a partnership's own headings, by dataset and table each heading's column. Raises
    DataError for a dataset, table or column that isn't known."""
    found = dict(load_contracts())
    for dataset, tables in aliases.items():
        _check_word(dataset, "dataset", found, OWN)
        for name in tables:
            _check_word(name, "table", [table.name for table in found[dataset].tables], OWN)
        made = tuple(_with_headings(table, tables.get(table.name, {})) for table in found[dataset].tables)
        found[dataset] = replace(found[dataset], tables=made)
    return found


def _with_headings(table: Table, columns: Mapping[str, str]) -> Table:
    for place, (head, name) in enumerate(columns.items()):
        _check_word(name, "column", table.names, OWN)
        if plain(head) in map(plain, (*list(columns)[:place], *(other for other in table.names if other != name))):
            raise DataError(fault(FILE, f"aliases: {head!r} is another column's heading; allowed: one that is none's"))
    more = {name: tuple(head for head, column in columns.items() if column == name) for name in columns.values()}
    return replace(table, columns=tuple(replace(c, aliases=(*c.aliases, *more.get(c.name, ()))) for c in table.columns))


def contract(dataset: str) -> Contract:
    """Return the contract of a dataset. Raises CommandError naming the datasets there are."""
    return _named("dataset", dataset, load_contracts())


def column_of(table: str, column: str) -> Column:
    """Return a column of a contract; the table is named like D26.concerns. Raises CommandError for another name."""
    dataset, _, name = table.partition(".")
    return contract(dataset).table(name).column(column)


def list_agencies() -> dict[str, str]:
    """Return the label of each agency's code."""
    return {code.code: code.label for code in load_codes(FOLDER / "codes.toml")["agency"]}


def _contract(path: Path, codes: Lists, retention: Mapping) -> Contract:
    """Return the contract of a file. `alias` in it is how each of its tables is called as well (`ssd_{name}`)."""
    entry = read_toml(path)
    alias, tables, keeping = entry.pop("alias", ""), entry.pop("tables", {}), entry.pop("retention", "")
    _check_word(keeping, "retention", retention, path.name)
    made = tuple(_table(name, table, codes, path, alias) for name, table in tables.items())
    known = {"id": path.stem, "tables": made, "retention": Retention(**retention[keeping])}
    found = make(Contract, entry, path, "contract", **known)
    _check_word(found.frequency, "frequency", FREQUENCIES, path.name)
    _check_word(found.sensitivity, "sensitivity", SENSITIVITIES, path.name)
    for agency in found.agencies:
        _check_word(agency, "agency", [EVERY_AGENCY, *(code.code for code in codes["agency"])], path.name)
    return found


def _table(name: str, entry: Mapping, codes: Lists, path: Path, alias: str) -> Table:
    """Return a table; unless its entry says otherwise its first column is its key, and its first day dates its rows."""
    place = f"table {name}"
    columns = [_column(name, said, codes, path, place) for name, said in entry.get("columns", {}).items()]
    days = [column.name for column in columns if column.type in DAYS]
    known = {"title": name.replace("_", " ").capitalize(), "aliases": [alias.format(name=name)] if alias else []}
    known |= {"key": [column.name for column in columns[:1]], "period": days[0] if days else ""}
    given = known | {key: value for key, value in entry.items() if key != "columns"}
    table = make(Table, given, path, place, name=name, columns=tuple(columns))
    others = (name for column in columns for name in (column.not_before, column.at_most))
    for name in filter(None, (*table.key, table.period, *others)):
        _check_word(name, "column", table.names, f"{path.name}, {place}")
    keyed = (replace(column, required=column.required or column.name in table.key) for column in columns)
    return replace(table, columns=tuple(keyed))


def _column(name: str, entry: Mapping, codes: Lists, path: Path, table: str) -> Column:
    place = f"{table}, column {name}"
    given = {key: value for key, value in entry.items() if key != "codes"}
    allowed = _codes(entry.get("codes", ()), codes, f"{path.name}, {place}")
    column = make(Column, given, path, place, name=name, codes=allowed)
    _check_word(column.type, "type", TYPES, f"{path.name}, {place}")
    if ("codes" in entry) != (column.type in ("code", "codes")):
        raise DataError(f"{path.name}, {place}: a column has codes if its type is code or codes, and only then")
    return column


def _codes(said: str | list[str], lists: Mapping, place: str) -> tuple[Code, ...]:
    if isinstance(said, str):
        _check_word(said, "code list", lists, place)
        return lists[said]
    return tuple(map(read_code, said))


def _check_references(contracts: Mapping[str, Contract]) -> None:
    for found in contracts.values():
        for table in found.tables:
            for column in table.columns:
                if column.refers_to:
                    _check_reference(column.refers_to, contracts, f"{found.id}, {table.name}.{column.name}")


def _check_reference(said: str, contracts: Mapping[str, Contract], place: str) -> None:
    keys = {f"{c.id}.{t.name}.{name}" for c in contracts.values() for t in c.tables for name in t.names}
    _check_word(said, "reference", keys, place)


def _check_word(word: str, kind: str, allowed, place: str) -> None:
    if word not in allowed:
        file, _, part = place.partition(", ")
        raise DataError(fault(Path(file), (part and f"{part}: ") + unknown(kind, word, allowed)))


def _named(kind: str, name: str, found: Mapping):
    if name not in found:
        raise CommandError(unknown(kind, name, found))
    return found[name]
