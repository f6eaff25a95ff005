"""What the columns of a publisher's table hold: known by their names, else by a word of them."""

import re

from analysis.errors import DataError, listed

COLUMNS = {  # what each field may be called, ours first
    "id": ("statistic_id", "id", "figure_id", "code", "ref", "reference", "key"),
    "words": (
        "words",
        "title",
        "label",
        "name",
        "measure_name",
        "description",
        "measure",
        "indicator_name",
        "statistic",
        "statement",
        "indicator",
        "metric",
    ),
    "indicator": ("indicator", "measure_id", "indicator_id", "measure", "metric"),
    "dimension": ("dimension", "breakdown", "split", "characteristic", "group_type", "breakdown_topic"),
    "category": ("category", "breakdown_value", "group", "characteristic_value", "subgroup"),
    "value": ("value", "figure", "number", "amount", "count", "estimate"),
    "unit": ("unit", "units", "measure_unit"),
    "kind": ("measure_type", "kind", "type", "value_type"),
    "period": ("period", "time_period", "year", "date", "reporting_period"),
    "start": ("period_start", "start", "start_date"),
    "end": ("period_end", "end", "end_date"),
    "basis": ("period_basis", "basis"),
    "place": ("geography", "area", "geography_name", "area_name", "place", "region", "la_name"),
    "qualifier": ("qualifier",),
    "status": ("status",),
    "symbol": ("symbol", "marker", "flag"),
    "statement": ("statement", "sentence"),
    "comparison": ("comparison",),
    "numerator": ("numerator",),
    "denominator": ("denominator", "base"),
}
GUESSED = {
    "period": re.compile(r"year|period|quarter|month|date"),
    "place": re.compile(r"geograph|area|authority|region|place|trust|force|council|provider"),
    "unit": re.compile(r"unit"),
    "category": re.compile(
        r"(?:category|breakdown|characteristic|group|split).*(?:value|label|name|detail)|subcategory|level"
    ),
    "dimension": re.compile(r"breakdown|characteristic|dimension|split|category_type"),
    "value": re.compile(r"value|figure|count"),
    "words": re.compile(r"title|name|label|description|indicator|measure|metric"),
    "id": re.compile(r"\bid\b|_id$|code|ref"),
}
NEEDED = ("id", "words", "value")


def find_columns(present: list[str], name: str) -> dict[str, list[str]]:
    """Return the columns that hold each field, the likeliest first. Raises DataError where a needed one is missing."""
    columns = {key: [n for n in names if n in present] for key, names in COLUMNS.items()}
    taken = {n for names in columns.values() for n in names}
    for key, word in GUESSED.items():  # what others call them: financial_year, time_period_label, trust_area
        columns[key] = columns[key] or [n for n in present if n not in taken and word.search(n)][:1]
        taken.update(columns[key])
    if not columns["id"]:  # an "indicator_id" that is each row's own
        columns["id"], columns["indicator"] = columns["indicator"][:1], []
    if "group" in columns["category"] and len(columns["category"]) > 1:  # beside a subgroup, a group is the split
        columns["category"].remove("group")
        columns["dimension"] = columns["dimension"] or ["group"]
    missing = [key for key in NEEDED if not columns[key]]
    if missing:
        allowed = "; ".join(f"{key} ({listed(COLUMNS[key])})" for key in missing)
        raise DataError(f"{name}: no column for {', '.join(missing)}; allowed: {allowed}")
    return columns
