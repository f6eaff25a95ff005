"""Fit what each feature weighs by which `verify` tells what a number is said of, and print it as drafts.toml has it.

    python -m tools.weights [SET ...]
    python -m tools.weights --leave-one-out

A conditional logit with a ridge, on the reports written by hand for `python -m benchmarks verify`: a number whose row
of the table its report names is an example for that row, one of no table an example for none. A set that was fitted on
tells nothing of how new drafts fare: left out one by one, each is judged by weights fitted on the others.
"""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np

from analysis.drafts import judge, weigh
from analysis.drafts.check import check_draft
from analysis.drafts.claim import CHANGE
from analysis.drafts.facts import make_facts
from analysis.drafts.reading import read_text
from analysis.drafts.verdict import Checked
from analysis.drafts.weigh import FEATURES, NONE, describe_all, get_weights
from benchmarks._verify_reports import list_reports, make_report, pair_up
from benchmarks.verify import DRAWS as JUDGED
from benchmarks.verify import ERRORS, SETS, check_report, describe, is_same, judge_set

DRAWS, RIDGE = 3, 0.3
ROW = re.compile(r"[a-z]\w*")


class Example(NamedTuple):
    """The features of a number's candidates, those of none of them last, and which of these it is meant of."""

    features: np.ndarray
    meant: list[int]


def main() -> None:
    """Print the weights that fit best, and how likely the right candidates are with them and with those held."""
    examples = [one for name in sys.argv[1:] or SETS for path in list_reports(name) for one in list_examples(path)]
    fitted = fit(examples)
    for words, weights in (("held", get_weights()), ("fitted", fitted)):
        loss, _ = measure(weights, examples)
        print(f"# {words}: the right one has a chance of {np.exp(-loss / len(examples)):.1%} (geometric mean)")
    print(f"# {len(examples):,} numbers\n[weights]")
    print("\n".join(f"{name} = {weight:.2f}" for name, weight in zip((*FEATURES, *NONE), fitted, strict=True)))


def leave_one_out() -> None:
    """Print how each set fares with weights fitted on the others, on drawings that no weight was fitted on."""
    examples = {name: [one for path in list_reports(name) for one in list_examples(path)] for name in SETS}
    pairs = []
    for name in SETS:
        fitted = fit([one for other in SETS if other != name for one in examples[other]])
        with patch.object(weigh, "get_weights", lambda fitted=fitted: fitted):
            found = judge_set(name, check_report, first=JUDGED)
        print(f"\n{name}:\n{describe(found)}", flush=True)
        pairs += found
    print(f"\nall:\n{describe(pairs)}")


def list_examples(path: Path) -> Iterator[Example]:
    """Yield the numbers of a report, drawn a few times, of which it is known what they are meant of."""
    for seed in range(DRAWS):
        report = make_report(path, seed, ERRORS)
        facts = make_facts(report.table, path.stem)
        rows = read_rows(path, {fact.id for fact in facts})
        seen: dict[int, tuple[list[str], np.ndarray]] = {}

        def record(claim, candidates, answers, index, told, seen=seen):
            described = describe_all(claim, candidates, answers, index, told)
            seen[id(claim)] = ([c.fact.id for c in candidates], described)
            return described

        with patch.object(judge, "describe_all", record):
            checked = check_draft(read_text(report.text), facts)
        for label, _, one, expression in pair_up(report.marks, checked, is_same):
            if one and id(one.claim) in seen:
                ids, features = seen[id(one.claim)]
                if meant := find_meant(label, expression, one, ids, rows):
                    yield Example(features, meant)


def read_rows(path: Path, ids: set[str]) -> dict[str, str]:
    """Return the id of each row of a report by its key: the column that holds ids is the one that most rows share."""
    _, *lines = (line for line in path.read_text(encoding="utf-8").split("\n---\n")[0].split("\n") if line.strip())
    cells = {key: next(csv.reader([line])) for key, _, line in (line.split("|", 2) for line in lines)}
    columns = zip(*cells.values(), strict=False)
    column = max(enumerate(columns), key=lambda one: len(ids & set(one[1])))[0]
    return {key: row[column] for key, row in cells.items()}


def find_meant(label: str, expression: str, one: Checked, ids: Sequence[str], rows: dict[str, str]) -> list[int]:
    """Return the places of the candidates that a number is meant of; a change is of this year's row of its measure."""
    if label == "n":
        return [len(ids)]
    if expression in rows:
        return [at for at, name in enumerate(ids) if name == rows[expression]]
    keys = [key for key in ROW.findall(expression) if key not in ("abs", "round")]
    now = [key for key in keys if key.endswith("0") and key in rows]
    is_change = one.claim.role == CHANGE and len({key[:-1] for key in keys}) == 1
    return [at for at, name in enumerate(ids) if now and is_change and name == rows[now[0]]]


def fit(examples: Sequence[Example]) -> np.ndarray:
    """Return the weights under which the right candidates are likeliest, large ones held back by the ridge."""
    from scipy.optimize import minimize

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = measure(weights, examples)
        return value + RIDGE * (weights**2).sum(), slope + 2 * RIDGE * weights

    zeros = np.zeros(examples[0].features.shape[1])
    return minimize(loss, zeros, jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def measure(weights: np.ndarray, examples: Sequence[Example]) -> tuple[float, np.ndarray]:
    """Return minus the logarithm of how likely all the right candidates are, and its slope."""
    loss, slope = 0.0, np.zeros_like(weights)
    for table, meant in examples:
        sums = table @ weights
        chances = np.exp(sums - sums.max())
        chances /= chances.sum()
        right = np.zeros_like(chances)
        right[meant] = chances[meant] / chances[meant].sum()
        loss -= np.log(chances[meant].sum())
        slope += table.T @ (chances - right)
    return loss, slope


if __name__ == "__main__":
    leave_one_out() if sys.argv[1:] == ["--leave-one-out"] else main()
