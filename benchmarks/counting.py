"""Counting ten million synthetic contacts of eighty councils, beside polars and DuckDB written for the same result.

    python -m benchmarks counting            # SAFEGUARDING_ROWS=1000000 for a shorter look

All three read the same Parquet files (one a council), use two cores, and must give the same table: for each council
and year the contacts, those of each outcome, age band and month, the different children, and the contacts about a child
with another in the twelve months before. Ours is the report's own definitions, a council at a time on two processes.
Each runs in a process of its own; time is the wall clock's, with the processor's beside it for a machine that others
use too; memory is the peak of all its processes together.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from analysis.counting.definition import Definition
    from analysis.counting.selection import Rows

ROWS = int(os.environ.get("SAFEGUARDING_ROWS", 10_000_000))
COUNCILS, CORES, SEED = 80, 2, 20231122
YEARS = range(2019, 2024)
OUTCOMES = ["social_care", "early_help", "advice", "no_further_action"]
BANDS = ["0", "1-4", "5-9", "10-15", "16-17"]
COLUMNS = ["council", "year", "dimension", "category", "value"]


def main() -> None:
    """Make the contacts, run the three in turn, hold their results against each other, print times and memory."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_contacts(Path(folder))
        print(f"{made:,} contacts, {COUNCILS} councils, {len(YEARS)} years, {CORES} cores")
        found = {way: run_alone(way, folder) for way in WAYS}
        tables = {way: pd.read_parquet(Path(folder) / f"{way}.result") for way in WAYS}
    for way, table in tables.items():
        pd.testing.assert_frame_equal(table, tables["ours"], obj=f"what {way} counted")
    fastest = min(("polars", "duckdb"), key=lambda way: found[way]["seconds"])
    for way, one in found.items():
        print("{}: {seconds:.1f} s, {processor:.1f} s of processor, {megabytes:,.0f} MB at most".format(way, **one))
    print(f"all three agree on {len(tables['ours']):,} figures")
    named = {"seconds": "time", "processor": "processor's time", "megabytes": "memory"}
    ratios = [f"{found['ours'][name] / found[fastest][name]:.2f} times the {word}" for name, word in named.items()]
    print(f"ours to {fastest}, the faster: {', '.join(ratios)}")


def run_alone(way: str, folder: str) -> dict[str, float]:
    """Run one way in a process of its own; return its seconds and peak megabytes."""
    command = [sys.executable, "-m", "benchmarks.counting", way, folder]
    environment = {**os.environ, "POLARS_MAX_THREADS": str(CORES)}
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)  # noqa: S603
    return json.loads(told.stdout.splitlines()[-1])


def make_contacts(folder: Path) -> int:
    """Write a Parquet file a council, oldest contact first; return the number of rows."""
    rng = np.random.default_rng(SEED)
    size = ROWS // COUNCILS
    for council in range(COUNCILS):
        first = np.datetime64(f"{YEARS[0]}-04-01T00:00", "us")
        minutes = np.sort(rng.integers(0, len(YEARS) * 365 * 24 * 60, size))
        frame = pd.DataFrame(
            {
                "child_pseudo": pd.Series(
                    np.char.add("c", rng.integers(0, size * 2 // 3, size).astype("U8")), dtype="str"
                ),
                "received_at": first + minutes.astype("timedelta64[m]"),
                "outcome": pd.Categorical.from_codes(rng.integers(0, len(OUTCOMES), size), OUTCOMES),
                "age_band": pd.Categorical.from_codes(rng.integers(0, len(BANDS), size), BANDS),
            }
        )
        (folder / f"council={council}").mkdir()
        frame.to_parquet(folder / f"council={council}" / "contacts.parquet", index=False)
    return size * COUNCILS


def count_ours(folder: Path) -> pd.DataFrame:
    """Count with the report's own definitions, a council at a time on two processes."""
    from analysis.counting import front_door, selection  # noqa: F401  once, before the processes part

    paths = sorted(folder.glob("*/*.parquet"))
    with ProcessPoolExecutor(CORES) as pool:
        return pd.concat(pool.map(count_council, paths), ignore_index=True)


def count_council(path: Path) -> pd.DataFrame:
    """Count one council's five years by the definitions of contacts, children contacted and repeats."""
    from analysis.counting.selection import Rows

    rows = Rows(pd.read_parquet(path)).assign(repeat_12m=False)
    council = int(path.parent.name.partition("=")[2])
    found = [(council, year, *figure) for year in YEARS for figure in count_year(rows, year)]
    return pd.DataFrame(found, columns=COLUMNS)


def count_year(rows: "Rows", year: int) -> list[tuple[str, str, float]]:
    """Count one year by the report's definitions: dimension, category and value of what the benchmark asks for."""
    from analysis.counting.definitions import get_definitions
    from analysis.counting.front_door import CONTACTS
    from analysis.counting.tally import list_rows
    from analysis.measures.periods import parse_year, year_name

    period = parse_year(year_name(year))
    definitions = get_definitions()
    counted = {
        "": narrow(definitions["contacts"], {"outcome", "age_band", "month"}),
        "children": narrow(definitions["children_contacted"], set()),
        "repeats": narrow(definitions["repeat_contacts"], set()),
    }
    since = pd.Timestamp(year - 1, 4, 1)
    records = {CONTACTS: rows[(rows["received_at"] >= since) & (rows["received_at"] < since.replace(year + 1))]}
    return [
        (name or dimension, category, met if name == "repeats" else value)
        for name, definition in counted.items()
        for block in definition.tally(records, period)
        for dimension, category, value, met, _ in list_rows(block)
        if not (name and dimension)
    ]


def narrow(definition: "Definition", dimensions: set[str]) -> "Definition":
    """Return a definition that is split by some dimensions alone: as much work as the others are asked for."""
    narrowed = replace(definition)
    vars(narrowed)["by"] = tuple(one for one in definition.by if one.dimension in dimensions)
    return narrowed


def count_polars(folder: Path) -> pd.DataFrame:
    """Count with polars: read once, one grouping for all counts, repeats by a sort and a shift."""
    import polars as pl

    keys, child = ["council", "year"], ["council", "child_pseudo"]
    day = pl.col("received_at").dt.date()
    rows = (
        pl.scan_parquet(folder / "*/*.parquet", hive_partitioning=True)
        .with_columns(year=pl.col("received_at").dt.offset_by("-3mo").dt.year().cast(pl.Int16), day=day)
        .select(*child, "year", "day", "outcome", "age_band", month=pl.col("received_at").dt.truncate("1mo"))
        .collect()
    )
    cube = rows.group_by(*keys, "outcome", "age_band", "month").agg(value=pl.len())
    cube = cube.with_columns(pl.col("outcome", "age_band").cast(pl.String), pl.col("month").dt.strftime("%Y-%m"))
    sums = [
        cube.group_by(*keys, category=pl.col(name) if name else pl.lit(""))
        .agg(pl.col("value").sum())
        .with_columns(dimension=pl.lit(name))
        for name in ("", "outcome", "age_band", "month")
    ]
    people = rows.group_by(keys).agg(value=pl.col("child_pseudo").n_unique())
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in child)
    ordered = rows.lazy().select(*child, "year", "day").sort(*child, "day")
    again = ordered.filter(same & (pl.col("day").shift().dt.offset_by("1y") >= pl.col("day")))
    repeats = again.group_by(keys).agg(value=pl.len()).collect()
    whole = [
        frame.with_columns(dimension=pl.lit(name), category=pl.lit(""))
        for name, frame in (("children", people), ("repeats", repeats))
    ]
    return pl.concat([frame.select(COLUMNS) for frame in [*sums, *whole]], how="vertical_relaxed").to_pandas()


def count_duckdb(folder: Path) -> pd.DataFrame:
    """Count with DuckDB: read once, one grouping for all counts, repeats by a window."""
    import duckdb

    database = duckdb.connect(config={"threads": CORES})
    database.execute(f"""
        create temp table contacts as
        select council::smallint as council, child_pseudo, outcome, age_band, received_at::date as day,
            year(received_at - interval 3 month)::smallint as year, date_trunc('month', received_at)::date as month
        from read_parquet('{folder}/*/*.parquet', hive_partitioning = true)
    """)  # noqa: S608  the folder is this program's own
    database.execute("""
        create temp table cube as
        select council, year, outcome::varchar as outcome, age_band::varchar as age_band,
            strftime(month, '%Y-%m') as month, count(*) as value
        from contacts group by all
    """)
    return database.sql("""
        select council, year,
            case when grouping(outcome) = 0 then 'outcome' when grouping(age_band) = 0 then 'age_band'
                 when grouping(month) = 0 then 'month' else '' end as dimension,
            coalesce(outcome, age_band, month, '') as category, sum(value) as value
        from cube group by grouping sets
            ((council, year), (council, year, outcome), (council, year, age_band), (council, year, month))
        union all
        select council, year, 'children', '', count(distinct child_pseudo) from contacts group by council, year
        union all
        select council, year, 'repeats', '', count(*) filter (where before + interval 1 year >= day)
        from (select council, year, day, lag(day) over (partition by council, child_pseudo order by day) as before
              from contacts)
        group by council, year
    """).df()


def tidy(found: pd.DataFrame) -> pd.DataFrame:
    """Return a result in one order and one wording; a category that nobody used is left out."""
    from analysis.counting.definitions import get_definitions

    words = {one.dimension: one.categories for one in get_definitions()["contacts"].by if one.dimension in WORDED}
    pairs = zip(found["dimension"], found["category"], strict=True)
    category = [words.get(dimension, {}).get(code, code) for dimension, code in pairs]
    types = {"council": "int64", "year": "int64", "dimension": "str", "category": "str", "value": "int64"}
    table = found.assign(category=category)[COLUMNS].astype(types)
    return table[table["value"] > 0].sort_values(COLUMNS[:4], ignore_index=True)


WORDED = ("outcome", "age_band")
WAYS = {"ours": count_ours, "polars": count_polars, "duckdb": count_duckdb}


def measure(way: str, folder: Path) -> None:
    """Count one way, keep the result beside the files, and print the seconds and the peak memory as JSON."""
    start = time.monotonic()
    found = WAYS[way](folder)
    seconds = time.monotonic() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    peak = used[0].ru_maxrss + (CORES * used[1].ru_maxrss if way == "ours" else 0)
    tidy(found).to_parquet(folder / f"{way}.result", index=False)
    print(json.dumps({"seconds": seconds, "processor": processor, "megabytes": peak / 1024}))


if __name__ == "__main__":
    measure(sys.argv[1], Path(sys.argv[2])) if len(sys.argv) > 1 else main()
