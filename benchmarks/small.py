"""Small partnerships that bring counts of their own: made at random, gated, and attacked by two who know the field.

    python -m benchmarks small

One is the attacker apart. The other is told every relation that the figures were made by, reads the published table
alone, and asks a programme of whole numbers for the least and the most of each hidden number.
"""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.attacker.attack import attack_anew
from analysis.attacker.reading import get_rows
from analysis.disclosure import apply
from analysis.disclosure.policy import Policy
from analysis.figures.build import make_statistics
from analysis.measures.catalogue import Catalogue, load_catalogue
from analysis.measures.measure import Measure
from analysis.partnership import load_partnership
from analysis.returns.aggregate import Observation
from analysis.runs.files import write_statistics
from analysis.settings import get_data_root, get_dictionary_root
from benchmarks.breaks import LAST, MONTHS, THIS, YEAR, make, make_share

HERE, POLICY, MOST = "exampleshire", Policy(), 2000.0
PLACES = ("North", "South", "West")


class Name(NamedTuple):
    """One number: of which figure, and which of its numbers."""

    indicator: str
    by: str = ""
    role: str = "value"
    end: str = f"{THIS.end}"
    place: str = "Exampleshire"


@dataclass
class Made:
    """Figures, and the relations that they were made by: terms that add to zero, and some that add to no more."""

    figures: list[Observation] = field(default_factory=list)
    equal: list[dict[Name, float]] = field(default_factory=list)
    less: list[dict[Name, float]] = field(default_factory=list)

    def add_parts(self, whole: Name, parts: list[Name]) -> None:
        self.equal.append({whole: -1.0} | dict.fromkeys(parts, 1.0))


def main() -> None:
    """Print how many hidden numbers the two attackers find, and name each."""
    catalogue, found, hidden = load_catalogue(get_dictionary_root()), 0, 0
    for seed in range(100):
        told, count = try_out(seed, catalogue)
        found, hidden = found + len(told), hidden + count
        print(*(f"partnership {seed}: {line}" for line in told), sep="\n", end="\n" if told else "")
    print(f"100 small partnerships, {hidden} hidden numbers, {found} found")


def try_out(seed: int, catalogue: Catalogue) -> tuple[list[str], int]:
    """Return what either attacker finds in one partnership's release, or that its audit fails, and how many numbers are
    hidden."""
    made = make_figures(random.Random(seed), catalogue)  # noqa: S311
    statistics = make_statistics(made.figures, catalogue, load_partnership(HERE, get_data_root()), YEAR)
    now, history = ([s for s in statistics if (s.offset == 0) == current] for current in (True, False))
    gated = apply.gate(now, history, catalogue, POLICY, release="shared")
    with tempfile.TemporaryDirectory() as place:
        write_statistics([*gated.statistics, *gated.history], Path(place))
        openings = attack_anew(Path(place), [], POLICY.threshold, small_group=POLICY.small_group)
        narrowed, count = solve(Path(place), made)
    failed = [] if gated.audit.passed else ["the audit fails"]
    return [*failed, *(f"attacker: {one}" for one in openings), *narrowed], count


def make_figures(dice: random.Random, catalogue: Catalogue) -> Made:
    """Return three measures with splits, months, areas, a year before and shares of them."""
    able = [m for m in catalogue.measures.values() if m.measure == "count" and is_plain(m) and list_splits(m)]
    shares = [m for m in catalogue.measures.values() if m.measure == "percent" and m.of and is_plain(m)]
    based = [m for m in able if any(share.of == m.id for share in shares)]
    made = Made()
    for measure in {m.id: m for m in [dice.choice(based), *dice.sample(able, 2)]}.values():
        for period in (THIS, LAST) if dice.random() < 0.4 else (THIS,):
            add_measure(made, measure, period, dice)
            of = [share for share in shares if share.of == measure.id]
            for share in dice.sample(of, min(2, len(of))) if period == THIS else ():
                add_share(made, share, dice)
    return made


def is_plain(measure: Measure) -> bool:
    return measure.protects == "people" and measure.total and not measure.stock and not measure.sensitive


def list_splits(measure: Measure) -> list[str]:
    """Return the dimensions whose categories make up the whole."""
    return [name for name, by in measure.by.items() if len(by.categories) > 2 and by.exhaustive and not by.many]


def add_measure(made: Made, measure: Measure, period, dice: random.Random) -> None:
    total, end = dice.choice([7, 9, 14, 23, 40, 75]) + dice.randint(0, 9), f"{period.end}"
    made.figures.append(make(measure.id, total, period=period))
    names = list_splits(measure)
    for name in dice.sample(names, min(2, len(names))):
        all_ = measure.by[name].categories
        parts = {f"{name}/{one}": n for one, n in spread(total, dice.sample(all_, min(len(all_), 4)), dice).items()}
        made.figures += [make(measure.id, count, by, period=period) for by, count in parts.items()]
        made.add_parts(Name(measure.id, end=end), [Name(measure.id, by, end=end) for by in parts])
    if period == THIS and "month" in measure.by and dice.random() < 0.5:
        months = spread(total, MONTHS, dice)
        made.figures += [make(measure.id, count, f"month/{month}") for month, count in months.items()]
        made.add_parts(Name(measure.id), [Name(measure.id, f"month/{month}", end="") for month in months])
    if period == THIS and dice.random() < 0.3:
        areas = spread(total, PLACES, dice)
        made.figures += [make(measure.id, count, geography=place) for place, count in areas.items()]
        made.add_parts(Name(measure.id), [Name(measure.id, place=place) for place in areas])


def spread(total: int, names, dice: random.Random) -> dict[str, int]:
    """Return a total spread over names unevenly, now and then all of it on one."""
    weights = [dice.random() ** 2 + 0.01 for _ in names] if dice.random() > 0.1 else [1] + [0] * (len(names) - 1)
    drawn = dice.choices(names, weights, k=total)
    return {name: drawn.count(name) for name in names}


def add_share(made: Made, share: Measure, dice: random.Random) -> None:
    """Add a share of a measure, by a split of it too, where both have that."""
    whole = {f"{f.dimension}/{f.category}": int(f.value) for f in made.figures if is_of(f, share)}
    bases = {by: max(0, count - (bool(share.of_only) and dice.random() < 0.3)) for by, count in whole.items()}
    bases = {by: base for by, base in bases.items() if base}
    complete = bases and all(by.partition("/")[2] in share.by[by.partition("/")[0]].categories for by in bases)
    parts = {by: dice.randint(0, base) for by, base in bases.items()} if complete else {}
    total = next(int(f.value) for f in made.figures if f.indicator == share.of and not f.dimension)
    base = sum(bases.values()) if complete else total
    part = sum(parts.values()) if complete else dice.randint(0, base)
    made.figures += [
        make_share(share.id, part, base),
        *(make_share(share.id, parts[by], bases[by], by) for by in parts),
    ]
    tie = made.less if share.of_only else made.equal
    tie += [{Name(share.id, by, "denominator"): 1.0, Name(share.of, by): -1.0} for by in ("", *parts)]
    for role in ("numerator", "denominator") if parts else ():
        made.add_parts(Name(share.id, role=role), [Name(share.id, by, role) for by in parts])


def is_of(figure: Observation, share: Measure) -> bool:
    """Whether a figure is a part of what a share is of, by the first split that both have."""
    common = [name for name in share.by if name != "month"][:1]
    return figure.indicator == share.of and figure.dimension in common and figure.period == THIS


def read_table(folder: Path) -> Iterator[tuple[Name, float | None, dict[str, str]]]:
    """Give each number of the published table, None where it is hidden."""
    for row in get_rows(folder / "statistics.csv"):
        by = f"{row['dimension']}/{row['category']}" if row["dimension"] else ""
        end = "" if row["dimension"] == "month" else row["period_end"]
        for role in ("value",) if row["measure_type"] == "count" else ("numerator", "denominator"):
            yield Name(row["indicator"], by, role, end, row["geography"]), float(row[role]) if row[role] else None, row


def solve(folder: Path, made: Made) -> tuple[list[str], int]:
    """Return the hidden numbers that lie in a narrow range, or are small, and how many are hidden."""
    table = list(read_table(folder))
    names = {name for name, *_ in table} | {name for terms in (*made.equal, *made.less) for name in terms}
    place = {name: number for number, name in enumerate(sorted(names))}
    low, high = np.zeros(len(place)), np.full(len(place), MOST)
    for name, value, _ in table:
        if value is not None:
            low[place[name]] = high[place[name]] = value
    limits = [*((terms, 0.0) for terms in made.equal), *((terms, -np.inf) for terms in made.less)]
    tops = [name for name, *_ in table if name.role == "numerator"]
    limits += [({top: 1.0, top._replace(role="denominator"): -1.0}, -np.inf) for top in tops]
    rows = np.array([fill(terms, place) for terms, _ in limits])
    ends = LinearConstraint(rows, [least for _, least in limits], np.zeros(len(limits)))
    hidden = [name for name, value, _ in table if value is None]
    others = [{top._replace(role="denominator"): 1.0, top: -1.0} for top in hidden if top in tops]
    told = []
    for terms in [*({name: 1.0} for name in hidden), *others]:
        goal = fill(terms, place)
        least, most = (reach(sign * goal, ends, Bounds(low, high)) * sign for sign in (1, -1))
        tells = len(terms) == 1 and next(iter(terms)).role != "denominator"
        if most < POLICY.threshold or (tells and most - least < POLICY.threshold):
            told.append(f"{' less '.join('/'.join(name[:3]) for name in terms)}: {least:.0f} to {most:.0f}")
    return told, len(hidden)


def fill(terms: dict[Name, float], place: dict[Name, int]) -> np.ndarray:
    row = np.zeros(len(place))
    for name, sign in terms.items():
        row[place[name]] += sign
    return row


def reach(goal: np.ndarray, ends: LinearConstraint, bounds: Bounds) -> float:
    return goal @ milp(goal, integrality=np.ones(len(goal)), bounds=bounds, constraints=ends).x


if __name__ == "__main__":
    main()
