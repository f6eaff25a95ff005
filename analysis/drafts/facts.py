"""The statistics that a draft is held against: rows of any table in the form of `statistics.csv`, as facts."""

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from analysis.drafts.columns import find_columns
from analysis.drafts.names import name_numerals
from analysis.drafts.numerals import NUMBER, find_numerals, read_scale
from analysis.drafts.periods import SPAN, Span, find_periods, read_period
from analysis.errors import DataError
from analysis.methods.rounding import round_half_up

PERCENT = re.compile(r"^(?:%|per ?cent.*|percentages?.*|pct|proportion.*|share.*)$", re.IGNORECASE)
RATE = re.compile(r"\bper[ _]", re.IGNORECASE)
MONEY = re.compile(r"£|\bgbp\b|pounds?\b", re.IGNORECASE)
TIME = re.compile(r"^(?:working[ _])?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)$", re.IGNORECASE)
HEAD = 120  # letters of a comparison in which its number stands
HIDDEN = ("suppressed", "hidden", "confidential")
WHOLE = re.compile(r"total|overall|all(?: (?!other).*)?|persons|both sexes|none|n/a|-|", re.IGNORECASE)
SYMBOLS = re.compile(r"^\[?(?:c|low|x|z|\*|k|u|\.\.?|:|-|supp\w*|<\s?\d+)\]?$", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """One row of the table. `value` is None where the table doesn't show it (`hidden` where that protects people);
    `names` are the ways in which the table says what is measured; `kind` is count, percent, rate, amount, time, mean or
    change; `told` is its statement without the figures."""

    id: str
    names: tuple[str, ...]
    indicator: str
    dimension: str
    category: str
    value: float | None
    kind: str
    unit: str
    period: Span | None
    place: str = ""
    qualifier: str = ""
    hidden: bool = False
    decimals: int = 0
    scale: float = 1.0
    numerator: float | None = None
    denominator: float | None = None
    broken: str = ""
    earlier: bool = False
    told: str = ""
    statement: str = ""

    @cached_property
    def measure(self) -> tuple[str, str, str]:
        """What it measures, whatever the category, period and place."""
        return (self.indicator, self.kind, "" if self.kind != "count" else self.unit)

    @property
    def key(self) -> tuple[str, Span | None]:
        """What tells it from every other: an earlier figure bears the id of its row."""
        return (self.id, self.period)

    @cached_property
    def series(self) -> tuple:
        """What it measures of which category and place, whatever the period."""
        return (self.measure, self.dimension, self.category, self.place)

    def is_split_as(self, other: "Fact") -> bool:
        """Whether it is of the same split, period and place."""
        return (self.dimension, self.period, self.place) == (other.dimension, other.period, other.place)

    @property
    def display(self) -> str:
        """The value as a sentence would print it."""
        if self.value is None:
            return ""
        shown = self.value / self.scale
        number = f"{shown:,.0f}" if shown == int(shown) else f"{shown:,.{max(self.decimals, 1)}f}"
        scale = {1e6: " million", 1e9: " billion", 1e3: " thousand"}.get(self.scale, "")
        return (
            f"{number}%" if self.kind == "percent" else f"£{number}{scale}" if self.kind == "amount" else number + scale
        )


def read_facts(path: Path) -> list[Fact]:
    """Return the facts of a table: CSV, or JSON as a list of rows. Raises DataError for a file without the columns."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = json.loads(text) if path.suffix.lower() == ".json" else list(csv.DictReader(text.splitlines(True)))
    except (OSError, ValueError, csv.Error) as error:
        raise DataError(
            f"{path.name}: no table that can be read ({type(error).__name__}); allowed: CSV or JSON"
        ) from error
    if isinstance(rows, dict):
        rows = rows.get("statistics") or rows.get("rows") or []
    return make_facts([{str(k).strip().lower(): v for k, v in row.items() if k} for row in rows], path.name)


def make_facts(rows: list[dict], name: str) -> list[Fact]:
    """Return the facts of rows in the form of statistics.csv. Raises DataError where a needed column is missing."""
    columns = find_columns(rows, name)
    facts = [make_fact(row, columns) for row in rows]
    return add_earlier(facts, rows, columns)


def make_fact(row: dict, columns: dict[str, list[str]]) -> Fact:
    """Return one row as a fact."""
    get = {
        key: next((str(row[n]).strip() for n in names if row.get(n) not in (None, "")), "")
        for key, names in columns.items()
    }
    unit = get["unit"].replace("_", " ")
    value, scale, decimals = read_value(get["value"], unit)
    statement = get["statement"]
    names = [str(row[n]) for n in columns["words"] if row.get(n) and n not in ("statement", "indicator", "measure")]
    names += [row[n].replace("_", " ") for n in columns["indicator"] if row.get(n)]
    told = tuple(get[key].removesuffix(".0") for key in ("value", "numerator", "denominator"))
    bare = bare_statement(statement, told) if statement else ""
    names.append(bare)
    period = read_span(get)
    splits = {n: words for n in columns["splits"] if (words := name_part(str(row.get(n) or "")))}
    return Fact(
        id=get["id"],
        names=tuple(dict.fromkeys(n for n in names if n)),
        indicator=get["indicator"] or get["words"],
        dimension=(get["dimension"] or " ".join(splits)).replace("_", " "),
        category=", ".join(filter(None, (read_category(get), *splits.values()))),
        value=value,
        kind=name_kind(get["kind"], unit, get["value"], " ".join(names)),
        unit=unit,
        period=period,
        place=get["place"],
        qualifier=get["qualifier"] if get["qualifier"] != "exact" else "",
        hidden=value is None
        and (
            get["status"] in HIDDEN or get["symbol"] in ("[c]", "[low]", "c") or SYMBOLS.match(get["value"]) is not None
        ),
        decimals=decimals,
        scale=scale,
        numerator=read_number(get["numerator"]),
        denominator=read_number(get["denominator"]),
        broken=name_break(get["comparison"]),
        told=bare,
        statement=statement,
    )


def read_number(text: str) -> float | None:
    """Return a cell's number; None where it holds none."""
    try:
        return float(text.replace(",", "").replace("£", "").rstrip("%").strip())
    except ValueError:
        return None


def read_value(text: str, unit: str) -> tuple[float | None, float, int]:
    """Return a value in whole units, what it was multiplied by, and its decimals."""
    number = read_number(text)
    found = re.search(r"\b(million|billion|thousand)s?\b|£(m|bn|k)\b|\b(\d+)s\b", unit, re.IGNORECASE)
    word = (found[1] or found[2]) if found and not RATE.search(unit) else ""
    scale = read_scale(word)
    decimals = len(text.strip().rstrip("%").partition(".")[2])
    return (None if number is None else round_half_up(number * scale, 6)), scale, decimals


def name_kind(kind: str, unit: str, value: str, words: str) -> str:
    """Return what sort of number a row holds, from its type, else its unit, else the value's sign."""
    if kind.startswith("change"):
        return "change"
    if PERCENT.match(unit) or value.strip().endswith("%") or kind == "percent":
        return "percent"
    if MONEY.search(unit) or value.startswith("£") or kind == "amount":
        return "amount"
    if RATE.search(unit):
        return "rate"
    if kind in ("duration", "median", "mean") or (
        TIME.match(unit) and not re.search(r"\bhours\b|\bbed days\b", f"{unit} {words}")
    ):
        return "time" if TIME.match(unit) else "mean"
    return "mean" if unit.lower() in ("ratio", "score", "index", "points") else "count"


def read_span(get: dict) -> Span | None:
    """Return a row's period: its two dates, else the words of its column."""
    if get["basis"] == "unclear" or "not stated" in get["period"]:
        return None
    end, start = read_period(get["end"]), read_period(get["start"])
    if end and (start or get["basis"] in ("snapshot", "other", "")):
        return Span(start.start if start and get["basis"] != "snapshot" else end.end, end.end)
    return read_period(get["period"])


def read_category(get: dict) -> str:
    """Return the category in words; none where it repeats the period ('2023-09') or says total."""
    category = get["category"].replace("_", " ")
    named = find_periods(category)
    if named and named[0].span.start and named[0].end - named[0].start >= len(category) - 2:
        return ""
    return name_part(category)


def name_part(category: str) -> str:
    """Return a category in words; none where it is the whole: "Total", "All ages", "Persons"."""
    return "" if WHOLE.fullmatch(category.strip()) else category.strip().replace("_", " ")


def bare_statement(statement: str, told: tuple[str, ...] = ()) -> str:
    """Return what a statement is about: its first sentence without the figures told in it, their base and period."""
    first = re.split(r"(?<=[a-z0-9)%”])\. (?=[A-Z])", statement)[0]
    first = NUMBER.sub(
        lambda f: " " if f["digits"].replace(",", "") in told or f["sign"] or f["money"] else f[0], SPAN.sub(" ", first)
    )
    first = re.sub(r"\((?:[^()]*(?:not stated|not given|not shown)[^()]*|of\W*|\W*of\W*)\)|\(\s*\)", " ", first)
    return re.sub(r"\bis not shown, to protect people\b|\bThere (?:were|was)\b|\s+", " ", first).strip(" .")


def name_break(comparison: str) -> str:
    """Return why a row's table refuses a comparison with an earlier one; empty where it doesn't."""
    found = re.search(r"not compar(?:able|ed)[^.;]*(?:: [^.]*)?", comparison)
    return found[0] if found else ""


def add_earlier(facts: list[Fact], rows: list[dict], columns: dict[str, list[str]]) -> list[Fact]:
    """Return the facts with those that rows tell of an earlier period in their `comparison`."""
    held = {(f.series, f.period) for f in facts}
    found = []
    for fact, row in zip(facts, rows, strict=True):
        for name in columns["comparison"]:
            earlier = read_earlier(fact, str(row.get(name) or ""))
            if earlier and (earlier.series, earlier.period) not in held:
                found.append(earlier)
    return [*facts, *found]


def read_earlier(fact: Fact, words: str) -> Fact | None:
    """Return the fact of an earlier period that a comparison begins with: 'Against 364 at 31 March 2023: …'."""
    head = words[:HEAD]
    numerals = find_numerals(head) if words.startswith(("Against", "Earlier figure")) else []
    excuses = name_numerals(head, numerals)
    numerals = [n for n in numerals if n not in excuses]
    periods = [n.span for n in find_periods(words) if n.span.start] if numerals else []
    if not periods or numerals[0].start > 30:
        return None
    span = read_period(words.split(":")[0].split(";")[0]) or periods[0]
    return replace(
        fact,
        value=numerals[0].value,
        decimals=numerals[0].decimals,
        scale=numerals[0].scale,
        period=span,
        earlier=True,
        hidden=False,
        numerator=None,
        denominator=None,
        qualifier="",
        broken="",
        statement="",
    )


def read_release(rows: Iterable[dict], officials: Iterable = (), home: str = "") -> list[Fact]:
    """Return the facts of a release's statistics as `figures.model.export` writes them, and those of places that its
    official figures hold: of the place at home where no return gave the figure."""
    own = [{k: str(v) for k, v in row.items()} for row in rows]
    beside = [
        {
            "statistic_id": f"official.{o.comparator}.{place.name.lower().replace(' ', '-')}",
            "title": o.title,
            "indicator": o.comparator,
            "value": str(place.value),
            "unit": o.unit,
            "period": place.period,
            "geography": place.name,
        }
        for o in officials
        for place in o.places
        if place.value is not None and (place.name != home or not o.returned)
    ]
    return make_facts([*own, *beside], "the release") if own else []
