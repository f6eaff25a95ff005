"""Drafts about other publishers' statistics, for the benchmark of `verify`: phrasing written apart from the rules.

Every template, name and distractor stands in one of four lists (`SETS`): the first was seen while the rules were
written; each other was written and run when they stood, and looked at only after that. A number in a template is marked
`[value|label|id|kind]`, where the label is `s` (supported), `c` (contradicted, with the kind of error) or `n` (no
statistic of the table).
"""

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent / "drafts"
YEARS = ("2023-24", "2022-23")
MARK = re.compile(r"\[([^|\[\]]+)\|([scn])\|([^|\]]*)\|([^|\]]*)\]")
UNITS = {"days": " days", "cases": " cases", "pounds": "£", "million pounds": "£m"}
MONEY = ("pounds", "million pounds")
FRACTIONS = ((25, "a quarter"), (33.3, "a third"), (50, "half"), (66.7, "two thirds"), (75, "three quarters"))
RISEN = {"rose": "fell", "up": "down", "more": "fewer", "increased": "decreased", "rise": "fall", "climbed": "dropped",
         "higher": "lower"}  # fmt: skip

COUNT = (
    [
        "In {Y0} there were {v0} {name}.",
        "The number of {name} stood at {v0} in {Y0}.",
        "We had {v0} {name} over the year, and the service coped well.",
        "The number of {name} {rose} from {v1} in {Y1} to {v0} in {Y0}.",
        "There were {v0} {name} in {Y0}, {up} from {v1} the year before.",
        "There were {d} {more} {name} in {Y0} than in {Y1}.",
        "{Name} {increased} by {p}% compared with {Y1}.",
        "{about} {name} were recorded in {Y0}.",
    ],
    [
        "{Y0} saw {v0} {name}.",
        "{Name} came to {v0} in the twelve months to March 2024.",
        "The total for {Y0} was {v0} {name}, which is in line with what we had planned for.",
        "Compared with {v1} a year earlier, {v0} {name} is a {rise} of {p} per cent.",
        "{Name}: {v0} ({Y1}: {v1}).",
        "Having been {v1} in {Y1}, the number of {name} {climbed} to {v0}.",
        "A {rise} of {d} took the number of {name} to {v0}.",
        "Year on year, {name} were {up} {p}%, at {v0}.",
        "We counted {about} {name}.",
        "Demand has not let up: our teams dealt with {v0} {name}, and this compares with {v1} in {Y1}.",
    ],
    [
        "Altogether {v0} {name} were counted in {Y0}, where a year earlier it had been {v1}.",
        "The data show {v0} {name} between April 2023 and March 2024.",
        "We saw {d} {more} {name} than the year before, bringing the total to {v0}.",
        "{Name} were {up} by {p}% on {Y1}.",
        "From {v1} in {Y1}, {name} have gone {up} to {v0}.",
        "Members will note that {about} {name} came to our attention in {Y0}.",
        "There has been a {rise} in {name}, from {v1} to {v0}.",
        "In total, {v0} {name} ({Y1}: {v1}) were reported to the board.",
        "With {v0} {name} in {Y0}, demand was {higher} than in {Y1}, when there were {v1}.",
    ],
    [
        "{v0} {name}: that is the figure for {Y0}, and it compares with {v1} the previous year.",
        "Numbers of {name} {rose} again, this time by {p}%, to reach {v0}.",
        "Last year's report gave {v1} {name}; this year there were {v0}.",
        "{Name} went {up} by {d} between {Y1} and {Y0}.",
        "By the end of {Y0} we had recorded {v0} {name}.",
        "An {p}% {rise} was seen in {name}.",
        "The borough had {about} {name}.",
        "There were {d} {more} {name} (from {v1} to {v0}).",
    ],
)
PERCENT = (
    [
        "In {Y0}, {v0}% {name}.",
        "Some {v0} per cent {name}.",
        "{v0}% {name}, {up} from {v1}% in {Y1}.",
        "In {Y0} {v0}% {name}, which is {pp} percentage points {higher} than the year before.",
        "{fraction} {name}.",
    ],
    [
        "Over the year {v0}% {name}, against {v1}% previously.",
        "We are pleased to report that {v0}% {name}.",
        "Last year {v1}% {name}; that has {rose} by {pp} percentage points to {v0}%.",
        "In the year to March 2024 {fraction} {name}.",
        "Figures for {Y0} show that {v0} per cent {name}, and {v1} per cent in {Y1}.",
    ],
    [
        "Just over the year, {v0}% {name} ({v1}% in {Y1}).",
        "According to the latest figures {v0} per cent {name}.",
        "{v0}% {name} in {Y0}, compared to {v1}% in {Y1}.",
        "Performance {rose} by {pp} percentage points: {v0}% {name}.",
        "It is a concern that {fraction} {name}.",
        "We report that {v0}% {name}, {up} {pp} percentage points on {Y1}.",
    ],
    [
        "{v0}% {name}, up or down on nothing in particular.",
        "In {Y1}, {v1}% {name}; in {Y0} it was {v0}%.",
        "The share is {v0}%: that is, {v0} per cent {name}.",
        "Fully {v0}% {name}, {pp} points {higher} than the {v1}% of {Y1}.",
        "{fraction} {name}, according to our returns.",
    ],
)
OTHER = (
    [
        "{Name} was {u0} in {Y0}.",
        "{Name} {rose} to {u0} from {u1} in {Y1}.",
    ],
    [
        "At {u0}, {name} was {higher} than in {Y1} ({u1}).",
        "{Name}, which had been {u1} the year before, is now {u0}.",
        "In {Y0} we saw {name} reach {u0}.",
    ],
    [
        "{Name} stood at {u0}, against {u1} in {Y1}.",
        "Over the twelve months {name} {rose} from {u1} to {u0}.",
        "Our data for {Y0} put {name} at {u0}.",
    ],
    [
        "In {Y0}, {name} came in at {u0} ({Y1}: {u1}).",
        "{Name} {rose} from {u1} to {u0}.",
        "We put {name} at {u0}.",
    ],
)
SPLIT = (
    [
        "Of the {t0} {name}, {s0} were in the group {c0}.",
        "By {dimension}, the {name} were: {c0} {s0}, {c1} {s1} and {c2} {s2}.",
        "{Name} ({c0}) numbered {s0}, which is {share}% of the total.",
    ],
    [
        "The largest group of {name} was {c0}, with {s0}; {c1} came next at {s1}.",
        "{C0} made up {share}% of {name}.",
        "Among the {name}, {s0} came under {c0} and {s1} under {c1}.",
        "| {dimension} | {Name} {Y0} |\n|---|---|\n| {c0} | {s0} |\n| {c1} | {s1} |\n| {c2} | {s2} |\n| Total | {t0} |",
    ],
    [
        "Of {t0} {name}, {s0} ({share}%) were {c0} and {s1} were {c1}.",
        "{C0} accounts for {s0} of the {t0} {name}, followed by {c1} ({s1}) and {c2} ({s2}).",
        "The {name} break down as {s0} {c0}, {s1} {c1} and {s2} {c2}.",
    ],
    [
        "{s0} of the {t0} {name} were {c0}; {s1} were {c1}.",
        "Looking at {dimension}, {c0} had {s0} {name} and {c1} had {s1}.",
        "{C0}: {s0}. {c1}: {s1}. All {name}: {t0}.",
    ],
)
SETS = ("seen", "second", "third", "fourth")
ERRORS = ("value", "direction", "points", "year", "category", "base", "rounding", "qualifier")


@dataclass(frozen=True)
class Draft:
    """A text, the statistics it is about, and the numbers in it: (start, text, label, id, kind)."""

    text: str
    statistics: list[dict]
    marks: list[tuple[int, str, str, str, str]]


def make_draft(seed: int, kind: str, *, errors: float = 0.2) -> Draft:
    """Return one draft of a set, of 50 to 100 numbers; `errors` is the share of sentences that get one planted."""
    rng = random.Random(seed)  # noqa: S311
    publishers = [p for p in read_publishers().items() if p[1].get("set", SETS[0]) == kind]
    statistics, blocks = [], []
    for name, publisher in publishers:
        rows = [make_measure(rng, measure) for measure in publisher["measures"]]
        statistics += [row for made in rows for row in made["rows"]]
        blocks += [f"## {name.replace('_', ' ').capitalize()}"]
        blocks += write_paragraphs(rng, rng.sample(rows, len(rows)), SETS.index(kind), errors=errors)
    return read_marks("\n\n".join(["# Annual report 2023-24", *blocks]), statistics)


def read_publishers() -> dict:
    """Return the publishers of `measures.toml`."""
    return tomllib.loads((HERE / "measures.toml").read_text(encoding="utf-8"))


def read_distractors(number: int) -> list[str]:
    """Return the sentences whose numbers are no statistics."""
    parts = (HERE / "distractors.txt").read_text(encoding="utf-8").split("----\n")
    lines = parts[number].splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def make_measure(rng: random.Random, measure: dict) -> dict:
    """Return a measure with its rows of two years, and of its splits for the later one."""
    unit, typical = measure["unit"], measure["typical"]
    later = draw(rng, unit, typical)
    earlier = draw(rng, unit, typical)
    while abs(later - earlier) < 0.03 * later:
        earlier = draw(rng, unit, typical)
    rows = [row_of(measure, "", "", later, YEARS[0]), row_of(measure, "", "", earlier, YEARS[1])]
    for dimension, categories in measure.get("splits", {}).items():
        parts = divide(rng, int(later), len(categories))
        rows += [row_of(measure, dimension, c, part, YEARS[0]) for c, part in zip(categories, parts, strict=True)]
    return {"measure": measure, "rows": rows, "v0": later, "v1": earlier}


def draw(rng: random.Random, unit: str, typical: float) -> float:
    """Return a value near what is typical, in the precision of its unit."""
    value = typical * rng.uniform(0.75, 1.3)
    if unit == "percent":
        return round(min(value, 97.3), 1)
    return round(value, 1) if isinstance(typical, float) or unit.startswith("per ") else int(value)


def divide(rng: random.Random, total: int, parts: int) -> list[int]:
    """Return a total in so many different parts, largest first."""
    weights = sorted((rng.uniform(0.5, 2) ** 2 for _ in range(parts)), reverse=True)
    made = [int(total * weight / sum(weights)) for weight in weights]
    made[0] += total - sum(made)
    return made if len({*made}) == parts else divide(rng, total, parts)


def row_of(measure: dict, dimension: str, category: str, value: float, period: str) -> dict:
    """Return one row of a table in the least form of statistics.csv."""
    identity = ".".join(part for part in (measure["id"], category.replace(" ", "-"), period) if part)
    return {"id": identity, "words": measure["words"], "dimension": dimension, "category": category, "value": value,
            "unit": measure["unit"], "period": period}  # fmt: skip


def write_paragraphs(rng: random.Random, rows: list[dict], number: int, *, errors: float) -> list[str]:
    """Return paragraphs of a few sentences, one or two a measure, with distractors between them."""
    sentences, distractors = [], read_distractors(number)
    for row in rows:
        kinds = [name_kind(row), "split"] if row["measure"].get("splits") else [name_kind(row)]
        for kind in kinds:
            sentences.append(write_sentence(rng, row, kind, number, error=rng.random() < errors))
        if rng.random() < 0.5:
            sentences.append(mark_distractor(rng.choice(distractors)))
    paragraphs, at = [], 0
    while at < len(sentences):
        size = 1 if sentences[at].startswith("|") else rng.randint(1, 4)
        chosen = sentences[at : at + size]
        tables = [s for s in chosen if s.startswith("|")]
        paragraphs += [" ".join(s for s in chosen if s not in tables), *tables]
        at += size
    return [paragraph for paragraph in paragraphs if paragraph]


def name_kind(row: dict) -> str:
    """Return which list of templates suits a measure."""
    unit = row["measure"]["unit"]
    if unit == "percent":
        return "percent"
    return (
        "other"
        if isinstance(row["v0"], float) or unit in (*MONEY, "days") and "Bed" not in row["measure"]["words"]
        else "count"
    )


def mark_distractor(sentence: str) -> str:
    """Return a sentence with its digits marked as no statistic."""
    return re.sub(r"\d[\d,.]*\d|\d", lambda found: f"[{found[0]}|n||]", sentence)


def write_sentence(rng: random.Random, row: dict, kind: str, number: int, *, error: bool) -> str:
    """Return a sentence about a measure; with `error`, one of its facts is made wrong in a way the template allows."""
    lists = {"count": COUNT, "percent": PERCENT, "other": OTHER, "split": SPLIT}[kind]
    template = rng.choice(lists[number])
    possible = [name for name in ERRORS if allows(template, name, row)]
    planted = rng.choice(possible) if error and possible else ""
    if planted == "points":
        template = template.replace("percentage points", "per cent")
    fields = fill(rng, row, template, planted, number)
    text = template.format(**fields)
    return text if text.startswith("|") or text.startswith("[") else text[0].upper() + text[1:]


def allows(template: str, error: str, row: dict) -> bool:
    """Whether an error of a kind can be planted in a sentence of a template."""
    needs = {
        "value": ("{v0}", "{u0}", "{s0}", "{d}", "{p}", "{share}"),
        "direction": tuple(slot(word) for word in RISEN),
        "points": ("percentage points",),
        "year": ("{v0}", "{u0}"),
        "category": ("{c0} {s0}", "{s0} came under", "{s0} were in", "| {c0} | {s0}"),
        "base": ("{share}",),
        "rounding": ("{share}", "{p}", "{v0}%", "{v0} per cent"),
        "qualifier": ("{about}", "{fraction}"),
    }[error]
    if error == "year" and ("{v1}" in template or "{u1}" in template):
        return False
    return any(need in template for need in needs)


def fill(rng: random.Random, row: dict, template: str, planted: str, number: int) -> dict:
    """Return the words of a template's fields, marked."""
    measure, unit, v0, v1 = row["measure"], row["measure"]["unit"], row["v0"], row["v1"]
    ids = [r["id"] for r in row["rows"]]
    name = measure["said"][min(number, len(measure["said"]) - 1)]
    grown = v0 > v1
    shown = rng.choice((0, 1)) if unit == "percent" else None
    change, relative = abs(v0 - v1), abs(v0 - v1) / v1 * 100
    splits = [r for r in row["rows"] if r["category"]]
    slots = {
        "v0": (v0, ids[0]), "v1": (v1, ids[1]), "u0": (v0, ids[0]), "u1": (v1, ids[1]), "t0": (v0, ids[0]),
        "d": (round(change, 1), ids[0]), "p": (round(relative, rng.choice((0, 1))), ids[0]),
        "pp": (round(change, 1), ids[0]),
    }  # fmt: skip
    for place, split in enumerate(splits[:3]):
        slots[f"s{place}"] = (split["value"], split["id"])
    if splits:
        slots["share"] = (round(splits[0]["value"] / v0 * 100, rng.choice((0, 1))), splits[0]["id"])
    wrong = pick_wrong(rng, template, planted, slots, row)
    fields = {key: write_number(key, value, unit, identity, shown, wrong) for key, (value, identity) in slots.items()}
    flip = planted == "direction"
    for up, down in RISEN.items():
        fields[up] = up if grown != flip else down
    if flip:  # the number that the direction is told of carries the mark
        carrier = next(key for key in ("d", "p", "pp", "v0", "u0") if slot(key) in template)
        fields[carrier] = fields[carrier].replace("|s|", "|c|").replace("|]", "|direction]")
    if planted == "points":
        fields["pp"] = fields["pp"].replace("|s|", "|c|").replace("|]", "|points]")
    fields |= {f"c{n}": split["category"] for n, split in enumerate(splits[:3])}
    fields |= {"C0": splits[0]["category"].capitalize(), "dimension": splits[0]["dimension"]} if splits else {}
    fields |= {"name": name, "Name": name[0].upper() + name[1:], "Y0": "[2023-24|n||]", "Y1": "[2022-23|n||]"}
    fields["about"] = write_about(rng, v0, ids[0], planted == "qualifier")
    fields["fraction"] = write_fraction(v0, ids[0], planted == "qualifier") if unit == "percent" else ""
    return fields


def slot(name: str) -> str:
    """Return a field as it stands in a template."""
    return "{" + name + "}"


def pick_wrong(rng: random.Random, template: str, planted: str, slots: dict, row: dict) -> dict[str, tuple[float, str]]:
    """Return the fields that get a wrong number: the number and the kind of error."""
    present = [key for key in slots if slot(key) in template]
    if planted == "value":
        key = rng.choice([k for k in present if k in ("v0", "u0", "s0", "d", "p", "share", "v1", "u1", "s1")])
        return {key: (mistype(rng, slots[key][0]), "value")}
    if planted == "year":
        key = next(k for k in ("v0", "u0") if k in present)
        return {key: (row["v1"], "year")}
    if planted == "category" and "s1" in slots:
        return {"s0": (slots["s1"][0], "category")}
    if planted == "base":
        return {"share": (round(slots["s0"][0] / (row["v0"] * 0.62) * 100, 1), "base")}
    if planted == "rounding":
        key = next(k for k in ("share", "p", "v0") if k in present)
        return {key: (round(slots[key][0] + rng.choice((-1, 1)) * (1.2 if key != "v0" else 0.9), 1), "rounding")}
    return {}


def mistype(rng: random.Random, value: float) -> float:
    """Return a number as somebody mistypes it: a digit changed, two transposed, or one a tenth off."""
    text = f"{value:g}"
    places = [i for i, c in enumerate(text) if c.isdigit()]
    place = rng.choice(places[: max(1, len(places) - 1)])
    other = text[:place] + str((int(text[place]) + rng.randint(1, 8)) % 10 or 7) + text[place + 1 :]
    changed = float(other)
    return changed if abs(changed - value) >= max(1, 0.02 * value) else value + max(2, round(0.12 * value))


def write_number(key: str, value: float, unit: str, identity: str, shown: int | None, wrong: dict) -> str:
    """Return a number as the sentence prints it, marked."""
    label, kind = ("c", wrong[key][1]) if key in wrong else ("s", "")
    number = wrong[key][0] if key in wrong else value
    text = f"{number:,.0f}" if float(number).is_integer() else f"{number:,}"
    if shown == 0 and key in ("v0", "v1") and kind != "rounding":
        text = f"{number:.0f}"
    if key in ("u0", "u1"):
        before, after = (
            ("£" if unit in MONEY else ""),
            (" million" if unit == "million pounds" else UNITS.get(unit, "")),
        )
        return f"{before}[{text}|{label}|{identity}|{kind}]{after if unit not in ('pounds',) else ''}"
    return f"[{text}|{label}|{identity}|{kind}]"


def write_about(rng: random.Random, value: float, identity: str, is_wrong: bool) -> str:
    """Return a rounded number with a qualifier that fits it, or one that doesn't."""
    step = 10 ** (len(str(int(value))) - 1) // 2 or 1
    below, above = int(value // step * step), int(value // step * step + step)
    if value == below:
        return f"[{value:,}|s|{identity}|]"
    right, false = rng.choice(
        [
            (("over", below), ("over", above)),
            (("nearly", above), ("nearly", above + step)),
            (("more than", below), ("fewer than", below)),
        ]
    )
    qualifier, number = false if is_wrong else right
    if qualifier == "nearly" and not is_wrong and (above - value) > 0.05 * above:
        qualifier, number = "more than", below
    return f"{qualifier} [{number:,}|{'c' if is_wrong else 's'}|{identity}|{'qualifier' if is_wrong else ''}]"


def write_fraction(value: float, identity: str, is_wrong: bool) -> str:
    """Return a share as a fraction in words, with a qualifier that fits or doesn't."""
    at, words = min(FRACTIONS, key=lambda fraction: abs(fraction[0] - value))
    if abs(at - value) > 8:
        return (
            f"[{value + (9 if is_wrong else 0):g}|{'c' if is_wrong else 's'}|{identity}|"
            f"{'qualifier' if is_wrong else ''}]%"
        )
    more = (value > at) != is_wrong
    return (
        f"{'more than' if more else 'less than'} [{words}|{'c' if is_wrong else 's'}|{identity}|"
        f"{'qualifier' if is_wrong else ''}]"
    )


def read_marks(marked: str, statistics: list[dict]) -> Draft:
    """Return the draft that a marked text is, its marks taken out."""
    text, marks, at = [], [], 0
    length = 0
    for found in MARK.finditer(marked):
        before = marked[at : found.start()]
        length += len(before)
        marks.append((length, *found.groups()))
        text += [before, found[1]]
        length += len(found[1])
        at = found.end()
    return Draft("".join([*text, marked[at:]]), statistics, marks)
