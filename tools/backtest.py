"""Back test: recompute what the education department's tool publishes, for all councils and years, and compare.

    python -m tools.backtest [FOLDER_OF_DOWNLOADED_RELEASES]

Without a folder: that of SAFEGUARDING_RELEASES, else `shared/data/published` beside the checkout. The last
figure printed is "N of M agree". Exit status 0: agreement is at least 99.5 per cent and every difference has a
name; 1: it isn't; 2: the folder named isn't there.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.errors import CommandError, SafeguardingError
from analysis.measures.strict import read_rows
from analysis.official import releases
from analysis.official.areas import describe, read_areas
from analysis.official.cells import split_cells
from analysis.official.definitions import Definitions, Table, load_definitions
from analysis.official.layouts import read_ees, read_lait
from analysis.official.readers import NOISE, read_figures
from analysis.settings import REPOSITORY
from tools.recompute import HALF_A_STEP, RECIPES, allowed_percent, compare, recompute

LEAST_SHARE = 0.995
LATER_POPULATION = 2023  # from this year on the tool's rates use the estimates in the file of children looked after
DIFFERENCES = REPOSITORY / "data" / "published" / "differences.csv"
DIFFERENCE_COLUMNS = (
    "indicator",
    "area_code",
    "year",
    "tool_numerator",
    "table_numerator",
    "denominator",
    "words",
)
FITTING = ("agree", "inside")
COUNCILS, TOTALS = ("local_authority",), ("region", "sub_region", "country")


def main(arguments: list[str]) -> int:
    """Print the comparison and return the exit status."""
    given = arguments[0] if arguments else os.environ.get("SAFEGUARDING_RELEASES", "")
    folder = Path(given) if given else REPOSITORY.parent / "shared" / "data" / "published"
    if not folder.is_dir():
        print(f"No folder of releases{f': {given}' if given else ' beside the checkout'}. Give it as an argument.")
        return 2 if given else 0
    try:
        return report(folder)
    except SafeguardingError as error:
        print(error)
        return error.exit_status


def report(folder: Path) -> int:
    """Print a line for each indicator, each difference by name, the adults' outcome, and the pooled agreement."""
    definitions = load_definitions()
    files = find_tables(folder, definitions)
    rows = compare_all(files, definitions)
    councils = rows[rows["area_level"].isin(COUNCILS)]
    for line in (*describe_indicators(councils), *describe_hidden(councils), ""):
        print(line)
    unexplained = print_differences(councils)
    totals = rows[rows["area_level"].isin(TOTALS)]
    print(describe_totals(totals))
    unexplained += print_differences(totals)
    print(describe_ascof(files, definitions))
    agree, of = count_agreement(councils)
    print(f"All councils and years, {councils['indicator'].nunique()} indicators ({agree / of:.2%}):")
    print(f"{agree:,} of {of:,} agree")
    return 0 if agree / of >= LEAST_SHARE and not unexplained else 1


def find_tables(folder: Path, definitions: Definitions) -> dict[str, Path]:
    """Return the newest-named file of each table needed. Raises CommandError where one is missing."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.csv")) + sorted(folder.rglob("*.parquet")):
        table = _recognise(path, definitions)
        if table:
            found[table.id] = path
    needed = {recipe.table for recipe in RECIPES} | {"population", "looked_after", "lait", "ascof_4b"}
    if needed - set(found):
        raise CommandError(
            f"the folder lacks: {', '.join(definitions.tables[name].title for name in sorted(needed - set(found)))}"
        )
    return found


def _recognise(path: Path, definitions: Definitions) -> Table | None:
    try:
        return releases.recognise(path, definitions)
    except CommandError:
        return None


def compare_all(files: Mapping[str, Path], definitions: Definitions) -> pd.DataFrame:
    """Return every area and year of every indicator: recomputed limits, the tool's value and the result."""
    areas = read_areas()
    names = {recipe.table for recipe in RECIPES}
    tables = {name: read_ees(files[name], definitions.tables[name], areas) for name in names}
    tables = {
        name: describe(raw["area_code"], areas).join(raw.drop(columns="area_code")) for name, raw in tables.items()
    }
    people = read_populations(files, definitions)
    tool = read_lait(files["lait"], definitions.tables["lait"], areas, {recipe.measure for recipe in RECIPES})
    frames = []
    for recipe in RECIPES:
        mine = recompute(recipe, tables[recipe.table], people, definitions.symbols)
        published = tool_values(tool[tool["measure"].eq(recipe.measure)], definitions)
        frames.append(compare(mine, published).assign(indicator=recipe.indicator))
    return pd.concat(frames, ignore_index=True)


def tool_values(rows: pd.DataFrame, definitions: Definitions) -> pd.DataFrame:
    """Return area_code, year and the tool's value (NaN where it gives none)."""
    value, _ = split_cells(rows["cell"], definitions.symbols, "LAIT")
    return pd.DataFrame({"area_code": rows["area_code"], "year": rows["year"], "value": value.round(NOISE)})


def read_populations(files: Mapping[str, Path], definitions: Definitions) -> dict[tuple[str, int], float]:
    """Return the people aged 0 to 17 under the rates of the year that ends in March: the estimate of mid-year before.

    To 2022 from the population table of the children in need release, from 2023 from the file of children
    looked after: the tool's rates of 2023 and 2024 were made anew when the estimates were revised.
    """
    frames = {
        name: read_figures(files[name], definitions.tables[name], definitions)
        for name in ("population", "looked_after")
    }
    people: dict[tuple[str, int], float] = {}
    for name, frame in frames.items():
        rows = frame[frame["indicator"].eq("population_0_17") & frame["value"].notna()]
        years = rows["period_end"].str[:4].astype("int64") + 1
        wanted = years.ge(LATER_POPULATION) if name == "looked_after" else years.lt(LATER_POPULATION)
        keys = zip(rows["area_code"][wanted], years[wanted], strict=True)
        people |= dict(zip(keys, rows["value"][wanted], strict=True))
    return people


def count_agreement(rows: pd.DataFrame) -> tuple[int, int]:
    """Return how many recomputed values agree, and how many could be recomputed and are published."""
    results = rows["result"].value_counts()
    agree = int(results.get("agree", 0))
    return agree, agree + int(results.get("differ", 0))


def describe_indicators(rows: pd.DataFrame) -> list[str]:
    """Return a line for each indicator: its own share, and the years that are compared."""
    lines = []
    for indicator, group in rows.groupby("indicator", sort=False):
        agree, of = count_agreement(group)
        years = f"{group['year'].min()} to {group['year'].max()}"
        lines.append(f"{indicator:38} {agree:5} of {of:5}  {agree / of:7.2%}  years to March {years}")
    return lines


def describe_hidden(rows: pd.DataFrame) -> list[str]:
    """Return what was left out of the agreement, and why."""
    found = rows["result"].value_counts()
    inside, outside = int(found.get("inside", 0)), int(found.get("outside", 0))
    return [
        "",
        f"Left out: {int(found.get('unpublished', 0)):,} values that the tool doesn't give; "
        f"{int(found.get('hidden', 0)):,} whose count or base is suppressed in the table or zero.",
        f"Suppressed bands allow only limits for {inside + outside:,} more: the tool's value lies within them "
        f"for {inside:,}, beyond for {outside:,}.",
    ]


def print_differences(rows: pd.DataFrame) -> int:
    """Print every difference with its name, and return how many have none."""
    known = {(row["indicator"], row["area_code"], int(row["year"])): row["words"] for row in _known_differences()}
    unexplained = 0
    for row in rows[rows["result"].isin(("differ", "outside"))].itertuples(index=False):
        words = known.get((row.indicator, row.area_code, row.year))
        unexplained += words is None
        print(f"  differs: {row.indicator}, {row.area_name} ({row.area_code}), {row.year}: recomputed "
              f"{row.low:.2f}, tool {row.value:g}: {words or 'NOT EXPLAINED'}")  # fmt: skip
    return unexplained


def _known_differences() -> list[dict[str, str]]:
    return read_rows(DIFFERENCES, DIFFERENCE_COLUMNS)


def describe_totals(rows: pd.DataFrame) -> str:
    """Return how many values of regions and England lie within what their counts, rounded to ten, allow."""
    found = rows["result"].value_counts()
    fit, of = (int(sum(found.get(name, 0) for name in names)) for names in (FITTING, (*FITTING, "differ", "outside")))
    return f"England and regions, whose counts are rounded to ten: {fit:,} of {of:,} lie within what these allow"


def describe_ascof(files: Mapping[str, Path], definitions: Definitions) -> str:
    """Return how many published percentages of ASCOF 4B lie within what their rounded counts allow."""
    frame = read_figures(files["ascof_4b"], definitions.tables["ascof_4b"], definitions)
    given = frame[frame["value"].notna() & frame["numerator"].notna() & frame["denominator"].notna()]
    low, high = allowed_percent(given["numerator"], given["denominator"])
    inside = given["value"].ge(low - HALF_A_STEP) & given["value"].le(high + HALF_A_STEP)
    return f"ASCOF 4B: {int(inside.sum())} of {len(given)} percentages lie within what their rounded counts allow"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
