"""A small clean year of returns, all synthetic and about nobody, and the ways to plant a fault in it."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from analysis.partnership import Agency, Partnership, Section
from analysis.returns.aggregate_rows import COLUMNS as COUNT_COLUMNS
from analysis.returns.register import COLUMNS as REGISTER_COLUMNS

SECTION, POLICE = "12_2_lado_and_education", "11_metropolitan_police"
HERE = Partnership(
    id="here",
    name="Here",
    area_code="E09000000",
    geography="Here",
    sections=(Section(POLICE, "11", "Police", "Police"), Section(SECTION, "12.2", "LADO", "LADO")),
    agencies=tuple(
        Agency(code, name, (SECTION, "11_metropolitan_police"))
        for code, name in (
            ("lado", "LADO"),
            ("team", "Team"),
            ("police", "Police"),
            ("children", "Children"),
            ("trust", "Trust"),
        )
    ),
)
FLOW = ("2023-04-01", "2024-03-31", "financial_year")
STOCK = ("2024-03-31", "2024-03-31", "snapshot")
LAST = ("2022-04-01", "2023-03-31", "financial_year")


def count(indicator, dimension, category, value, unit, *, period=FLOW, measure="count", base=("", "")):
    row = (indicator, dimension, category, measure, value, "exact", unit, *base, *period, "Here", "")
    return dict(zip(COUNT_COLUMNS, map(str, row), strict=True))


def lado_counts(total=253, period=FLOW):
    return [
        count("lado_contacts", "", "", total, "contacts", period=period),
        count("lado_contacts", "threshold", "met", 107, "referrals", period=period),
        count("lado_contacts", "threshold", "not met", total - 107, "contacts", period=period),
        count("lado_contacts", "employment_sector", "health", 1.19, "percent", measure="percent", base=("", 253)),
        count("lado_substantiated_rate", "", "", 11.86, "percent", measure="percent", base=(30, 253)),
        count("lado_contacts", "", "", 2, "percent", measure="change_percent"),
    ]


def police_counts():
    return [
        count("police_mash_reports", "", "", 400, "reports"),
        count("police_mash_reports", "risk_grade", "RED", 100, "reports"),
        count("police_mash_reports", "risk_grade", "RED - children", 60, "reports"),
    ]


def days(number, first=date(2023, 5, 1)):
    return [(first + timedelta(7 * place)).isoformat() for place in range(number)]


def rows(names, *lines):
    return [dict(zip(names.split(), line, strict=True)) for line in lines]


SESSIONS = rows(
    "session_id course title mode date",
    *((f"S{n}", "awareness", "Awareness", "webinar", day) for n, day in enumerate(days(6, date(2023, 9, 1)))),
)
BOOKINGS = rows(
    "session_id person_pseudo_id agency status booked_on",
    *((f"S{n}", f"SYN{n}", "police", "attended", day) for n, day in enumerate(days(6))),
)
LAST_BOOKINGS = [row | {"booked_on": row["booked_on"].replace("2023", "2022")} for row in BOOKINGS[:-1]]
EPISODES = rows(
    "child_pseudo referral_date need_code assessment_start assessment_end s47_start cpp_start cpp_end previous_cpp",
    *((f"SYN{n}", day, "N1", day, day, day, day, "", "0") for n, day in enumerate(days(6))),
)
PLACED = rows("CHILD SEX DOB ETHNIC", *((f"SYN{n}", "1", f"0{n + 1}/06/2012", "WBRI") for n in range(6)))
SPELLS = rows(
    "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC",
    *((f"SYN{n}", f"0{n + 1}/05/2023", "S", "C2", "N1", "U6", "", "", "") for n in range(6)),
)
TRAINED = rows(
    "agency service staff_group level eligible_n compliant_n target_pct as_at",
    *((("acute_hospital", "Wards", f"Group {n}", "1", "100", "90", "85", "2024-03-31")) for n in range(4)),
)
REPORTS = rows(
    "report_pseudo created subject grade",
    *((f"SYN{n}", f"{day} 10:00:00", "child", "red") for n, day in enumerate(days(6))),
)
FILES = {
    "lado.csv": ("LADO", "D23", lado_counts()),
    "police.csv": ("Police", "D30;D31;D32;D33;D34", police_counts()),
    "police_reports.csv": ("Police", "D30", REPORTS),
    "team_sessions.csv": ("Team", "D12", SESSIONS),
    "team_bookings.csv": ("Team", "D13", BOOKINGS),
    "children_episodes.csv": ("Children", "D18", EPISODES),
    "children_placed.csv": ("Children", "ssda903", PLACED),
    "children_spells.csv": ("Children", "ssda903", SPELLS),
    "trust.csv": ("Trust", "D15", TRAINED),
}


def entry(number, agency, dataset, file):
    said = {
        "return_id": f"return-{number}",
        "agency": agency,
        "section": SECTION,
        "dataset": dataset,
        "version": "1",
        "status": "received",
        "file": file,
        "geography": "Here",
        "as_at": "2024-03-31",
        "due_date": "2024-05-31",
        "received_date": "2024-05-20",
        "extracted_on": "2024-05-10",
        "written_on": "2024-05-12",
        "break_in_series": "no",
        "completeness_pct": "98",
    } | dict(zip(("period_start", "period_end", "period_basis"), FLOW, strict=True))
    return {name: said.get(name, "") for name in REGISTER_COLUMNS}


REGISTER = [
    entry(number, agency, dataset, file) for number, (file, (agency, dataset, _)) in enumerate(FILES.items(), start=1)
]


def as_text(lines):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def write_year(data: Path) -> Path:
    """Write the clean year and the year before it; return the folder of the year."""
    before = {"lado.csv": as_text(lado_counts(248, LAST)[:3]), "team_bookings.csv": as_text(LAST_BOOKINGS)}
    now = {file: as_text(lines) for file, (_, _, lines) in FILES.items()}
    lines = [line for line in REGISTER if line["file"] in before]
    for year, files, register in (("2022-23", before, lines), ("2023-24", now, REGISTER)):
        (data / year / "returns").mkdir(parents=True)
        for file, text in files.items():
            (data / year / "returns" / file).write_text(text, encoding="utf-8")
        (data / year / "returns.csv").write_text(as_text(register), encoding="utf-8")
    return data / "2023-24"


Fault = Callable[[Path], None]


def edit(file: str, change: Callable[[list[dict[str, str]]], list[dict[str, str]] | None]) -> Fault:
    """Return the act of changing the rows of a file (the register by its own name)."""

    def act(folder: Path) -> None:
        path = folder / file if file == "returns.csv" else folder / "returns" / file
        with path.open(encoding="utf-8", newline="") as held:
            lines = list(csv.DictReader(held))
        path.write_text(as_text(change(lines) or lines), encoding="utf-8")

    return act


def put(file: str, row: int, /, **cells: str) -> Fault:
    """Return the act of writing cells into a row, counted as a spreadsheet does."""

    def change(lines):
        lines[row - 2] |= cells

    return edit(file, change)


def again(file: str, row: int, /, **cells: str) -> Fault:
    """Return the act of adding a row once more at the end, changed in some cells."""
    return edit(file, lambda lines: [*lines, lines[row - 2] | cells])


def drop(file: str, row: int) -> Fault:
    """Return the act of taking a row away."""
    return edit(file, lambda lines: [line for number, line in enumerate(lines, start=2) if number != row])


def write(file: str, content: bytes) -> Fault:
    """Return the act of writing bytes over a file of the returns."""

    def act(folder: Path) -> None:
        (folder / "returns" / file).parent.mkdir(exist_ok=True)
        (folder / "returns" / file).write_bytes(content)

    return act


def replace_text(file: str, old: str, new: str) -> Fault:
    """Return the act of changing a text once in a file."""

    def act(folder: Path) -> None:
        path = folder / "returns" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return act
