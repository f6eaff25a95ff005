"""Faults of the other forms: workbooks, a census, an SSDA903 set, Annex A, the register, partnership.toml."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from analysis.returns.contracts import contract
from tests.returns.faults.clean import SECTION, Grid, as_csv, clean_grid, line
from tests.returns.faults.counts import clean_counts, grid_of


class Form(NamedTuple):
    """A file with a fault, the dataset of its line, and where the fault must be told."""

    file: str
    dataset: str
    content: bytes | Callable[[], bytes]  # a workbook is made when it is asked for
    row: int | None = None
    column: str | None = None

    def write(self) -> bytes:
        return self.content() if callable(self.content) else self.content


CONTACTS = contract("D23").tables[0]
NEEDED = [column for column in CONTACTS.columns if column.required or column.name in ("decision_date", "days_open")]
GRID = clean_grid(CONTACTS, NEEDED)
COUNTS = grid_of(clean_counts())
AT, LETTERS = 5, {column.name: place for place, column in enumerate(NEEDED, start=1)}


def book(*sheets: tuple[str, Sequence[Sequence[object]]], change: Callable[[Workbook], object] = id) -> bytes:
    """Return a workbook of grids, changed."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets or [("Sheet1", GRID)]:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    change(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _cell(column: str, value: object, grid: Grid = GRID, row: int = AT) -> Callable[[], bytes]:
    place = grid[0].index(column) + 1
    return partial(book, ("Sheet1", grid), change=lambda made: made.active.cell(row, place, value))


def _clock(made: Workbook) -> None:
    made.epoch = CALENDAR_MAC_1904
    for row in range(2, len(GRID) + 1):
        made.active.cell(row, LETTERS["received_on"], 43586 + row)


def _error(made: Workbook) -> None:
    cell = made.active.cell(AT, LETTERS["threshold_met"], "#REF!")
    cell.data_type = "e"


def _beside(sheet: Worksheet) -> None:
    for row, cells in enumerate(GRID, start=1):
        for place, value in enumerate(cells, start=len(GRID[0]) + 3):
            sheet.cell(row, place, value)


def _shown(form: str, value: float, made: Workbook) -> None:
    cell = made.active.cell(5, COUNTS[0].index("value") + 1, value)
    cell.number_format = form


def _cut_styles() -> bytes:
    with zipfile.ZipFile(io.BytesIO(book())) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    return _zip(parts | {"xl/styles.xml": parts["xl/styles.xml"][:50]})


def _damage() -> bytes:
    whole = book()
    return whole[: len(whole) // 3] + bytes(900) + whole[len(whole) // 3 + 900 :]


def list_workbooks() -> dict[str, Form]:
    """Return every fault of a workbook by name."""
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(400)
    told = {
        "a formula never worked out": (_cell("threshold_met", '=IF(TRUE,"yes","no")'), AT, None),
        "a formula for a count": (_cell("value", "=100+53", COUNTS), AT, None),
        "an error of the spreadsheet": (partial(book, change=_error), AT, None),
        "a password": (locked, None, None),
        "styles cut off": (_cut_styles, None, None),
        "pounds for a count": (partial(book, ("Sheet1", COUNTS), change=partial(_shown, '"£"#,##0', 100)), 5, "value"),
        "damaged": (_damage, None, None),
        "cut in half": (lambda: (whole := book())[: len(whole) // 2], None, None),
        "nothing in it": (partial(book, ("Sheet1", [])), None, None),
        "notes alone": (partial(book, ("Notes", [["We had a good year."]])), None, None),
        "heading alone": (partial(book, ("Sheet1", GRID[:1])), None, None),
        "counts, heading alone": (partial(book, ("Counts", COUNTS[:1])), None, None),
        "days from 1904": (partial(book, change=_clock), None, "received_on"),
        "a key as a large number": (_cell("contact_id", 1.23457e17), AT, "contact_id"),
        "a day in a column of numbers": (_cell("days_open", date(2023, 5, 1)), AT, "days_open"),
        "a number in a column of days": (_cell("received_on", 12), AT, "received_on"),
        "a fraction for a number": (_cell("days_open", 1.5), AT, "days_open"),
        "yes for a number": (_cell("days_open", True), AT, "days_open"),
        "a cell beside the table": (
            partial(book, change=lambda made: made.active.cell(AT, len(GRID[0]) + 1, "zqxjv")), None, None),
        "two tables beside each other": (partial(book, change=lambda made: _beside(made.active)), 1, None),
        "a key on two sheets": (partial(book, ("Q1", GRID), ("Q2", GRID)), None, "contact_id"),
        "two facts on two sheets": (
            partial(book, ("Q1", COUNTS), ("Q2", [COUNTS[0], [*COUNTS[4][:4], "90", *COUNTS[4][5:]]])), None, "value"),
        "a fraction for a percentage": (_cell("value", 0.1186, COUNTS, 8), 8, "value"),
        "a percentage for a count": (partial(book, ("Sheet1", COUNTS), change=partial(_shown, "0%", 0.45)), 5, "value"),
        "half a count": (_cell("value", 100.5, COUNTS), 5, "value"),
        "a day for a count": (_cell("value", date(2023, 4, 1), COUNTS), 5, "value"),
        "no heading of the template": (partial(book, ("Counts", COUNTS[1:]), ("D23 contacts", GRID)), None, None),
        "another agency's table": (partial(book, ("Sheet1", clean_grid(contract("D38").tables[0]))), None, None),
        "a document": (partial(_zip, {"word/document.xml": "<w/>"}), None, None),
        "an open document that is none": (
            partial(_zip, {"mimetype": "application/x", "content.xml": "<a/>"}), None, None),
        "too much in it": (partial(_zip, {"xl/workbook.xml": "0" * 80_000_000}), None, None),
    }  # fmt: skip
    return {name: Form("lado.xlsx", "D23", *said) for name, said in told.items()}


def _zip(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return held.getvalue()


def list_texts() -> dict[str, Form]:
    """Return every fault of a text file of records as a file."""
    text = as_csv(GRID)
    other = as_csv(clean_grid(contract("D38").tables[0]))
    told: dict[str, tuple[bytes, int | None, str | None]] = {
        "cut in a row": (text[: text.rindex(",") - 12].encode(), len(GRID), None),
        "empty bytes": (text.encode()[:300] + bytes(200), None, None),
        "wide text cut off": (text.encode("utf-16")[:-1], None, None),
        "a quotation mark left open": (text.replace("SYN3", '"SYN3', 1).encode(), 5, None),
        "another agency's file": (other.encode(), None, None),
        "no header": (as_csv(GRID[1:]).encode(), None, None),
        "a second heading of another table": ((text + other).encode(), None, None),
        "a document": (b"%PDF-1.4 our contacts", None, None),
        "a web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related", None, None),
        "no text": (bytes(range(128, 160)) * 20, None, None),
        "empty": (b"", None, None),
        "a mark alone": (b"\xef\xbb\xbf", None, None),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(60), None, None),
        "XML of another kind": (b"<?xml version='1.0'?><Invoice/>", None, None),
    }
    return {name: Form("lado.csv", "D23", *said) for name, said in told.items()}


CHILD = """<Child><ChildIdentifiers><LAchildID>SYN{n}</LAchildID><PersonBirthDate>2015-03-27</PersonBirthDate>
<Sex>F</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2023-10-06</CINreferralDate><ReferralSource>1A</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode>
<Assessments><AssessmentActualStartDate>2023-10-07</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2023-11-07</AssessmentAuthorisationDate></Assessments>
<Section47><S47ActualStartDate>2023-11-02</S47ActualStartDate>
<DateOfInitialCPC>2023-11-17</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2023-11-17</CPPstartDate><CPPendDate>2024-02-17</CPPendDate>
<InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
<NumberOfPreviousCPP>1</NumberOfPreviousCPP></ChildProtectionPlans></CINdetails></Child>
"""
CENSUS = (
    '<?xml version="1.0"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>'
    "<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails></Header>\n<Children>\n"
    + "".join(CHILD.format(n=n) for n in range(6))
    + "</Children></Message>"
)


def _swap(name: str, old: str, new: str) -> tuple[str, str, str | None]:
    return f"<{name}>{old}</{name}>", f"<{name}>{new}</{name}>", name


def list_censuses() -> dict[str, Form]:
    """Return every fault of a census by name; each is planted in the first child."""
    swaps = {
        "no referral date": _swap("CINreferralDate", "2023-10-06", "soon"),
        "a day that isn't": _swap("CINreferralDate", "2023-10-06", "2023-02-30"),
        "no day": _swap("CINreferralDate", "2023-10-06", ""),
        "a source unknown": _swap("ReferralSource", "1A", "9Z"),
        "a need unknown": _swap("PrimaryNeedCode", "N1", "N77"),
        "a sex unknown": _swap("Sex", "F", "Q"),
        "an ethnicity unknown": _swap("Ethnicity", "WBRI", "ZZZZ"),
        "no key": _swap("LAchildID", "SYN0", ""),
        "a name for a key": _swap("LAchildID", "SYN0", "Xyz Abcde"),
        "a key twice": _swap("LAchildID", "SYN1", "SYN0"),
        "neither yes nor no": _swap("ReferralNFA", "0", "perhaps"),
        "not needed, or perhaps": _swap("ICPCnotRequired", "false", "perhaps"),
        "plans in words": _swap("NumberOfPreviousCPP", "1", "some"),
        "plans below nought": _swap("NumberOfPreviousCPP", "1", "-1"),
        "a category unknown": _swap("InitialCategoryOfAbuse", "PHY", "ZZZ"),
        "born after the year": _swap("PersonBirthDate", "2015-03-27", "2024-05-27"),
        "born a century ago": _swap("PersonBirthDate", "2015-03-27", "1915-03-27"),
        "authorised before it began": _swap("AssessmentAuthorisationDate", "2023-11-07", "2023-10-01"),
        "a plan that ends before it begins": _swap("CPPendDate", "2024-02-17", "2023-11-01"),
        "another collection": _swap("Collection", "CIN", "SCHOOL"),
        "the year before": ("2024</Year><ReferenceDate>2024", "2023</Year><ReferenceDate>2023", None),
        "no 31 March": _swap("ReferenceDate", "2024-03-31", "2024-04-01"),
        "a year in words": _swap("Year", "2024", "last"),
        "an element unknown": ("<ReferralNFA>", "<Worker>zq</Worker><ReferralNFA>", None),
        "an element twice": ("<Sex>F</Sex>", "<Sex>F</Sex><Sex>M</Sex>", None),
        "text outside": ("<ReferralNFA>", "zqxjv <ReferralNFA>", None),
        "a document type": ("<Message>", "<!DOCTYPE m [<!ENTITY a 'b'>]><Message>", None),
        "cut in half": (CENSUS[len(CENSUS) // 2 :], "", None),
        "a tag left open": ("</Children>", "", None),
        "another council": (
            "</CollectionDetails>", "</CollectionDetails><Source><LEA>201</LEA></Source>", "LEA"),
        "no children": ("<Children>", "<Pupils>", None),
    }  # fmt: skip
    return {
        name: Form("census.xml", "cin_census", CENSUS.replace(old, new, 1).encode(), None, column)
        for name, (old, new, column) in swaps.items()
    }


def list_registers() -> dict[str, tuple[dict[str, str], str | None]]:
    """Return every fault of a line of the register by name: the cells written, and the column that must be named."""
    return {
        "a status misspelt": ({"status": "recieved"}, "status"),
        "no status": ({"status": ""}, "status"),
        "a section unknown": ({"section": "99_other"}, "section"),
        "no section": ({"section": ""}, "section"),
        "no agency": ({"agency": ""}, "agency"),
        "a dataset unknown": ({"dataset": "D99"}, "dataset"),
        "one dataset of two unknown": ({"dataset": "D23;D99"}, "dataset"),
        "a basis unknown": ({"period_basis": "fiscal"}, "period_basis"),
        "a due date of two digits": ({"due_date": "31/5/24"}, "due_date"),
        "a day that isn't": ({"received_date": "31/02/2024"}, "received_date"),
        "a month for a day": ({"as_at": "March 2024"}, "as_at"),
        "a period backwards": ({"period_start": "2024-04-01"}, "period_start"),
        "eleven months": ({"period_end": "2024-02-29"}, "period_start"),
        "no file": ({"file": ""}, "file"),
        "a file that isn't there": ({"file": "absent.csv"}, "file"),
        "a file in a folder": ({"file": "../lado.csv"}, "file"),
        "missing, with a file": ({"status": "missing"}, "file"),
        "nil, with a file": ({"status": "nil"}, "file"),
        "words alone, with a file": ({"status": "narrative_only"}, "file"),
        "completeness of 140": ({"completeness_pct": "140"}, "completeness_pct"),
        "completeness in words": ({"completeness_pct": "most"}, "completeness_pct"),
        "a version in words": ({"version": "final"}, "version"),
        "neither a break nor none": ({"break_in_series": "perhaps"}, "break_in_series"),
        "a day of no break": ({"break_date": "2023-04-01"}, "break_in_series"),
        "no id": ({"return_id": ""}, "return_id"),
        "a sensitivity unknown": ({"sensitivity": "quite"}, "sensitivity"),
    }


SETTINGS = f"""name = "Here"
area_code = "E09000017"
geography = "Here"
headlines = ["lado_contacts"]

[disclosure]
threshold = 5

[[sections]]
id = "{SECTION}"
number = "12.2"
title = "LADO"
agency = "Agency"

[[agencies]]
code = "lado"
name = "Agency"
sections = ["{SECTION}"]
"""


def _before(old: str, new: str, word: str) -> tuple[str, str, str]:
    """Return the fault of a table that stands before one of the settings."""
    return old, f"{new}\n\n{old}", word


def list_settings() -> dict[str, tuple[str, str, str]]:
    """Return every fault of partnership.toml by name: what is replaced by what, and a word that must be told."""
    return {
        "no TOML": ('name = "Here"', "name = Here", "partnership.toml"),
        "no name": ('name = "Here"\n', "", "name"),
        "no area": ('area_code = "E09000017"\n', "", "area_code"),
        "an area unknown": ("E09000017", "E09000999", "E09000999"),
        "a key unknown": ("geography", "colour = 1\ngeography", "colour"),
        "a threshold misspelt": ("threshold", "treshold", "treshold"),
        "a threshold in words": ("threshold = 5", 'threshold = "five"', "threshold"),
        "a threshold below nought": ("threshold = 5", "threshold = -5", "threshold"),
        "a headline unknown": ("lado_contacts", "lado_contcts", "lado_contcts"),
        "a section of no notebook": (f'id = "{SECTION}"', 'id = "99_other"', "99_other"),
        "a key of a section unknown": ('title = "LADO"', 'titel = "LADO"', "titel"),
        "an agency's section unknown": (f'sections = ["{SECTION}"]', 'sections = ["99_other"]', "99_other"),
        "an agency twice": _before("[[agencies]]", '[[agencies]]\ncode = "lado"\nname = "Another"', "lado"),
        "a section twice": _before(
            "[[sections]]", f'[[sections]]\nid = "{SECTION}"\nnumber = "1"\ntitle = "A"\nagency = "Agency"', SECTION),
        "a year without an end": _before(
            "[disclosure]", '[years."2023-24"]\nstart = 2023-04-01', "years"),
        "a year backwards": _before(
            "[disclosure]", '[years."2023-24"]\nstart = 2024-04-01\nend = 2023-04-01', "years"),
        "a caution of no topic": _before(
            "[disclosure]", '[[cautions]]\ntopic = "x/y"\nwords = "w"', "x/y"),
        "a break of no measure": _before(
            "[disclosure]", '[[breaks]]\nmeasure = "lado"\nsince = 2023-04-01\nreason = "r"', "lado"),
        "a day in quotes": _before(
            "[disclosure]", '[[breaks]]\nmeasure = "lado_contacts"\nsince = "2023-04-01"\nreason = "r"', "since"),
        "categories of no measure": _before(
            "[disclosure]", '[categories.lado.threshold]\n"x" = "y"', "lado"),
    }  # fmt: skip


def registered(**cells: str) -> str:
    """Return a register of one line, with some cells changed."""
    said = line(1, "D23", "lado.csv") | cells
    return as_csv([[*said], [*said.values()]])


ANNEX = {table.title.partition(":")[0]: clean_grid(table) for table in contract("annex_a").tables}
CONTACT = ANNEX["List 1"]
IN_LISTS = {  # a cell of a list: its number, the column, what stands there
    "a child without a key": (1, "child", ""),
    "a name for a child": (3, "child", "Zqxjv Zqxjv"),
    "no day of contact": (1, "date_of_contact", ""),
    "no date of referral": (3, "date_of_referral", "zqxjv"),
    "authorised before it began": (4, "authorised", "2001-01-02"),
    "neither yes nor no": (3, "referral_nfa", "zqxjv"),
    "an ethnicity that is none": (5, "ethnicity", "zqxjv"),
    "no number of referrals": (3, "referrals_12m", "zqxjv"),
    "no number for an age": (7, "age", "zqxjv"),
    "a need that is none": (6, "need", "zqxjv"),
    "closed before it began": (6, "closure_date", "2001-01-02"),
    "no start of care": (8, "started", ""),
    "born after the referral": (3, "date_of_birth", "2030-01-01"),
    "born in another age": (4, "date_of_birth", "1950-01-01"),
    "a conference before its enquiry": (5, "icpc_date", "2001-01-02"),
    "a percentage for a number": (3, "referrals_12m", "50%"),
}


def list_annexes() -> dict[str, Form]:
    """Return faults of an Annex A workbook by name: of cells, and of whole lists."""
    told: dict[str, tuple[Iterable[tuple[str, Grid]], int | None, str | None]] = {}
    for name, (number, column, value) in IN_LISTS.items():
        place = ANNEX[f"List {number}"][0].index(column)
        rows = [[*row] for row in ANNEX[f"List {number}"]]
        rows[AT - 1][place] = value
        told[name] = ((ANNEX | {f"List {number}": rows}).items(), AT, column)
    twice = [*ANNEX["List 4"], ANNEX["List 4"][1]]
    told["an assessment twice"] = ((ANNEX | {"List 4": twice}).items(), len(twice), "child")
    told["a list that is missing"] = ([item for item in ANNEX.items() if item[0] != "List 5"], None, None)
    told["a list twice"] = ([*ANNEX.items(), ("List 4 (2)", ANNEX["List 4"])], 2, "child")
    halves = ANNEX | {"List 4": ANNEX["List 4"][:6]}
    told["half a list again"] = ([*halves.items(), ("List 4 (2)", [ANNEX["List 4"][0], *twice[5:8]])], 2, "child")
    exchanged = [[row[5] if n == 3 else row[3] if n == 5 else cell for n, cell in enumerate(row)] for row in CONTACT]
    told["births for days"] = ((ANNEX | {"List 1": [CONTACT[0], *exchanged[1:]]}).items(), None, "date_of_birth")
    without = [row[1:] for row in ANNEX["List 9"]]
    told["no column of children"] = ((ANNEX | {"List 9": without}).items(), None, "child")
    return {
        name: Form("annex.xlsx", "annex_a", partial(book, *sheets), *where) for name, (sheets, *where) in told.items()
    }
