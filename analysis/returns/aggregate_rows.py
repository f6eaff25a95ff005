"""One row of an aggregate return: the columns it has, the one form that it is brought into, and what is wrong with it.

A form that has one meaning is taken (`1,846`, `*` for a value withheld, `01/04/2023`); the same symbols mean the same
as in records (see `values.MARKS`). No message repeats what a cell says: in a shifted row any may be about a person.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from analysis.errors import Problem, listed, quoted_slip
from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Measure
from analysis.measures.periods import BASES, Period
from analysis.measures.terms import MEASURE_TYPES, QUALIFIERS
from analysis.returns.contracts import Column, Table
from analysis.returns.moments import FIRST_DAY, LAST_DAY
from analysis.returns.reading import VERSIONS, is_version, plain
from analysis.returns.values import MARKS, read_value

COLUMNS = (
    *("indicator", "dimension", "category", "measure_type", "value", "qualifier", "unit", "numerator", "denominator"),
    *("period_start", "period_end", "period_basis", "geography", "note"),
)
OPTIONAL_COLUMNS = ("agency", "section", "definition_version")
GUIDE = ("title", "meaning", "last_year")  # what a template tells of each figure that it asks for: never read
NAMED = ("dimension", "measure_type", "qualifier", "unit", "period_basis", "category")
OWN_NAMES = ("geography", "agency")  # by the partnership's lists
NOT_AN_AGENCY = "not on the partnership's list of agencies: the register's agency is taken"
ONE_OR_ALL = ("1 as a percentage is read as 1%, where it may mean all", "1% with its sign, or 100")
FRACTION = ("a fraction where a percentage is meant", "45 for 45%; a share below 1% with its base")
SIGN = "sign"  # of a row whose value came with a per cent sign
NUMBERS, DATES = ("value", "numerator", "denominator"), ("period_start", "period_end")
SYMBOL_OF = {
    "suppressed": "[c]",
    "unavailable": "[x]",
    "not_known": "[x]",
    "not_applicable": "[z]",
    "low": "[low]",
}
SYMBOLS = tuple(dict.fromkeys(SYMBOL_OF.values()))
TYPES = dict.fromkeys(NUMBERS, "number") | dict.fromkeys(DATES, "date")
AGGREGATE = Table(
    name="counts",
    title="Counts",
    grain="one row a figure that you have counted already",
    key=(),
    period="period_start",
    columns=tuple(
        Column(name, TYPES.get(name, "text"), "", name in COLUMNS) for name in (*COLUMNS, *OPTIONAL_COLUMNS, *GUIDE)
    ),
)


def normalise(row: Mapping[str, str]) -> dict[str, str]:
    """Return the row with its numbers, symbols and dates in one form; what has no single meaning stays as it is."""
    kind = plain(row.get("measure_type", ""))
    sign = {SIGN: "%"} if row.get("value", "").rstrip().endswith("%") else {}
    return sign | {name: _normalise(text, AGGREGATE.column(name), kind) for name, text in row.items()}


def _normalise(text: str, column: Column, kind: str) -> str:
    if not text or column.type == "text" or _sign_against(text, kind):
        return text
    found = read_value(text, column)
    if found.mark in SYMBOL_OF:
        return SYMBOL_OF[found.mark] if column.name == "value" else ""
    if found.value is None:
        return text
    return f"{found.value:%Y-%m-%d}" if column.type == "date" else _bare(text)


def _sign_against(text: str, kind: str) -> str:
    """Return what the sign of a number says that it is, where that isn't the kind of number that its row names."""
    if text.endswith("%") and kind in ("count", "duration", "amount", "rate"):
        return "a percentage"
    return "an amount of money" if "£" in text and kind in ("count", "duration", "percent", "change percent") else ""


def _bare(text: str) -> str:
    """Return a number as given, so that its decimals still show how precise it is."""
    return re.sub(r"[,\s]", "", text.removeprefix("'").strip().removeprefix("£").removesuffix("%")).removeprefix("+")


def name_as_defined(row: Mapping[str, str], catalogue: Catalogue) -> dict[str, str]:
    """Return the row with its names as the catalogue writes them: capitals, spaces, hyphens and underscores don't
    count. A name that isn't known stays as it is."""
    indicator = _known(row["indicator"], catalogue.measures)
    entry = catalogue.measures.get(indicator)
    named = {**row, "indicator": indicator}
    for column in NAMED if entry else ():
        named[column] = _known(row[column], _allowed(named, entry).get(column, ()))
    for column in OWN_NAMES if catalogue.lists else ():
        named[column] = _known(row.get(column, ""), catalogue.lists[column])
    return named


def _known(text: str, allowed: Iterable[str]) -> str:
    if not text or text in allowed:
        return text
    return next((name for name in allowed if plain(name) == plain(text)), text)


def check_row(row: Mapping[str, str], catalogue: Catalogue, file: str, number: int) -> list[Problem]:
    """Return what is wrong with one normalised row: names first, then numbers, then the period."""

    def problem(column: str, rule: str, message: str, allowed: str = "") -> Problem:
        return Problem(file, number, column, rule, "error", message, allowed)

    entry = catalogue.measures.get(row["indicator"])
    if not row["indicator"]:
        return [problem("indicator", "unknown_name", "no indicator", "the name of a figure, as the template lists it")]
    if entry is None:
        allowed = listed(catalogue.measures, row["indicator"])
        return [problem("indicator", "unknown_name", _unknown("indicator", row, catalogue.measures), allowed)]
    found = [
        problem(column, "unknown_name", _unknown(column, row, allowed), listed(allowed, row[column]))
        for column, allowed in _allowed(row, entry).items()
        if row[column] not in allowed
    ]
    if not is_version(row.get("definition_version", "")):
        found.append(problem("definition_version", "unknown_name", "not the name of a version", VERSIONS))
    found += [problem(column, "number", message, allowed) for column, message, allowed in _number_faults(row)]
    base = catalogue.measures.get(entry.of.partition("/")[0], entry)  # what it is a share of
    if row["measure_type"] == "percent" and base.measure == "count":
        found += [problem(column, "number", "part of a person or a thing", "a whole number") for column in _broken(row)]
    if row.get("agency") and not get_agency(row, catalogue):
        allowed = listed(catalogue.lists["agency"], row["agency"])
        found.append(Problem(file, number, "agency", "not_listed", "warning", NOT_AN_AGENCY, allowed))
    if row["measure_type"] == "percent" and row["value"] == "1" and SIGN not in row and not row["denominator"]:
        found.append(Problem(file, number, "value", "one_or_all", "warning", *ONE_OR_ALL))
    return found + [problem(column, "period", message, allowed) for column, message, allowed in _period_faults(row)]


def _unknown(column: str, row: Mapping[str, str], allowed: Iterable[str]) -> str:
    """Return that a name isn't known, and which, where it is a slip. A category is never repeated: it may be a name."""
    said = quoted_slip(row[column], allowed) if column != "category" else ""
    return f"unknown {column.replace('_', ' ')}{said}"


def get_agency(row: Mapping[str, str], catalogue: Catalogue) -> str:
    """Return the agency that a row names; none that isn't the partnership's, where that lists its own."""
    name, known = row.get("agency", ""), (catalogue.lists or {}).get("agency")
    return name if not known or name in known else ""


def _allowed(row: Mapping[str, str], entry: Measure) -> dict[str, tuple[str, ...]]:
    """Return, for each column of names, what may stand in it."""
    dimension = row["dimension"]
    split = entry.by.get(dimension)
    allowed = {
        "dimension": ("", *(name for name in entry.by if name)),
        "measure_type": tuple(name for name in MEASURE_TYPES if name in entry.measure_types),
        "qualifier": QUALIFIERS,
        "unit": entry.units,
        "period_basis": BASES,
    }
    if dimension and split is None:
        return allowed
    categories = split.categories if split else ()
    return allowed | {"category": categories if dimension else ("", *categories)}


def _number_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for column in NUMBERS:
        text = row[column]
        if (column == "value" and text in SYMBOLS) or (column != "value" and not text):
            continue
        number = parse_number(text)
        if number is None:
            yield column, _no_number(text, column, row["measure_type"]), f"digits, or one of {', '.join(SYMBOLS)}"
        elif fault := _range_fault(column, row, number):
            yield column, *fault
    if bool(row["numerator"]) > bool(row["denominator"]):
        yield "denominator", "a numerator needs its denominator", "a number"
    if row["value"] not in SYMBOLS and parse_number(row["denominator"]) == 0:
        yield "denominator", "a share of nothing", "a number above 0, or the value as [z]"
    if _exceeds(row["numerator"], row["denominator"]):
        yield "numerator", "a numerator is more than its denominator", "at most the denominator"


def _broken(row: Mapping[str, str]) -> Iterator[str]:
    for column in ("numerator", "denominator"):
        number = parse_number(row[column])
        if number is not None and number != int(number):
            yield column


def _no_number(text: str, column: str, kind: str) -> str:
    if not text:
        return "no value"
    if MARKS.get(text) == "dash":
        return "a dash, which doesn't say whether it is zero or missing"
    if sign := _sign_against(text, plain(kind)):
        return f"{sign}, where the row says {kind}"
    return read_value(text, AGGREGATE.column(column)).fault or "not a number"


def _range_fault(column: str, row: Mapping[str, str], number: Decimal) -> tuple[str, str] | None:
    kind = row["measure_type"] if column == "value" else ""
    if number < 0 and not kind.startswith("change"):
        return "a number below zero", "0 or more"
    if kind == "percent" and number > 100:
        return "more than 100 per cent", "0 to 100"
    if kind == "count" and number != int(number):
        return "a count that is no whole number", "a whole number"
    return FRACTION if kind == "percent" and _is_fraction(row, number) else None


def _is_fraction(row: Mapping[str, str], number: Decimal) -> bool:
    """Whether a percentage below 1, without its sign, isn't what its numerator and denominator give, or lacks them."""
    top, bottom = parse_number(row["numerator"]), parse_number(row["denominator"])
    if not 0 < number < 1 or SIGN in row:
        return False
    return not (top and bottom) or abs(100 * top / bottom - number) > 1


def _exceeds(numerator: str, denominator: str) -> bool:
    top, bottom = parse_number(numerator), parse_number(denominator)
    return top is not None and bottom is not None and top > bottom


def _period_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    bad = [(column, *_no_day(row[column])) for column in DATES if row[column] and not _is_day(row[column])]
    yield from bad
    if not bad and row["period_basis"] in BASES:
        try:
            period_of(row)
        except ValueError as error:
            yield "period_basis", str(error), "dates that agree with the basis"


def _is_day(text: str) -> bool:
    return FIRST_DAY <= (parse_day(text) or date.min) <= LAST_DAY


def _no_day(text: str) -> tuple[str, str]:
    """Return why a text is no day, and what to write."""
    if re.fullmatch(r"\d{4}([-/]\d{2,4})?", text):
        return "a year, where a day belongs", "the first and the last day, like 2023-04-01 and 2024-03-31"
    if re.fullmatch(r"[A-Za-z]{3,9}[- ]?\d{2,4}|\d{1,2}[-/]\d{4}|\d{4}-\d{2}", text):
        return "a month, where a day belongs", "the first and the last day, like 2023-04-01 and 2023-04-30"
    if parse_day(text):
        return "a day before 1900 or after 2100", "a day of the report's year"
    return "not a date", "yyyy-mm-dd or dd/mm/yyyy"


def parse_number(text: str) -> Decimal | None:
    """Return a plain decimal number, or None. Thousands separators and exponents are refused."""
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", text) else None


def parse_day(text: str) -> date | None:
    """Return a day in ISO form, or None."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def period_of(row: Mapping[str, str]) -> Period:
    """Return the period of a row. ValueError where its dates and its basis contradict each other."""
    return Period(parse_day(row["period_start"]), parse_day(row["period_end"]), row["period_basis"])
