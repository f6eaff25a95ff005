"""What the attacker derives is true: on random linked tables, the interval of each hidden number holds the number."""

import random

import pytest

from analysis.attacker.attack import know
from analysis.attacker.cells import GRADES
from analysis.attacker.hiding import attack_twice
from analysis.attacker.reading import join, read_release
from tests.attacker.releases import figure, months, percent, write


def make_rows(seed: int) -> tuple[list[dict], dict[str, dict]]:
    """A release with everything shown, and the same rows with small numbers of people hidden, and some others."""
    dice = random.Random(seed)  # noqa: S311
    rows, stock = [], [200]
    for year in (2022, 2023):
        children = {f"c{number}": dice.choice((0, 3, 7, 20, 60, 140)) + dice.randint(0, 9) for number in range(7)}
        plans = {name: sum(dice.random() < 0.4 for _ in range(value)) for name, value in children.items()}
        for name, values in (("children", children), ("plans", plans), ("asked", children)):
            rows += [figure(name, value, by=f"age: {part}", year=year) for part, value in values.items()]
            rows.append(figure(name, sum(values.values()), year=year))
        for part, value in children.items():
            sides = {"numerator": plans[part], "denominator": value}
            if value:
                rows.append(
                    figure("share", percent(plans[part], value), by=f"age: {part}", kind="percent", year=year) | sides
                )
        came, went = ([dice.randint(2, 30) for _ in range(12)] for _ in range(2))
        stock = [stock[-1] + sum(came[: number + 1]) - sum(went[: number + 1]) for number in range(12)]
        for name, values in (
            ("came", came),
            ("went", went),
            ("held", stock),
            ("met", [min(7, value) for value in came]),
        ):
            rows += months(name, values, year=year)
    # Zero is shown where it isn't protected, so it is never hidden.
    hidden = [hide(row) if is_small(row) or (row["value"] and dice.random() < 0.05) else row for row in rows]
    return rows, hidden


def is_small(row: dict) -> bool:
    count = row["value"] if row["measure_type"] == "count" else row["numerator"]
    return 1 <= count < 5


def hide(row: dict) -> dict:
    return row | {"value": "", "numerator": "", "denominator": "", "display": "[c]", "status": "suppressed"}


@pytest.mark.parametrize("seed", range(12))
def test_every_interval_holds_the_truth(tmp_path, seed):
    rows, hidden = make_rows(seed)
    truth = join(read_release(write(tmp_path / "true", rows)), []).printed
    book = join(read_release(write(tmp_path / "hidden", hidden)), [])
    targets = dict(book.hidden)
    system, _ = know(book, {}, GRADES["likely"])
    bounds = {cell: system.bounds(cell) for cell in targets if cell in truth}
    wrong = [cell for cell, (low, high) in bounds.items() if not low <= truth[cell] <= high]
    assert [(str(cell), *map(str, system.get_reasons([cell]))) for cell in wrong] == []
    names = {str(cell): value for cell, value in truth.items()}
    openings = list(attack_twice(book, system, 5))
    assert openings  # he isn't blind
    assert [str(one) for one in openings if one.number in names and not one.low <= names[one.number] <= one.high] == []
