"""Counting a synthetic year's indicators, beside polars and DuckDB asked for the same figures.

    python -m benchmarks indicators

`indicators.csv` says of each definition what an analyst would ask of a table: of which period, which rows, and what of
them; which splits is the definition's own. All three start from the records of the year and the one before it, read
into memory and held as each likes them best; two threads for polars and DuckDB, one for ours. Figures must be equal:
numbers, numerators and bases, averages. Rounds alternate; the median is told, with the processor's time beside it.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pandas as pd

from analysis.counting.count import count_all
from analysis.counting.definition import Definition
from analysis.counting.definitions import get_definitions
from analysis.counting.history import stack_years
from analysis.counting.selection import Rows
from analysis.counting.splits import MONTH, Grouping, list_months
from analysis.counting.tally import list_rows
from analysis.counting.year import Year, read_year
from analysis.measures.catalogue import Catalogue, load_catalogue
from analysis.measures.periods import Period, parse_year
from analysis.measures.strict import read_rows
from analysis.partnership import load_partnership
from analysis.returns.register import read_register
from analysis.settings import get_data_root, get_dictionary_root
from benchmarks._indicators_duckdb import count_duckdb, hold_duckdb
from benchmarks._indicators_polars import count_polars, hold_polars
from synthetic.returns import NAME, ensure

YEARS, ROUNDS = ("2022-23", "2023-24"), 7
FIELDS = ("indicator", "table", "date", "where", "value", "latest")
DERIVED = re.compile(r"(wd|days|again)\((\w+),(\w+)\)")
Figures = dict[tuple[str, str, str], tuple[float, ...]]


@dataclass(frozen=True)
class Ask:
    """One question to a table: rows, what of them, and by what they are split; `month` names a stock's month."""

    definition: Definition
    table: str
    where: str
    value: str
    latest: str
    splits: tuple[Grouping, ...]
    month: str = ""


def main() -> None:
    """Count in turn, hold the figures against each other, print times and ratios."""
    catalogue, period = load_catalogue(get_dictionary_root()), parse_year(YEARS[-1])
    years = read_years(catalogue)
    tables = stack_years([year.records for year in years])
    asks = list(list_asks(period))
    derived = sorted({found for ask in asks for found in DERIVED.findall(f"{ask.where} {ask.value}")})
    wanted = list({ask.definition.indicator: ask.definition for ask in asks}.values())
    frames, database = hold_polars(tables), hold_duckdb(tables)
    ways = {
        "ours": lambda: count_ours(tables, wanted, period),
        "polars": lambda: gather(asks, count_polars(frames, asks, derived)),
        "duckdb": lambda: gather(asks, count_duckdb(database, asks, derived)),
    }
    found = {way: count() for way, count in ways.items()}
    for way, figures in found.items():
        check_equal(way, figures, found["ours"])
    print(f"{len(wanted)} definitions, {len(found['ours']):,} figures that are not zero: all three agree")
    tell(ways)
    rest = (tables, period, "Exampleshire", years[-1].agencies, catalogue)
    _, seconds, processor = timed(lambda: count_all(*rest))
    print(f"all {len(get_definitions())} definitions, as observations: {seconds:.2f} s, {processor:.2f} s of processor")


def tell(ways: dict[str, Callable]) -> None:
    """Run the ways in turn, print the median times of each and the ratio to the faster of the others."""
    rounds = [{way: timed(count)[1:] for way, count in ways.items()} for _ in range(ROUNDS)]
    times = {way: [median(one[way][which] for one in rounds) for which in (0, 1)] for way in ways}
    for way, (seconds, processor) in times.items():
        print(f"{way}: {seconds:.3f} s, {processor:.3f} s of processor")
    fastest = min(("polars", "duckdb"), key=lambda way: times[way][0])
    ratio, of_processor = (mine / other for mine, other in zip(times["ours"], times[fastest], strict=True))
    print(f"ours to {fastest}, the faster: {ratio:.2f} times the time, {of_processor:.2f} times the processor's")


def timed(work: Callable) -> tuple:
    """Return what the work returns, and the seconds of the clock and of the processor that it took."""
    clock, processor = time.monotonic(), time.process_time()
    found = work()
    return found, time.monotonic() - clock, time.process_time() - processor


def read_years(catalogue: Catalogue) -> list[Year]:
    """Return the year's records and those of the year before it."""
    ensure(get_data_root(), YEARS[-1])
    partnership = load_partnership(NAME, get_data_root())
    folders = [get_data_root() / NAME / year for year in YEARS]
    return [read_year(folder, read_register(folder, partnership), catalogue) for folder in folders]


def list_asks(period: Period) -> Iterator[Ask]:
    """Return what is asked for each definition of the list; of a stock, also each month's last day."""
    for row in read_rows(Path(__file__).with_suffix(".csv"), FIELDS):
        definition = get_definitions()[row["indicator"]]
        known = (definition, row["table"].replace(".", "_"))
        what = (row["value"], row["latest"])
        days = [(period.end, "")]
        if definition.is_monthly:
            days += [(pd.Period(month, freq="M").end_time.date(), month) for month in list_months(period)]
        for day, month in days:
            yield Ask(*known, _where(row, definition, period, day), *what, () if month else definition.by, month)


def _where(row: dict[str, str], definition: Definition, period: Period, day: date) -> str:
    chosen = [f"({row['where']})".replace("{day}", f"cast('{day}' as date)")] if row["where"] else []
    if row["date"] == "offence_month":  # months as text
        chosen.append(f"offence_month >= '{period.start:%Y-%m}' and offence_month <= '{period.end:%Y-%m}'")
    elif row["date"]:
        after = period.end + timedelta(days=1)
        said = f"\"{row['date']}\" >= cast('{period.start}' as date) and \"{row['date']}\" < cast('{after}' as date)"
        chosen.append(said)
    return " and ".join(chosen)


def count_ours(tables: dict[str, pd.DataFrame], wanted: list[Definition], period: Period) -> Figures:
    """Count the definitions as the report does."""
    rows = {name: Rows.of(frame) for name, frame in tables.items()}
    found = {}
    for definition in wanted:
        for block in definition.tally(rows, period):
            for dimension, category, value, numerator, base in list_rows(block):
                figures = (numerator, base) if definition.measure_type == "percent" else (value,)
                if figures[-1] > 0 and not (definition.method == "parts" and not numerator):
                    found[definition.indicator, dimension, category] = figures
    return found


def gather(asks: list[Ask], answers: list[list[tuple[str, object, tuple]]]) -> Figures:
    """Return answers (dimension, value of the column, numbers) as figures by category: codes of one are added."""
    found: dict[tuple[str, str, str], list[tuple]] = defaultdict(list)
    for ask, answered in zip(asks, answers, strict=True):
        splits = {split.dimension: split for split in ask.splits}
        for dimension, said, numbers in answered:
            for category in list_categories(splits.get(dimension), said):
                place = (MONTH, ask.month) if ask.month else (dimension, category)
                found[ask.definition.indicator, *place].append(numbers)
    added = {key: tuple(map(sum, zip(*numbers, strict=True))) for key, numbers in found.items()}
    parts = {ask.definition.indicator for ask in asks if ask.definition.method == "parts"}
    shares = {key: (*numbers, *added[key[0], "", ""]) for key, numbers in added.items() if key[0] in parts and key[1]}
    counts = {key: numbers for key, numbers in added.items() if key[0] not in parts and (numbers[-1] or 0) > 0}
    return counts | shares


def list_categories(split: Grouping | None, said: object) -> set[str]:
    """Return the categories that a value of a split's column stands for."""
    if split is None:
        return {""}
    if split.dimension == MONTH:
        return {str(said)[:7]} if said is not None else set()
    codes = str(said).split(";") if split.many and said is not None else [said]
    if split.categories is None:
        return {split.missing if code is None else str(code) for code in codes}
    return {split.missing if code is None else split.categories.get(code, code) for code in codes} - {""}


def check_equal(way: str, figures: Figures, ours: Figures) -> None:
    """Raise SystemExit where a figure isn't ours, naming the first few."""
    differ = [key for key in sorted(figures.keys() | ours.keys()) if not _is_same(figures.get(key), ours.get(key))]
    if differ:
        said = "; ".join(f"{key}: {figures.get(key)}, ours {ours.get(key)}" for key in differ[:8])
        raise SystemExit(f"{way} differs in {len(differ)} figures: {said}")


def _is_same(one: tuple | None, other: tuple | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) < 1e-9 for a, b in zip(one, other, strict=True))


if __name__ == "__main__":
    main()
