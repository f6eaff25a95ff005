"""Whole reports written by hand about tables whose values are drawn anew, with errors planted by kind.

A report (`drafts/reports/<set>/*.txt`) is a table and a text. A row is `key|start|cells` with `@` for the value: `12%`
drifts as a share does, `12!` stays, `=a+b` is worked out. In the text `{a0}` is a value, `{a0-a1|1}` an expression of
values with one decimal, `{dir a0>a1|rose|fell}` a word of direction, `{none a0|complaints}` none or how many,
`{=12}` a number of no table; `{~a0}` is never made wrong. Of a key, `a0` is this year, `a1` the year before, `ae`
another place: those are the values that a slip may take instead.
"""

import csv
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.drafts.verdict import CONTRADICTED, Checked
from analysis.drafts.vocabulary import SMALL

FOLDER = Path(__file__).parent / "drafts/reports"
SLOT = re.compile(r"\{([^{}]*)\}")
WORDS = ("no", *SMALL[1:])
SHARES = {1 / 10: "one in ten", 0.2: "a fifth", 0.25: "a quarter", 1 / 3: "a third", 0.4: "two in five", 0.5: "half",
          0.6: "three in five", 2 / 3: "two thirds", 0.75: "three quarters", 0.8: "four in five",
          0.9: "nine in ten"}  # fmt: skip
SLIPS = (0.72, 0.81, 0.9, 1.13, 1.22, 1.4)
UNITS = {"million": "billion", "days": "weeks", "weeks": "days", "minutes": "hours", "hours": "minutes"}
ABOVE, BELOW = ("more than", "over", "upwards of"), ("nearly", "just under", "almost")
CATEGORIES = ("category", "breakdown_value", "characteristic_value", "group", "series_value", "characteristic_name")
CATEGORIES += ("split_value", "subgroup", "band")
LOOK_AHEAD = 14  # numbers found between a marked one and the next


@dataclass
class Report:
    """A report as it was made: its text, its table, and of each number the text, label (n, s or the kind of error) and
    the expression of rows that it tells; none where it is of no table."""

    text: str = ""
    table: list[dict] = field(default_factory=list)
    marks: list[list[str]] = field(default_factory=list)


@dataclass
class Maker:
    """What is drawn for one report, and what was written of the sentence so far."""

    values: dict[str, float]
    decimals: dict[str, int]
    cells: dict[str, list[str]]
    head: list[str]
    rng: random.Random
    rate: float
    erred: bool = False
    pending: str = ""
    report: Report = field(default_factory=Report)


def list_reports(name: str) -> list[Path]:
    """Return the reports of a set."""
    return sorted((FOLDER / name).glob("*.txt"))


def make_report(path: Path, seed: int, rate: float) -> Report:
    """Return a report with values drawn anew and a share of its numbers made wrong, one a sentence at most."""
    top, text = path.read_text(encoding="utf-8").split("\n---\n")
    head, *rows = [line for line in top.split("\n") if line.strip()]
    rng = random.Random(f"{path.stem}{seed}")  # noqa: S311
    maker = Maker({}, {}, {}, head.removeprefix("header: ").split(","), rng, rate)
    draw_values(maker, rows)
    at = 0
    for slot in SLOT.finditer(text):
        between = text[at : slot.start()]
        at = slot.end()
        if re.search(r"[.:;] |\n", between):
            maker.erred, maker.pending = False, ""
        maker.report.text += between
        skip = write_slot(maker, slot[1], text[at:])
        at += skip
    maker.report.text += text[at:]
    maker.report.table = [
        {
            h: tell(maker.values[k], maker.decimals[k]).replace(",", "") if c == "@" else c
            for h, c in zip(maker.head, cells, strict=False)
        }
        for k, cells in maker.cells.items()
    ]
    return maker.report


def draw_values(maker: Maker, rows: Sequence[str]) -> None:
    """Draw the value of each row: one stem moves together, so that years are alike."""
    drift: dict[str, float] = {}
    for row in rows:
        key, start, cells = row.split("|", 2)
        maker.cells[key] = next(csv.reader([cells]))
        places = 0 if start.startswith("=") else len(start.rstrip("%!").partition(".")[2])
        maker.decimals[key] = places
        if start.startswith("="):
            value = work_out(start[1:], maker)
        elif start.endswith("!"):
            value = float(start[:-1])
        else:
            low, high, least, most = (0.92, 1.08, 0.94, 1.06) if start.endswith("%") else (0.75, 1.3, 0.86, 1.14)
            shared = drift.setdefault(key.rstrip("01"), maker.rng.uniform(low, high))
            value = float(start.rstrip("%")) * shared * maker.rng.uniform(least, most)
            value = min(max(value, 0.2), 99) if start.endswith("%") else value
        maker.values[key] = round(value, places) if places else round(value)


def work_out(expression: str, maker: Maker) -> float:
    """Return the value of an expression of rows, of a file of ours."""
    return eval(expression, {"abs": abs, "round": round}, dict(maker.values))  # noqa: S307


def write_slot(maker: Maker, slot: str, after: str) -> int:
    """Write what a slot stands for, right or wrong; return how much of the text after it is told already."""
    report = maker.report
    if slot.startswith("="):
        report.text += slot[1:]
        report.marks.append([slot[1:], "n", ""])
        return 0
    if slot.startswith("dir "):
        report.text += choose_word(maker, slot[4:], after)
        return 0
    if slot.startswith("none "):
        write_none(maker, slot[5:])
        return 0
    fixed, slot = slot.startswith("~"), slot.lstrip("~")
    expression, _, form = slot.partition("|")
    value, places = work_out(expression, maker), maker.decimals.get(expression, 0)
    good = show(value, form, places)
    label, word, skip = "s", good, 0
    if maker.pending:
        label, maker.pending = maker.pending, ""
    elif not (fixed or maker.erred) and maker.rng.random() < maker.rate:
        label, word, skip = err(maker, expression, form, value, good, after)
        maker.erred = label != "s"
    report.text += word if label != "points" else f"{word} per cent"
    if label == "unit" and (unit := re.match(r" (\w+)", after)):
        report.text += f" {UNITS[unit[1]]}"
    bare = re.sub(r"^(?:around|about|roughly|" + "|".join((*ABOVE, *BELOW)) + ") ", "", word).rstrip("%")
    report.marks.append([bare, label, expression])
    return skip


def choose_word(maker: Maker, slot: str, after: str) -> str:
    """Return the word of a direction; a wrong one marks the number that it is told of."""
    condition, up, down = slot.split("|")
    one, other = (maker.values[key.strip()] for key in condition.split(">"))
    rises = one > other
    if one != other and not maker.erred and maker.rng.random() < 0.7 * maker.rate:
        rises, maker.erred = not rises, True
        if re.match(r"[^.;:\n{]*(?:\{=[^}]*\}[^.;:\n{]*)*\{(?!dir |=)", after):
            maker.pending = "direction"
        else:
            right = [mark for mark in maker.report.marks if mark[1] == "s"]
            (right[-1] if right else [""] * 3)[1] = "direction"
    maker.erred |= one == other
    return up if rises else down


def write_none(maker: Maker, slot: str) -> None:
    """Write that there was none, or how many; a wrong one says none where there were some."""
    key, noun = slot.split("|")
    value = maker.values[key]
    wrong = value > 0 and not maker.erred and maker.rng.random() < maker.rate
    word = "no" if wrong or not value else show(value, "", 0)
    maker.report.text += f"{word} {noun}"
    maker.report.marks.append([word, "none" if wrong else "s", key])


def err(maker: Maker, expression: str, form: str, value: float, good: str, after: str) -> tuple[str, str, int]:
    """Return the kind of an error with the words that tell it, and what of the text after it they replace."""
    rng, values, places = maker.rng, maker.values, maker.decimals.get(expression, 0)
    unit = re.match(r" (\w+)", after)
    points = re.match(r" percentage points?", after)
    beside = {"year": other_year(expression), "place": f"{expression[:-1]}e"}
    beside = {kind: key for kind, key in beside.items() if expression in values and key in values}
    siblings = find_siblings(maker, expression)
    base = re.match(r"abs\((\w+)-(\w+)\)/", expression) if form not in ("frac", "q") else None
    kinds = ["value", "value", "swap", *beside, *beside]
    kinds += ["category"] * 2 * bool(siblings) + ["points"] * 2 * bool(points) + ["base"] * 3 * bool(base)
    kinds += ["unit"] * 2 * bool(unit and unit[1] in UNITS)
    only = {"frac": ["fraction"], "q": ["qualifier", "value"], "w": ["value"]}
    kinds = only.get(form, ["rounding"] if form.startswith("r") else ["sum"] if "+" in expression else kinds)
    kind = rng.choice(kinds)
    if kind in ("points", "unit"):
        return kind, good, (points or unit).end()
    if kind == "qualifier":
        return kind, turn(good, rng), 0
    if kind == "swap":
        word = swap_digits(good)
        return ("swap", word, 0) if word != good else ("s", good, 0)
    wrong: dict[str, Callable[[], float]] = {
        "fraction": lambda: (value + 0.3) % 0.85 + 0.08,
        "category": lambda: values[rng.choice(siblings)],
        "base": lambda: 100 * abs(values[base[1]] - values[base[2]]) / values[base[1]],
        "year": lambda: values[beside["year"]],
        "place": lambda: values[beside["place"]],
    }
    slip = wrong.get(kind, lambda: value + rng.choice([2, 3, 4]) if form == "w" else value * rng.choice(SLIPS))()
    word = show(slip, form, places)
    near = {"base": 2.5 / 10 ** int(form or 0) if base else 0, "rounding": 60}.get(kind, 0.02 * abs(value))
    return (kind, word, 0) if word != good and abs(slip - value) >= near else ("s", good, 0)


def other_year(key: str) -> str:
    """Return the key of the other year."""
    return key[:-1] + {"0": "1", "1": "0"}.get(key[-1:], "?")


def find_siblings(maker: Maker, key: str) -> list[str]:
    """Return the rows that differ from a row in their category alone."""
    if key not in maker.cells:
        return []
    category = next((i for i, h in enumerate(maker.head) if h in CATEGORIES), None)
    if category is None:
        return []
    own = [i for i, h in enumerate(maker.head) if i in (0, category) or h.endswith("id") or h in ("code", "ref", "key")]

    def tell_apart(cells: list[str]) -> list[str]:
        return [c for i, c in enumerate(cells) if i not in own and c != "@"]

    cells = maker.cells[key]
    others = [k for k, c in maker.cells.items() if k != key and tell_apart(c) == tell_apart(cells)]
    return [k for k in others if maker.cells[k][category] not in ("", "Total")] if cells[category] else []


def show(value: float, form: str, places: int) -> str:
    """Return a value as a report writes it."""
    if form == "w":
        return WORDS[int(value)] if 0 < value <= 20 else f"{value:,.0f}"
    if form == "frac":
        return show_share(value)
    if form == "q":
        step = 10 ** max(len(str(int(value))) - 2, 0) * (5 if value < 100 else 1)
        low = int(value // step * step)
        return f"over {low:,}" if value - low < step / 2 and low < value else f"nearly {low + step:,}"
    if form.startswith("r"):
        step = int(form[1:])
        return f"{round(value / step) * step:,.0f}"
    return tell(value, int(form) if form else places)


def tell(value: float, places: int) -> str:
    """Return a number with its decimals."""
    return f"{value:,.{places}f}"


def show_share(value: float) -> str:
    """Return a share as the nearest fraction, or in per cent where none is near."""
    nearest = min(SHARES, key=lambda share: abs(share - value))
    gap = value - nearest
    if abs(gap) > 0.035 and abs(gap) > 0.12 * nearest:
        return f"{100 * value:.0f}%"
    return ("around " if abs(gap) < 0.008 else "over " if gap > 0 else "nearly ") + SHARES[nearest]


def turn(words: str, rng: random.Random) -> str:
    """Return a number with a qualifier of the other side."""
    qualifier, _, number = words.partition(" ")
    return f"{rng.choice(BELOW if qualifier == 'over' else ABOVE)} {number}"


def swap_digits(word: str) -> str:
    """Return a number with two digits beside each other swapped."""
    for i in range(len(word) - 1):
        one, other = word[i], word[i + 1]
        if one.isdigit() and other.isdigit() and one != other and not (i == 0 and other == "0"):
            return word[:i] + other + one + word[i + 2 :]
    return word


def pair_up(
    marks: Sequence[Sequence[str]], checked: Sequence[Checked], is_same: Callable[[str, str], bool]
) -> list[tuple]:
    """Return each mark's label with the verdict that its number got, what was checked, and the rows that it tells.

    A wrong direction is found where any number of its sentence is told to have the other direction.
    """
    found, at = [], 0
    for text, label, expression in marks:
        near = range(at, min(at + LOOK_AHEAD, len(checked)))
        place = next((n for n in near if is_same(text, checked[n].claim.text)), None)
        found.append((label, None if place is None else checked[place], expression))
        at = at if place is None else place + 1
    turned = {
        c.claim.sentence.text for c in checked if c.verdict.verdict == CONTRADICTED and c.verdict.how == "direction"
    }
    wrong = {c.claim.sentence.text for label, c, _ in found if c and label == "direction"}
    return [(label, judge_mark(label, c, turned, wrong), c, expression) for label, c, expression in found]


def judge_mark(label: str, checked: Checked | None, turned: set[str], wrong: set[str]) -> str:
    """Return the verdict of a mark."""
    if checked is None:
        return "not found"
    sentence, verdict = checked.claim.sentence.text, checked.verdict
    if label == "direction" and sentence in turned:
        return CONTRADICTED
    if label in "ns" and verdict.verdict == CONTRADICTED and verdict.how == "direction" and sentence in wrong:
        return "told of its sentence"
    return verdict.verdict
