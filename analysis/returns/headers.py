"""Which sheet is which table, which row is the header, and which column is which.

Headings are compared as plain text: case, spaces, underscores, hyphens and quotes of either kind don't
count. What a file's heading says is never repeated in a message: in a file without a header it may be about
a person.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from analysis.errors import Problem, listed
from analysis.returns.contracts import Contract, Table
from analysis.returns.sheet import Sheet, column_letter
from analysis.returns.values import plain, tidy

SEARCHED = 60  # rows among which the header must stand
LEAST_HEADINGS = 3  # of a table that make a row its header, where it lacks some that are required
LEAST_WIDTH, LEAST_ROWS = 3, 4  # cells in a row, and such rows, that make a sheet look like a table
OWN_WIDTH, SPARE = 6, 2  # columns by which a sheet as wide as another is the rest of its table; that may be empty in it
BESIDE = {"guidance", "notes", "note", "read me", "readme", "lists", "lookup", "lookups", "codes", "contents", "cover"}


@dataclass(frozen=True)
class Header:
    """Where the header stands (from 0), the table's column that each column of the sheet is, or "", and the row before
    which the table ends: that of the next header."""

    row: int
    columns: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    end: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether no column that is needed is missing."""
        return all(problem.rule != "missing_column" for problem in self.problems)

    @property
    def matched(self) -> int:
        """How many columns of the table were found."""
        return sum(map(bool, self.columns))


@lru_cache(maxsize=10_000)  # the rows of a file are looked through for each table that it may be
def heading(text: str) -> str:
    """Return a heading as it is compared."""
    return plain(text).strip(" ?*:.").replace(" / ", "/")


def headings(table: Table) -> Mapping[str, str]:
    """Return the column that each heading means."""
    found = {heading(alias): column.name for column in table.columns for alias in column.aliases}
    return found | {heading(column.name): column.name for column in table.columns}


def find_header(sheet: Sheet, table: Table) -> Header | None:
    """Return the header of the table in the sheet; None where no row holds enough of its headings.

    The row with most of the headings counts, the first of equals; at least half of the required columns, and three
    columns unless fewer are all that are required, or all but one of a small table.
    """
    known = headings(table)
    rows = [[known.get(heading(cell), "") for cell in cells] for cells in sheet.rows[:SEARCHED]]
    scores = [len(set(row) - {""}) for row in rows]
    best = max(scores, default=0)
    if best < _needed(table):
        return None
    row = scores.index(best)
    header = _header(sheet, table, row, rows[row])
    return header if best >= min(LEAST_HEADINGS, len(table.columns) - 1) or header.is_whole else None


def split_table(sheet: Sheet, table: Table, header: Header) -> list[Header]:
    """Return the header and those of the same table that follow it in the sheet: half-years pasted beneath each other,
    each with its own header."""
    known, headers = headings(table), [header]
    place = max((place for place, name in enumerate(header.columns) if name), key=partial(_is_of_kinds, header, table))
    for row in range(header.row + 1, len(sheet.rows)):
        cells = sheet.rows[row]
        if place >= len(cells) or heading(cells[place]) not in known:  # quick: all rows pass here
            continue
        names = [known.get(heading(cell), "") for cell in sheet.rows[row]]
        if len(set(names) - {""}) >= max(2, header.matched // 2):
            headers[-1] = replace(headers[-1], end=row)
            headers.append(_header(sheet, table, row, names))
    return headers


def _is_of_kinds(header: Header, table: Table, place: int) -> int:
    """Return how likely a column holds few different cells, which are known when they come again: kinds, then days."""
    return {"code": 2, "yes_no": 2, "identifier": 0, "pseudonym": 0}.get(table.column(header.columns[place]).type, 1)


def _needed(table: Table) -> int:
    required = sum(column.required for column in table.columns)
    return max(min(2, len(table.columns)), (required + 1) // 2)


def _header(sheet: Sheet, table: Table, row: int, names: Sequence[str]) -> Header:
    unique = [name if name not in names[:place] else "" for place, name in enumerate(names)]
    repeated = [place for place, name in enumerate(names) if name and not unique[place]]
    unknown = [place for place, name in enumerate(names) if not name and _is_used(sheet, row, place)]
    faults = [
        *(_fault(sheet, table, row, place, "duplicate_column") for place in repeated),
        *(_fault(sheet, table, row, place, "unknown_column") for place in unknown),
        *missing_columns(table, names, sheet.label, row + 1),
    ]
    return Header(row, tuple(unique), tuple(faults))


def _is_used(sheet: Sheet, row: int, place: int) -> bool:
    """Whether a column without a known heading holds anything from the header down."""
    return any(place < len(cells) and tidy(cells[place]) for cells in sheet.rows[row:])


def nearest_columns(said: str, names: Sequence[str], limit: int = 12) -> str:
    """Return the names of columns as one phrase, those that a heading is most like first, whatever its form."""
    return listed(names, heading(said).replace(" ", "_"), limit)


MESSAGES = {
    "duplicate_column": "the heading of this column stands twice",
    "unknown_column": "the heading of this column isn't one of the table's (another name of one belongs in "
    "[aliases] of partnership.toml)",
}


def _fault(sheet: Sheet, table: Table, row: int, place: int, rule: str) -> Problem:
    known = headings(table)
    found = {known.get(heading(cell)) for cell in sheet.rows[row]}
    free = [column for column in table.columns if column.name not in found] or table.columns
    names = [column.name for column in sorted(free, key=lambda column: not column.required)]
    allowed = nearest_columns(sheet.rows[row][place], names)
    return Problem(sheet.label, row + 1, column_letter(place), rule, "error", MESSAGES[rule], allowed)


def missing_columns(table: Table, names: Collection[str], file: str, row: int | None = None) -> Iterator[Problem]:
    """Give the problem of each required column that isn't among the names."""
    for column in table.columns:
        if column.required and column.name not in names:
            message = f"the column {column.name} is missing"
            yield Problem(file, row, column.name, "missing_column", "error", message)


Matched = list[tuple[Sheet, Header]]


def match_tables(sheets: Sequence[Sheet], contracts: Sequence[Contract]) -> dict[tuple[str, str], Matched]:
    """Return the sheets and headers of each table found, by dataset and table, a sheet for one table only.

    A sheet that has all that a table needs and nothing else comes first, then one named for it, then the closest
    headings. Several sheets with all that a table needs (one a
    quarter) are that table together. A sheet without the header of any table (a guidance sheet, a list of codes) is
    left out.
    """
    tables = [(contract, table) for contract in contracts for table in contract.tables]
    pairs = [(sheet, contract, table) for sheet in sheets for contract, table in tables]
    headed = [(*pair, header) for pair in pairs if (header := find_header(pair[0], pair[2]))]
    headed.sort(key=lambda option: _closeness(*option), reverse=True)
    found: dict[tuple[str, str], Matched] = {}
    taken: set[int] = set()
    for sheet, contract, table, header in headed:
        others = found.get((contract.id, table.name), [])
        if sheet.position not in taken and (not others or header.is_whole):
            found[contract.id, table.name] = [*others, (sheet, header)]
            taken.add(sheet.position)
    inorder = ((contract.id, table.name) for contract, table in tables)
    return {name: sorted(found[name], key=lambda match: match[0].position) for name in inorder if name in found}


def _closeness(sheet: Sheet, contract: Contract, table: Table, header: Header) -> tuple[bool | float, ...]:
    """Return whether a sheet has all that a table needs and nothing else, whether it is named for it, the share of
    its headings that are the table's, whether it has all that it needs, whether the table stands by itself, and the
    share of both their headings that they share."""
    used = sum(1 for cell in sheet.rows[header.row] if tidy(cell))
    either = used + len(table.columns) - header.matched
    is_named, share = heading(sheet.name) in _names(table, contract), header.matched / used
    fits = header.is_whole and share == 1
    return fits, is_named, share, header.is_whole, not table.beside, header.matched / either


def _names(table: Table, contract: Contract) -> set[str]:
    own = {table.name, table.title, *table.aliases}
    numbered = {f"{contract.id} {name}" for name in own}
    alone = {contract.id} if len(contract.tables) == 1 else set()
    return {heading(name) for name in own | numbered | alone}


def find_unread(sheets: Sequence[Sheet], taken: Collection[str]) -> Iterator[tuple[Sheet, Sheet | None]]:
    """Give each sheet in sight that looks like a table and isn't among those taken, by their labels; with the one that
    it is about as wide as, so that it must be the rest of that without its headings."""
    rest = [s for s in sheets if s.label not in taken and not s.is_hidden and _looks_like_a_table(s)]
    widths = [(_width(sheet), sheet) for sheet in sheets if sheet.label in taken] if rest else []
    for sheet in rest if taken else ():
        width = _width(sheet)
        like = (one for wide, one in widths if width >= OWN_WIDTH and wide - SPARE <= width <= wide)
        yield sheet, next(like, None)


def _width(sheet: Sheet) -> int:
    """Return how many columns of a sheet are used."""
    return max((place for row in sheet.rows for place, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _looks_like_a_table(sheet: Sheet) -> bool:
    wide = [row for row in sheet.rows if sum(1 for cell in row if cell.strip()) >= LEAST_WIDTH]
    return len(wide) >= LEAST_ROWS and heading(sheet.name) not in BESIDE
