"""What the templates say: guidance, examples, rules in words, and the sheet for counts."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from analysis.measures.periods import BASES, parse_year
from analysis.measures.terms import MEASURE_TYPES, QUALIFIERS
from analysis.returns.contracts import Column

GUIDANCE = "Guidance"
READ_THIS = (
    "Each sheet is one table. Fill in from row 4; the grey row above the header is an example and is never read.",
    "Give every case that was open at any time in the year, those begun before it too: what is open at its end is "
    "counted from this return alone.",
    "Keep the header as it is. Leave a cell empty where there is nothing to say.",
    "Dates as dd/mm/yyyy. A person, a case or a setting only by a pseudonym that means nothing outside your agency: "
    "never a name, a date of birth beside a name, an NHS, pupil or National Insurance number, or a postcode.",
    "Write why a figure is missing with a symbol: [c] withheld to protect people, [x] not available, "
    "[z] does not apply. A dash is refused as a number, since it can mean zero or nothing.",
    "Where you only have counts, leave the other sheets empty and use the sheet Counts, which lists each figure asked "
    "for. A percentage is typed as 11.86 or 11.86%.",
    "A sheet left empty counts as not returned. Nothing to return is a return too: say so when you send the workbook, "
    "so that it counts as nil and not as missing.",
)
WORDS_OF_TYPES = {
    "date": "A date.",
    "moment": "A date with its time.",
    "month": "A month, like 2024-03.",
    "integer": "A whole number",
    "number": "A number",
    "text": "Words.",
    "yes_no": "yes or no.",
    "identifier": "A short key.",
    "pseudonym": "A pseudonym.",
}


COUNTS_SAID = (
    "Figures already counted: fill in the value of each that you have, a percentage with its numerator and "
    "denominator. What stays empty counts as not returned. Add a row for any other. The grey row is an example."
)


def example_count(year: str) -> dict[str, object]:
    """Return the example of a count in the year, by column."""
    period = parse_year(year)
    return {
        "indicator": "lado_contacts",
        "measure_type": "count",
        "value": 120,
        "qualifier": "exact",
        "unit": "contacts",
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        "period_basis": period.basis,
        "geography": "borough",
    }


def count_lists(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the options of each column of counts that has any: the names of the figures asked for, and fixed words."""
    asked = list(rows)
    names = {name: tuple(sorted({row.get(name, "") for row in asked} - {""})) for name in ("indicator", "dimension")}
    return {**names, "measure_type": MEASURE_TYPES, "qualifier": QUALIFIERS, "period_basis": BASES}


def rule_of(column: Column) -> str:
    """Return what a column allows, in words."""
    if column.type in ("code", "codes"):
        kind = "One of" if column.type == "code" else "One or more, separated by semicolons, of"
        return f"{kind}: {'; '.join(f'{code.code} ({code.label})' for code in column.codes)}."
    words = WORDS_OF_TYPES[column.type]
    return words if words.endswith(".") else f"{words}{_range(column)}."


def _range(column: Column) -> str:
    if column.minimum is None:
        return "" if column.maximum is None else f", at most {column.maximum:g}"
    if column.maximum is None:
        return f", {column.minimum:g} or more"
    return f", {column.minimum:g} to {column.maximum:g}"


def example(column: Column, year: str) -> object:
    """Return a value that the column allows, for the example row; about nobody."""
    if column.type in ("code", "codes"):
        return column.codes[0].code
    if column.type in ("integer", "number"):
        return _number(column)
    start = parse_year(year).start
    return {
        "date": date(start.year, 6, 15),
        "moment": datetime(start.year, 6, 15, 9, 30),
        "month": f"{start.year}-06",
        "yes_no": "yes",
        "identifier": "example-1",
        "pseudonym": "example-0001",
        "text": "example",
    }[column.type]


def _number(column: Column) -> int:
    low = 0 if column.minimum is None else column.minimum
    return int(low if column.maximum is None and low else min(max(3, low), column.maximum or max(3, low)))
