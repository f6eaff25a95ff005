"""Two years of returns as an ordinary agency sends them, drawn from the contracts by a seed. Synthetic."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from analysis.measures.catalogue import Catalogue
from analysis.returns.contracts import Column, contract
from tests.returns.checks.planted import count

Rows = list[dict[str, str]]
PERIODS = {
    "2022-23": ("2022-04-01", "2023-03-31", "financial_year"),
    "2023-24": ("2023-04-01", "2024-03-31", "financial_year"),
}
SIZES = {"D23.contacts": 320, "D18.episodes": 500, "D30.reports": 700, "D21.missing": 260, "D06.activities": 260}
LOCALITIES = ("North", "South", "East", "West")
CASES = 12  # days within which what follows follows


def draw_table(name: str, year: str, seed: int) -> Rows:
    """Return a year's rows of a table: the same shares as any year, other people and days."""
    dataset, _, table_name = name.partition(".")
    table, random = contract(dataset).table(table_name), Random(f"{name} {year} {seed}")
    rows = round(SIZES[name] * random.uniform(0.92, 1.08))
    first = date.fromisoformat(PERIODS[year][0])
    days = sorted(first + timedelta(random.randrange(366 if year == "2023-24" else 365)) for _ in range(rows))
    columns = [c for c in table.columns if c.keep and c.type != "codes"]
    return [_row(columns, table.period, day, f"{year[2:4]}{place:05}", random) for place, day in enumerate(days)]


def _row(columns: list[Column], period: str, day: date, key: str, random: Random) -> dict[str, str]:
    row: dict[str, str] = {}
    for column in columns:
        is_left_out = not column.required and column.name != period and random.random() < 0.15
        row[column.name] = "" if is_left_out else _cell(column, period, day, key, random, row)
    return row


def _cell(column: Column, period: str, day: date, key: str, random: Random, row: Mapping[str, str]) -> str:
    if column.type in ("date", "moment"):
        before = row.get(column.not_before, "")[:10] or f"{day}"
        later = date.fromisoformat(before) + timedelta(random.randrange(1, CASES))
        said = day if column.name == period or column.required else later
        return f"{said}" if column.type == "date" else f"{said} {random.randrange(8, 18):02}:15:00"
    if column.type == "code":
        weights = [1 / (place + 1) for place in range(len(column.codes))]
        Random(column.name).shuffle(weights)
        return random.choices(column.codes, weights)[0].code
    if column.type in ("integer", "number"):
        low = int(column.minimum or 0)
        return str(random.randint(low + 1, min(int(column.maximum or low + 40), low + 40)))
    if column.type == "yes_no":
        return random.choices(("yes", "no"), (7, 3))[0]
    if column.type == "text":
        return random.choice(LOCALITIES)
    return f"p{key}{column.name[:2]}"


def draw_counts(catalogue: Catalogue, year: str, seed: int) -> Rows:
    """Return a year's counts of an officer: wholes, splits, months, a share with its base."""
    random = Random(f"counts {year} {seed}")
    period = PERIODS[year]

    def near(size: float) -> int:
        return round(size * random.uniform(0.93, 1.07))

    categories = catalogue.measures["lado_contacts"].by["employment_sector"].categories
    sectors = {name: near(size) for name, size in zip(categories, (90, 60, 40, 30, 25, 15), strict=False)}
    whole, met = sum(sectors.values()), near(90)
    splits = {"threshold": {"met": met, "not met": whole - met}, "employment_sector": sectors}
    rows = [count("lado_contacts", "", "", whole, "contacts", period=period)]
    for dimension, sizes in splits.items():
        rows += [
            count("lado_contacts", dimension, name, size, "contacts", period=period) for name, size in sizes.items()
        ]
    top = near(30)
    said = {"measure": "percent", "base": (top, whole), "period": period}
    return [*rows, count("lado_substantiated_rate", "", "", f"{100 * top / whole:.1f}", "percent", **said)]
