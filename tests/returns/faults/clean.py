"""Clean returns of records made from the contracts, and the year that they lie in. Synthetic, about nobody."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from analysis.partnership import Agency, Partnership, Section
from analysis.returns.checks.tables import is_ahead
from analysis.returns.contracts import Column, Table
from analysis.returns.register import COLUMNS as REGISTER_COLUMNS

SECTION = "12_2_lado_and_education"
YEAR, AGENCY = "2023-24", "Agency"
HERE = Partnership(
    id="here",
    name="Here",
    area_code="E09000017",
    geography="Here",
    sections=(Section(SECTION, "12.2", "LADO", "Agency"),),
    agencies=(Agency("lado", AGENCY, (SECTION,)),),
)
ROWS = 12
NO_PLAN = {"dataset_not_returned", "table_not_returned", "table_never_came", "agency_without_return"}
Grid = list[list[str]]  # the header, then the rows


def clean_grid(table: Table, columns: Iterable[Column] = ()) -> Grid:
    """Return a return of a table: a dozen rows that break no rule of its contract."""
    columns = list(columns) or [column for column in table.columns if column.keep]
    rows = [[_cell(column, table, place) for column in columns] for place in range(ROWS)]
    return [[column.name for column in columns], *rows]


def _cell(column: Column, table: Table, place: int) -> str:
    if column.type in ("code", "codes"):
        return column.codes[place % len(column.codes)].code
    if column.type in ("date", "moment", "month"):
        day = _day(column, table, place)
        return {"date": f"{day}", "moment": f"{day} 10:00:00", "month": f"{day:%Y-%m}"}[column.type]
    born = next((one for one in table.columns if one.born), None)
    if column.name == "age" and born:
        return f"{(date(2024, 3, 31) - _day(born, table, place)).days // 365}"
    if column.type in ("integer", "number"):
        return _number(column, place)
    return {"yes_no": "yes" if place % 2 else "no", "text": f"words {place}"}.get(column.type, f"SYN{place}")


def _day(column: Column, table: Table, place: int) -> date:
    """Return a day of the year, later by a day than the column's that it may not precede."""
    if column.born:
        return date(2024 - max(1, column.born // 2), 1, 1) + timedelta(place)
    if column.not_before:
        return _day(table.column(column.not_before), table, place) + timedelta(1)
    return date(2023, 5, 1) + timedelta(25 * place - 10 * is_ahead(column.name))


def _number(column: Column, place: int) -> str:
    low = 0 if column.minimum is None else column.minimum
    high = low + ROWS if column.maximum is None else column.maximum
    span = max(int(high - low), 1)
    return str(int(low if column.at_most else min(high, low + 1 + place % span)))


def as_csv(grid: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Return a grid as the text of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", delimiter=delimiter).writerows(grid)
    return out.getvalue()


def line(number: int, dataset: str, file: str, **said: str) -> dict[str, str]:
    """Return a line of the register for a file that was received."""
    plain = {
        "return_id": f"return-{number}", "agency": AGENCY, "section": SECTION, "dataset": dataset, "version": "1",
        "status": "received", "file": file, "period_start": "2023-04-01", "period_end": "2024-03-31",
        "period_basis": "financial_year", "geography": "Here", "received_date": "2024-05-20",
    }  # fmt: skip
    return {name: (plain | said).get(name, "") for name in REGISTER_COLUMNS}


def write_returns(folder: Path, files: Mapping[str, tuple[str, bytes | str]], year: str = YEAR) -> Path:
    """Write a year with a line for each file, each given with its dataset; return the year's folder."""
    place = folder / year
    (place / "returns").mkdir(parents=True, exist_ok=True)
    for file, (_, content) in files.items():
        held = content if isinstance(content, bytes) else content.encode()
        (place / "returns" / file).write_bytes(held)
    lines = [line(number, dataset, file) for number, (file, (dataset, _)) in enumerate(files.items(), start=1)]
    (place / "returns.csv").write_text(as_csv([REGISTER_COLUMNS, *([*one.values()] for one in lines)]), "utf-8")
    return place
