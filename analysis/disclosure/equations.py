"""The equations of a system as a matrix, and values and ranges that fit them."""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack

TIE = 1e-3


def widen(ranges: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the ranges, each holding its true value, with a ceiling far above every figure for no ceiling."""
    ceiling = 4 * max(1.0, truth.max(initial=0.0), np.where(np.isfinite(ranges), ranges, 0).max(initial=0.0)) + 1000
    low, high = np.minimum(ranges[:, 0], truth), np.maximum(ranges[:, 1], truth)
    return np.column_stack([low, np.minimum(high, ceiling)])


def break_ties(loss: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the losses, larger figures costing a shade more than smaller ones of the same loss."""
    size = np.log1p(np.maximum(truth, 0))
    return loss * (1 + TIE * size / max(size.max(initial=0.0), 1.0))


def get_matrix(equations: list[dict[int, float]], size: int) -> csr_array:
    lines = [line for line, row in enumerate(equations) for _ in row]
    nodes = [node for row in equations for node in row]
    values = [value for row in equations for value in row.values()]
    return csr_array((np.array(values, float), (lines, nodes)), shape=(len(equations), size))


def settle(rows: csr_array, nominal: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Return values within their ranges that break the equations least; returns don't always add up.

    What remains broken is then taken as known to the attacker: right = rows @ truth.
    """
    inside = np.all((true.reshape(-1, 2)[:, 0] <= nominal) & (nominal <= true.reshape(-1, 2)[:, 1]))
    if rows.shape[0] == 0 or (inside and np.abs(rows @ nominal).max() < 1e-9):
        return nominal
    count, size = rows.shape
    wide = hstack([rows, eye_array(count), -eye_array(count)]).tocsr()
    cost = np.concatenate([np.zeros(size), np.ones(2 * count)])
    bounds = np.vstack([true, np.column_stack([np.zeros(2 * count), np.full(2 * count, np.inf)])])
    found = linprog(cost, A_eq=wide, b_eq=np.zeros(count), bounds=bounds, method="highs-ds")
    return found.x[:size] if found.status == 0 else nominal
