"""How fast returns are read, beside the plainest tool for each: a census against a bare walk through its XML, a set of
CSV files and a workbook against pandas. All records are synthetic, made here from a seed."""

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from lxml import etree
from openpyxl import Workbook

from analysis.measures.catalogue import get_catalogue
from analysis.returns.aggregate_rows import COLUMNS
from analysis.returns.contracts import Column, Table, contract
from analysis.returns.files import Read, read_file
from analysis.returns.statutory.cin_census import read_census

CHILDREN = 20_000
ROWS = 25_000
LIST = 3_000  # rows of each list of Annex A, and of a file of counts
SEED = 2024
CHILD = """<Child><ChildIdentifiers><LAchildID>SYN{n:07d}</LAchildID><UPNunknown>UN1</UPNunknown>
<PersonBirthDate>{born}</PersonBirthDate><Sex>{sex}</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>
</ChildCharacteristics>
<CINdetails><CINreferralDate>{day}</CINreferralDate><ReferralSource>{source}</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode>
<Assessments><AssessmentActualStartDate>{day}</AssessmentActualStartDate>
<AssessmentAuthorisationDate>{later}</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>4B</AssessmentFactors>
</FactorsIdentifiedAtAssessment></Assessments>
<Section47><S47ActualStartDate>{day}</S47ActualStartDate><InitialCPCtarget>{later}</InitialCPCtarget>
<DateOfInitialCPC>{later}</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>{later}</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>{later}</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails></Child>
"""
HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2025</Year>
<ReferenceDate>2025-03-31</ReferenceDate></CollectionDetails></Header><Children>
"""
EPISODES = """CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN"""
BOOKINGS = """session_id person_pseudo_id agency sector role new_account booked_on status charge_applied"""


def write_census(path: Path, children: int) -> None:
    """Write a synthetic census of as many children."""
    chance = random.Random(SEED)  # noqa: S311
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for n in range(children):
            day = date(2024, 4, 1) + timedelta(chance.randrange(300))
            born = date(2008, 1, 1) + timedelta(chance.randrange(5000))
            sex, source = chance.choice("MFU"), chance.choice(["1A", "2A", "3E", "6"])
            later = day + timedelta(chance.randrange(10, 60))
            file.write(CHILD.format(n=n, born=born, sex=sex, source=source, day=day, later=later))
        file.write("</Children></Message>")


def _write_csv(path: Path, header: list[str], rows: Iterator[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def write_ssda903(folder: Path, children: int) -> list[Path]:
    """Write a synthetic set of three files: header, episodes (two a child) and reviews (two a child)."""
    born, start, end = "05/06/2012", "01/04/2023", "01/10/2023"
    header = ([n, 1, born, "WBRI", "", "", ""] for n in range(children))
    spells = ((n, *days) for n in range(children) for days in ((start, end, "X1"), (end, "", "")))
    episodes = ([n, a, "S", "C2", "N1", "U6", "PR1", b, c, "", "", "", ""] for n, a, b, c in spells)
    reviews = ([n, born, day, "PN1"] for n in range(children) for day in (start, end))
    return [
        _write_csv(folder / "header.csv", ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"], header),
        _write_csv(folder / "episodes.csv", EPISODES.split(), episodes),
        _write_csv(folder / "reviews.csv", ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"], reviews),
    ]


def write_bookings(path: Path, rows: int) -> Path:
    """Write a synthetic workbook of training bookings."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("bookings")
    sheet.append(BOOKINGS.split())
    for n in range(rows):
        day = date(2023, 4, 1) + timedelta(n % 365)
        sheet.append([f"s{n % 200}", f"p{n}", "police", "police", "officer", "no", day, "attended", "no"])
    book.save(path)
    return path


def best(call: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of a few runs, in seconds of processor time."""
    return min(_timed(call) for _ in range(times))


def _timed(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def walk(path: Path) -> None:
    """Walk through an XML file as lxml does it plainly, forgetting each element."""
    for _, element in etree.iterparse(str(path)):
        element.clear()


def peak_memory(path: Path) -> float:
    """Return the peak memory of a fresh process that reads a census into tables, in megabytes."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from analysis.returns.statutory.cin_census import read_census\n"
        "read_census(Path(sys.argv[1]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)  # noqa: S603
    return float(done.stdout)


def _tell(what: str, ours: float, theirs: float, beside: str) -> None:
    print(f"{what}: {ours:.2f} s, {beside} {theirs:.2f} s, {ours / theirs:.2f} times")


def main() -> None:
    """Print the time of each reading beside that of the plain tool, and the memory of a census of two sizes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measure_census(folder / "census.xml", folder / "larger.xml")
        measure_ssda903(folder)
        measure_workbook(folder / "bookings.xlsx")
        measure_counts(folder / "counts.csv")
        measure_annex_a(folder / "annex_a.xlsx")
        measure_ssd(folder / "contacts.csv")


def measure_census(path: Path, larger: Path) -> None:
    """Print the time of a census beside a bare walk, and the memory of reading it and one four times as large."""
    write_census(path, CHILDREN)
    write_census(larger, 4 * CHILDREN)
    what = f"census of {CHILDREN:,} children ({path.stat().st_size / 1e6:.0f} MB)"
    _tell(what, best(lambda: read_census(path)), best(lambda: walk(path)), "bare iterparse")
    print(f"census as tables: peak {peak_memory(path):.0f} MB, one four times as large {peak_memory(larger):.0f} MB")


def _read(path: Path, dataset: str) -> Read:
    return read_file(path, [dataset], get_catalogue(), agency="Agency")


def measure_ssda903(folder: Path) -> None:
    """Print the time of a set of CSV files beside pandas reading them without any check."""
    files = write_ssda903(folder, CHILDREN)
    plain = best(lambda: [pd.read_csv(path) for path in files])
    _tell(
        "SSDA903 set of 100,000 rows",
        best(lambda: [_read(path, "ssda903") for path in files]),
        plain,
        "pandas read_csv",
    )


def measure_workbook(path: Path) -> None:
    """Print the time of a workbook beside pandas reading it without any check, with either engine."""
    write_bookings(path, ROWS)
    ours = best(lambda: _read(path, "D13"))
    for engine in ("openpyxl", "calamine"):
        plain = best(lambda engine=engine: pd.read_excel(path, engine=engine), 1)
        _tell(f"workbook of {ROWS:,} rows", ours, plain, f"pandas with {engine}")


def fill(column: Column, row: int) -> object:
    """Return a synthetic value that a column allows, about nobody."""
    if column.type in ("code", "codes"):
        return column.codes[row % len(column.codes)].code
    if column.type in ("date", "moment"):
        return f"{date(2023, 4, 1) + timedelta((row + (column.not_before != '')) % 180)}"
    if column.type in ("integer", "number"):
        return int(max(column.minimum or 0, 1))
    return "yes" if column.type == "yes_no" else f"{column.name[:3]}{row}"


def rows_of(table: Table, rows: int) -> Iterator[list[object]]:
    """Give synthetic rows of a table, every column filled in."""
    return ([fill(column, row) for column in table.columns] for row in range(rows))


def measure_counts(path: Path) -> None:
    """Print the time of a file of counts beside pandas reading it without any check."""
    known = {"indicator": "lado_contacts", "measure_type": "count", "qualifier": "exact", "unit": "contacts"}
    known |= {"period_start": "2023-04-01", "period_end": "2024-03-31", "period_basis": "financial_year"}
    rows = ([(known | {"value": n, "geography": f"area {n}"}).get(name, "") for name in COLUMNS] for n in range(LIST))
    _write_csv(path, list(COLUMNS), rows)
    ours = best(lambda: _read(path, "D23"))
    _tell(f"{LIST:,} counts", ours, best(lambda: pd.read_csv(path)), "pandas read_csv")


def measure_annex_a(path: Path) -> None:
    """Print the time of the eleven lists of Annex A beside pandas reading them without any check."""
    book = Workbook(write_only=True)
    for table in contract("annex_a").tables:
        sheet = book.create_sheet(table.title.partition(":")[0])
        for row in [table.names, *rows_of(table, LIST)]:
            sheet.append(list(row))
    book.save(path)
    plain = best(lambda: pd.read_excel(path, sheet_name=None, engine="calamine"), 1)
    _tell(
        f"Annex A, eleven lists of {LIST:,} rows", best(lambda: _read(path, "annex_a")), plain, "pandas with calamine"
    )


def measure_ssd(path: Path) -> None:
    """Print the time of a table of the Standard Safeguarding Dataset beside pandas reading it without any check."""
    table = contract("ssd").table("contacts")
    _write_csv(path, list(table.names), rows_of(table, ROWS))
    ours, plain = best(lambda: _read(path, "ssd")), best(lambda: pd.read_csv(path))
    _tell(f"contacts of the Standard Safeguarding Dataset, {ROWS:,} rows", ours, plain, "pandas read_csv")


if __name__ == "__main__":
    main()
