"""What follows from a measure's record and stands nowhere else: its words, units, measure types and splits."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.errors import DataError, unknown
from analysis.measures.terms import COUNTED, Vocabulary
from analysis.measures.words import make_small, name_one, place_near, put_inside

MONTH = "month"
PART = "{part}"  # the place of a category in the words of a measure
WORDS = ("noun", "noun_one", "share")
MEASURE_OF_UNIT = {
    "count": "count",
    "people": "count",
    "percent": "percent",
    "rate": "rate",
    "money": "amount",
    "duration": "median",
    "score": "mean",
}
CHANGES = ("change_absolute", "change_percent")
OF_CHANGES = ("percent", "percentage_points")
RATES = {"children": "per_10000", "adults": "per_100000"}  # the unit of a rate for each population
SEXES = {"children": {"{boys}": "boys", "{girls}": "girls"}, "adults": {"{boys}": "men", "{girls}": "women"}}
# Populations of what people arrange, hold or write: more or fewer of them is a decision.
ARRANGED = ("organisations", "meetings", "events", "places", "tools", "documents", "staff")
NOT_RECORDED = "not recorded"
NOT_LISTED = "not on the list"  # what the partnership's own list of a dimension doesn't have
# Categories of whom nothing is known.
NO_GROUP = (NOT_RECORDED, NOT_LISTED, "not known", "refused", "not stated", "unknown")
Table = Mapping[str, Any]
Codes = Mapping[str, Mapping[str, str]]  # the label of each code of each list


def complete(
    name: str, record: Table, splits: Mapping[str, Table], vocabulary: Vocabulary, codes: Codes
) -> dict[str, Any]:
    """Return the record of a measure with all that follows from it. `splits` are those that measures share.

    Raises DataError for a split, a list of codes or a unit that isn't known.
    """
    record = {**record, "id": name}
    unit, units = record.get("unit", "percent"), vocabulary.units
    if unit not in units:
        raise DataError(f"{name}: {unknown('unit', unit, units)}")
    kind, title = units[unit].kind, record.get("title", "")
    record["noun"] = record.get("noun") or put_inside(title)
    singulars = vocabulary.singulars if kind in COUNTED or "count" in record.get("also", ()) else {}
    record = _name_one(record, singulars)
    words = {word: record.get(word, "") for word in WORDS}
    listed = {key: _part_off(own, kind, record) for key, own in _list_splits(name, record, splits).items()}
    by = {key: _split(name, key, _name_one(own, singulars), title, words, codes) for key, own in listed.items()}
    whole = {word: text.replace(f" {PART}", "") for word, text in words.items()}
    record |= {**whole, "unit": unit, "by": by, "measure": record.get("measure", MEASURE_OF_UNIT[kind])}
    record["counts_people"] = kind == "people"
    term = vocabulary.terms.get(record.get("term", ""))
    record["is_arranged"] = bool(term) and term.population in ARRANGED
    record["measure_types"] = list(_list_types(record))
    record["units"] = list(_list_units(record))
    return {key: value for key, value in record.items() if key not in ("splits", "also", "about")}


def _name_one(table: Table, singulars: Mapping[str, str]) -> dict[str, Any]:
    """Return a table with how its noun reads of one, where it has a noun and doesn't say so itself."""
    return {"noun_one": name_one(table["noun"], singulars), **table} if "noun" in table else {**table}


def _list_splits(name: str, record: Table, splits: Mapping[str, Table]) -> dict[str, Table]:
    """Return the measure's splits by dimension, in order: those that it shares, and its own or what it changes."""
    own = record.get("by", {})
    listed = {}
    for key in (*record.get("splits", ()), *own):
        if key not in splits and key not in own:
            raise DataError(f"{name}: {unknown('split', key, splits)}")
        base = {"dimension": key, **splits.get(key, {}), **own.get(key, {})}
        listed[base["dimension"]] = base
    return listed


def _split(measure: str, key: str, table: Table, title: str, words: Table, codes: Codes) -> dict[str, Any]:
    """Return a split with its words: of a part they always name the part, so that it can't pass for the whole."""
    name = table.get("name") or key.replace("_", " ")
    if not key and not table.get("noun"):
        raise DataError(f"{measure}: a split without a dimension needs a noun that says what its categories are")
    title = f"{title} by {name}" if key else title
    near = place_near if table.get("near") else lambda text, _: text
    part = {word: _place_part(near(text, PART), month=key == MONTH) for word, text in words.items() if text}
    table = {key: value for key, value in table.items() if key != "near"}
    coded = get_codes(measure, table["codes"], codes) if "codes" in table else None
    categories = table.get("categories") or list_categories(coded or {}, table.get("missing", NOT_RECORDED))
    if not categories and coded is None:  # categories are those found; agencies that are named by code read as called
        table = {**table, "words": {**names_of_agencies(codes), **table.get("words", {})}}
    return {"title": title, **part, **table, "codes": coded, "categories": list(categories)}


def _part_off(table: Table, kind: str, record: Table) -> dict[str, Any]:
    """Return a split with how its categories follow what is counted, for people or else: of what nobody knows that it
    isn't known, and the name of the split before a category where nobody said how it reads."""
    table = {**table}
    people, name = kind == "people", table.get("name") or table["dimension"].replace("_", " ")
    spoken = name.removesuffix(" band")
    own = {key: table.pop(key, "") for key in ("part_of_people", "part")}
    of_people = table.pop("parts_of_people", {})
    table["near"] = people and table.get("near", False)
    part = (own["part_of_people"] if people else own["part"]) or own["part"]
    worded = (
        part or table["dimension"] in ("", MONTH) or any(table.get(key) for key in ("noun", "share", "said", "parts"))
    )
    if not worded:
        raise DataError(
            f"{record['id']}: split {table['dimension']!r} needs `part`, how a category follows what is counted"
        )
    part = part or f"({name}: {{category}})"
    unknown = f"whose {spoken} was" if people else f"for which the {spoken} was"
    unknowns = {category: f"{unknown} {category}" for category in NO_GROUP}
    parts = {"": part, **unknowns, **table.get("parts", {}), **(of_people if people else {})}
    whom = record.get("per", "children")
    called = {"{whom}": whom, **SEXES[whom]}
    about = record.get("about", "about")
    parts = {category: _say_whom(text, called, about) for category, text in parts.items()}
    return {**table, "part": parts.pop(""), "parts": parts}


def _say_whom(text: str, called: Mapping[str, str], about: str) -> str:
    """Return how a category follows what is counted, with whom it is about, or what it is "for"."""
    for place, name in called.items():
        text = text.replace(place, name)
    return text.replace("about ", f"{about} ", 1)


def _place_part(text: str, *, month: bool) -> str:
    """Return words of a measure with the place where a category of a split stands in them; of a month, whose period
    says it, without."""
    if month:
        return text.replace(f" {PART}", "")
    return text if PART in text else f"{text} {PART}"


def names_of_agencies(codes: Codes) -> dict[str, str]:
    """Return the words of each agency's code inside a sentence."""
    return {code: label[:1].lower() + label[1:] for code, label in codes.get("agency", {}).items()}


def get_codes(measure: str, given: str | Sequence | Mapping, lists: Codes) -> dict[str, str]:
    """Return the category of each code: of a list by its name, of codes that read as they are, or of categories with
    their codes."""
    if isinstance(given, str):
        if given not in lists:
            raise DataError(f"{measure}: {unknown('code list', given, lists)}")
        return {code: make_small(label) for code, label in lists[given].items()}
    if isinstance(given, Mapping):
        pairs = ((codes if isinstance(codes, list) else [codes], category) for category, codes in given.items())
        return {code: category for codes, category in pairs for code in codes}
    return {code: code.replace("_", " ") for code in given}


def list_categories(codes: Mapping[str, str], missing: str) -> list[str]:
    """Return the categories of codes in order, that of a missing code last, none twice."""
    return [name for name in dict.fromkeys([*codes.values(), missing]) if name] if codes else []


def _list_types(record: Table) -> tuple[str, ...]:
    """Return the measure types that its figures may have: its own, its rate, its share of a whole, its changes."""
    shares = [record["share"], *(split.get("share") for split in record["by"].values())]
    types = (
        record["measure"],
        *(["rate"] if record.get("per") else []),
        *(["percent"] if any(shares) and record["measure"] == "count" else []),
        *record.get("also", ()),
        *CHANGES,
    )
    return tuple(dict.fromkeys(types))


def _list_units(record: Table) -> tuple[str, ...]:
    """Return the units that its figures may have."""
    rate = RATES[record["per"]] if record.get("per") else ""
    return tuple(dict.fromkeys(filter(None, (record["unit"], rate, *record.get("units", ()), *OF_CHANGES))))
