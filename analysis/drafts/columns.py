"""What the columns of a publisher's table hold: known by their names, else by a word of them."""

import re

from analysis.drafts.vocabulary import read_words
from analysis.errors import DataError, listed

NEEDED = ("id", "words", "value")


def find_columns(present: list[str], name: str) -> dict[str, list[str]]:
    """Return the columns that hold each field, the likeliest first. Raises DataError where a needed one is missing."""
    known = read_words()["columns"]
    columns = {key: [n for n in names if n in present] for key, names in known.items()}
    taken = {n for names in columns.values() for n in names}
    for key, word in read_words()[
        "guessed_columns"
    ].items():  # what others call them: financial_year, time_period_label, trust_area
        columns[key] = columns[key] or [n for n in present if n not in taken and re.search(word, n)][:1]
        taken.update(columns[key])
    if not columns["id"]:  # an "indicator_id" that is each row's own
        columns["id"], columns["indicator"] = columns["indicator"][:1], []
    if "group" in columns["category"] and len(columns["category"]) > 1:  # beside a subgroup, a group is the split
        columns["category"].remove("group")
        columns["dimension"] = columns["dimension"] or ["group"]
    missing = [key for key in NEEDED if not columns[key]]
    if missing:
        allowed = "; ".join(f"{key} ({listed(known[key])})" for key in missing)
        raise DataError(f"{name}: no column for {', '.join(missing)}; allowed: {allowed}")
    return columns
