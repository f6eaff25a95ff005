"""Reads a release's folder as a stranger would: its figures, its sentences and the numbers beneath its charts."""

import csv
import json
import re
from calendar import monthrange
from collections import defaultdict
from pathlib import Path

from analysis.attacker.cells import Book, Cell, Share, get_base
from analysis.attacker.copies import differ, find_other_sentences, read_workbook
from analysis.errors import CommandError

MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
        + ("December",),
        1,
    )
}
NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
MONTH = rf"({'|'.join(MONTHS)}) (\d{{4}})"
YEAR = re.compile(r"\bin (20\d\d)(-\d\d)?\b")
OF = re.compile(rf"\({NUMBER} of {NUMBER}\)|{NUMBER} in a population of {NUMBER}")
AGAINST = re.compile(rf"^Against {NUMBER}(?= at | from | in )")
CHANGES = {
    "change_absolute": re.compile(rf": {NUMBER} (more|fewer)\b"),
    "change_percent": re.compile(rf"{NUMBER}\s?% (more|higher|fewer|less|lower)\b"),
}
TIMES = {"percent": 100, "per_1000": 1e3, "per_10000": 1e4, "per_100000": 1e5}


def get_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def read_release(folder: Path) -> Book:
    """What one release's folder tells, or one file of the figures that a release printed; CommandError where it has no
    figures."""
    if folder.is_file():
        return read_printed(folder)
    if not (path := folder / "statistics.csv").is_file():
        raise CommandError(f"no figures to attack: {path} isn't there")
    book, rows, copies = Book(), get_rows(path), read_workbook(folder / "tables.xlsx")
    for row in rows:
        copy = copies.get(row["statistic_id"], {})
        if row["status"] == "suppressed":
            book.copied += [(row["statistic_id"], name, float(value)) for name, value in copy.items() if not row[name]]
            read_figure(row | copy, book)
        else:
            book.other_moments += [("tables.xlsx", row["statistic_id"])] if differ(row, copy) else []
            read_figure(row, book)
    book.other_moments += find_other_sentences(folder, rows)
    for chart in sorted(folder.glob("charts/*/*.csv")):
        read_chart(chart, book)
    return book


def read_printed(path: Path) -> Book:
    book = Book()
    for row in json.loads(path.read_text(encoding="utf-8"))["figures"]:
        read_figure(
            {"comparison": ""} | {name: "" if value is None else str(value) for name, value in row.items()}, book
        )
    return book


def read_populations(folder: Path, places: set[str]) -> dict[str, set[float]]:
    """Populations that the statistical office publishes of each place, from the table that ships."""
    names = {row["code"]: row["name"] for row in get_rows(folder / "areas.csv")}
    populations = defaultdict(set)
    for row in get_rows(folder / "ons_population.csv"):
        if row["value"] and (name := names.get(row["area_code"])) in places:
            populations[name].add(float(row["value"]))
    return populations


def to_number(text: str) -> float:
    return float(text.replace(",", ""))


def read_figure(row: dict[str, str], book: Book) -> None:
    names = [row[name] for name in ("dimension", "category", "period_start", "period_end", "geography")]
    cell = Cell(row["indicator"], row["measure_type"], "value", *names)
    book.ids[cell] = row["statistic_id"]
    if row["protects"] != "none":
        book.about_people |= {cell._replace(role=role) for role in ("value", "numerator", "denominator")}
    read = READERS.get(row["measure_type"])
    if read and row["qualifier"] in ("exact", "") and row["status"] != "unavailable":
        read(cell, row, book)


def read_count(cell: Cell, row: dict[str, str], book: Book) -> None:
    note(cell, row["value"], row, book)
    words = row["comparison"]
    if not (before := get_earlier_cell(cell, words)):
        return
    if number := AGAINST.match(words):
        book.printed.setdefault(before, to_number(number[1]))
        book.about_people |= {before} if cell in book.about_people else set()
    for kind, pattern in CHANGES.items() if cell in book.hidden else ():
        if change := pattern.search(words):
            size = to_number(change[1])
            book.changes.append((cell, before, kind, size if change[2] in ("more", "higher") else -size))


def read_share(cell: Cell, row: dict[str, str], book: Book) -> None:
    above = cell._replace(role="numerator")
    words = [side for side in OF.search(row["statement"]).groups() if side] if OF.search(row["statement"]) else []
    # A sentence that gives the two sides exactly is worth more than columns that round them, so it is read last.
    for sides in ([row["numerator"], row["denominator"]], words or ["", ""]):
        note(above, sides[0], row, book)
        note(get_base(above), sides[1], row, book)
    # Shares of posts or of pounds have no whole numbers behind them.
    if row["value"] and row["protects"] != "none":
        book.shares[above] = Share(float(row["value"]), get_half(row), TIMES.get(row["unit"], 100))
        if row["lower"] and row["upper"]:
            book.limits[above] = float(row["lower"]), float(row["upper"])


def read_average(cell: Cell, row: dict[str, str], book: Book) -> None:
    if row["denominator"]:
        book.printed[get_base(cell)] = to_number(row["denominator"])
    if row["measure_type"] == "mean" and row["value"]:
        book.means[cell] = float(row["value"]), get_half(row)


def read_change(cell: Cell, row: dict[str, str], book: Book) -> None:
    if row["value"]:
        start, end = (f"{int(date[:4]) - 1}{date[4:]}" if date else "" for date in (cell.start, cell.end))
        count = cell._replace(kind="count")
        book.changes.append((count, count._replace(start=start, end=end), row["measure_type"], float(row["value"])))


READERS = {
    "count": read_count,
    "percent": read_share,
    "rate": read_share,
    "mean": read_average,
    "median": read_average,
    "change_absolute": read_change,
    "change_percent": read_change,
}


def note(cell: Cell, text: str, row: dict[str, str], book: Book) -> None:
    if text:
        book.printed[cell] = to_number(text)
    elif row["status"] == "suppressed":
        book.hidden[cell] = row["statistic_id"]


def get_half(row: dict[str, str]) -> float:
    """Half a unit of the last digit shown: the value drops a final zero that the words keep."""
    shown = re.search(NUMBER, row["display"])
    texts = [row["value"], shown.group() if shown else ""]
    return 0.5 * 10.0 ** -max(len(text.partition(".")[2]) for text in texts)


def get_earlier_cell(cell: Cell, words: str) -> Cell | None:
    """The cell of the period that a comparison names: a year by its name or its months, or a day."""
    period = YEAR.sub(name_months, words.partition(":")[0])
    months = re.findall(MONTH, period)
    if not period.startswith("Against") or not months:
        return None
    start, end = get_date(*months[0], first=True), get_date(*months[-1])
    if day := re.search(rf"at (\d+) {MONTH}", period):
        start = end = f"{end[:8]}{int(day[1]):02}"
    return cell._replace(start=start, end=end, category=end[:7] if cell.dimension == "month" else cell.category)


def name_months(year: re.Match) -> str:
    """The months of a financial year, "2022-23", or of a calendar year."""
    first = int(year[1])
    return f"from April {first} to March {first + 1}" if year[2] else f"from January {first} to December {first}"


def get_date(month: str, year: str, *, first: bool = False) -> str:
    """The first or the last day of a month."""
    number = MONTHS[month]
    return f"{year}-{number}-{'01' if first else monthrange(int(year), int(number))[1]}"


def read_chart(path: Path, book: Book) -> None:
    """A chart's points as cells of a series of its own; what it draws he finds by comparing numbers."""
    for row in get_rows(path):
        if re.fullmatch(r"\d+(\.0+)?", row.get("value", "")) and not row.get("display", "").endswith("%"):
            name = "/".join(filter(None, ("chart", path.parent.name, path.stem, row.get("group", ""))))
            book.printed[get_point_of_chart(name, row["label"])] = float(row["value"])


def get_point_of_chart(name: str, label: str) -> Cell:
    short, _, year = label.partition(" ")
    month = next((month for month in MONTHS if len(short) > 2 and month.startswith(short)), None)
    if month and re.fullmatch(r"\d{4}", year):
        end = get_date(month, year)
        return Cell(name, "chart", "value", "month", end[:7], "", end, "")
    if re.fullmatch(r"\d{4}-\d{2}", label):
        return Cell(name, "chart", "value", "", "", "", f"{int(label[:4]) + 1}-03-31", "")
    return Cell(name, "chart", "value", "label", "-".join(label.lower().split()), "", "", "")


def join(now: Book, earlier: list[Book]) -> Book:
    """One book of all releases, the latest first; what the others print otherwise, or hide, is noted. The bars of an
    earlier chart are of its own year, which no label says."""
    for book in earlier:
        for cell, value in book.printed.items():
            if cell in now.printed:
                same = now.printed[cell] == value
                now.repeated.setdefault(cell.indicator, [0, 0])[not same] += 1
                now.revised += [] if same else [(cell, value, now.printed[cell])]
            elif cell in now.hidden:
                now.before.setdefault(cell, value)
    for book in earlier:
        for cell, name in book.hidden.items():
            if cell in now.printed:
                now.reopened[cell] = f"{name} ({cell.end})"
            now.hidden.setdefault(cell, f"{name} ({cell.end})")
        dated = {cell: value for cell, value in book.printed.items() if cell.end or cell.kind != "chart"}
        met = now.printed.keys() | now.hidden.keys()
        now.printed |= {cell: value for cell, value in dated.items() if cell not in met}
        now.shares, now.limits = book.shares | now.shares, book.limits | now.limits
        now.means_before += [(cell, mean, book.printed.get(get_base(cell))) for cell, mean in book.means.items()]
        now.changes += book.changes
        now.about_people |= book.about_people
    return now
