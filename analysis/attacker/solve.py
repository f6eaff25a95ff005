"""What whole numbers remain possible for a hidden cell: first by narrowing bounds, then by integer programmes."""

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

import numpy as np

from analysis.attacker.cells import Cell, Relation, Rule

EASE = 1e-6
FAR = 1e6  # where an end is open, so that every programme has a solution
SECONDS = 2.0  # an integer programme's time; he claims nothing that wasn't proved in it
STEPS = 20_000
TOGETHER = 200  # unknowns of programmes that are sampled in one
SAMPLES = 2  # random ways in which each programme is pushed, to and fro

Terms = tuple[tuple[Cell, float], ...]


class ContradictionError(Exception):
    """No whole numbers satisfy the relations, or none were proved to be the best in time."""


class System:
    """Unknown whole numbers, the bounds known of them, and the rules accepted so far."""

    def __init__(self, printed: dict[Cell, float], least: dict[Cell, float]):
        self.printed = printed
        self.low: dict[Cell, float] = dict(least)
        self.high: dict[Cell, float] = {}
        self.relations: list[tuple[Relation, Rule]] = []
        self.of: dict[Cell, list[int]] = defaultdict(list)
        self.reasons: dict[tuple[Cell, bool], int] = {}
        self.rejected: list[Rule] = []

    def bounds(self, cell: Cell) -> tuple[float, float]:
        if cell in self.printed:
            return self.printed[cell], self.printed[cell]
        return self.low.get(cell, 0.0), self.high.get(cell, math.inf)

    def get_span(self, terms: Terms) -> tuple[float, float]:
        ranges = [sorted(sign * end for end in self.bounds(cell)) for cell, sign in terms]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)

    def get_found(self) -> dict[Cell, float]:
        """The cells whose bounds have met."""
        return {cell: low for cell, low in self.low.items() if low == self.high.get(cell)}

    def accept(self, rule: Rule) -> None:
        """Adds a rule and narrows the bounds; one that contradicts what is known already is set aside."""
        kept, count = (dict(self.low), dict(self.high), dict(self.reasons)), len(self.relations)
        try:
            self.narrow([self.add(relation, rule) for relation in rule.relations])
        except ContradictionError:
            self.low, self.high, self.reasons = kept
            for cell in {cell for relation, _ in self.relations[count:] for cell, _ in relation.terms}:
                self.of[cell] = [place for place in self.of[cell] if place < count]
            del self.relations[count:]
            self.rejected.append(rule)

    def add(self, relation: Relation, rule: Rule) -> int:
        self.relations.append((relation, rule))
        for cell, _ in relation.terms:
            self.of[cell].append(len(self.relations) - 1)
        return len(self.relations) - 1

    def narrow(self, places: Iterable[int]) -> None:
        queue = deque(places)
        for _ in range(STEPS):
            if not queue:
                return
            for cell in self.tighten(place := queue.popleft()):
                queue.extend(other for other in self.of[cell] if other != place and other not in queue)

    def tighten(self, place: int) -> list[Cell]:
        """Narrows each cell of one relation by what the others leave; returns the cells that changed."""
        relation = self.relations[place][0]
        ranges = [sorted(sign * end for end in self.bounds(cell)) for cell, sign in relation.terms]
        lows, highs = zip(*ranges, strict=True)
        if sum(lows) > relation.high + EASE or sum(highs) < relation.low - EASE:
            raise ContradictionError
        changed = []
        for number, (cell, sign) in enumerate(relation.terms):
            least, most = (sum(ends[:number] + ends[number + 1 :]) for ends in (lows, highs))
            low, high = sorted(((relation.low - most) / sign, (relation.high - least) / sign))
            if cell not in self.printed and self.set_bounds(cell, low, high, place):
                changed.append(cell)
        return changed

    def set_bounds(self, cell: Cell, low: float, high: float, place: int) -> bool:
        before = self.bounds(cell)
        if math.isfinite(low) and math.ceil(low - EASE) > before[0]:
            self.low[cell], self.reasons[cell, False] = math.ceil(low - EASE), place
        if math.isfinite(high) and math.floor(high + EASE) < before[1]:
            self.high[cell], self.reasons[cell, True] = math.floor(high + EASE), place
        after = self.bounds(cell)
        if after[0] > after[1]:
            raise ContradictionError
        return after != before

    def get_reasons(self, cells: Iterable[Cell]) -> list[Rule]:
        """The rules that narrowed these cells, one through another."""
        queue, seen, rules = list(cells), set(), {}
        while queue:
            cell = queue.pop()
            for place in {self.reasons[cell, side] for side in (False, True) if (cell, side) in self.reasons} - seen:
                seen.add(place)
                relation, rule = self.relations[place]
                rules[rule.words] = rule
                queue += [other for other, _ in relation.terms]
        return list(rules.values())

    def get_component(self, cells: list[Cell]) -> tuple[int, ...]:
        """The relations that some chain ties to these cells; what is known for certain breaks a chain."""
        queue, seen, places = list(cells), set(cells), set()
        while queue:
            new = set(self.of[queue.pop()]) - places
            places |= new
            tied = {cell for place in new for cell, _ in self.relations[place][0].terms} - seen
            queue += [cell for cell in tied if len(set(self.bounds(cell))) > 1]
            seen |= tied
        return tuple(sorted(places))


class Programme:
    """The relations of one component, solved again and again for the least and the most of what is asked."""

    def __init__(self, system: System, places: tuple[int, ...]):
        self.places = places
        relations = [system.relations[place][0] for place in places]
        cells = sorted({cell for relation in relations for cell, _ in relation.terms})
        self.column = {cell: number for number, cell in enumerate(cells)}
        limits = np.array([system.bounds(cell) for cell in cells])
        self.bounds = limits[:, 0], np.minimum(limits[:, 1], FAR + limits[:, 0])
        rows = np.array([self.make_row(relation.terms) for relation in relations])
        ends = np.array([(relation.low - EASE, relation.high + EASE) for relation in relations])
        self.constraints = rows, ends[:, 0], ends[:, 1]
        self.solutions: list[np.ndarray] = []

    def make_row(self, terms: Terms) -> np.ndarray:
        row = np.zeros(len(self.column))
        for cell, sign in terms:
            row[self.column[cell]] += sign
        return row

    def get_range(self, terms: Terms, enough: float) -> tuple[float, float]:
        """The least and the most; an end isn't sought where solutions found before span and reach `enough`."""
        goal = self.make_row(terms)
        for sign in (1, -1):
            values = [goal @ solution for solution in self.solutions] or [0.0]
            if max(values) - min(values) < enough or max(values) < enough:
                self.solutions.append(self.solve(sign * goal))
        values = [goal @ solution for solution in self.solutions]
        return float(min(values)), float(max(values))

    def solve(self, goal: np.ndarray) -> np.ndarray:
        return solve(goal, self.bounds, self.constraints)


def make_programmes(system: System, numbers: Iterable[Terms]) -> dict[Terms, Programme]:
    """By number the programme of its component, where that has several relations, with solutions of it: most numbers
    prove wide enough by these, and many small programmes solved in one cost little more than one."""
    asked: dict[tuple[int, ...], list[Terms]] = defaultdict(list)
    for terms in numbers:
        asked[system.get_component([cell for cell, _ in terms])].append(terms)
    programmes = [Programme(system, places) for places in asked if len(places) > 1]
    bundles = defaultdict(list)
    for one, end in zip(programmes, np.cumsum([len(one.column) for one in programmes]), strict=True):
        bundles[end // TOGETHER].append(one)
    random = np.random.default_rng(len(programmes))
    for bundle in bundles.values():
        goals = [np.array([one.make_row(terms) for terms in asked[one.places]]) for one in bundle]
        sample(bundle, np.hstack([random.uniform(-1, 1, (SAMPLES, len(rows))) @ rows for rows in goals]))
    return {terms: one for one in programmes for terms in asked[one.places]}


def sample(programmes: Sequence[Programme], pushes: np.ndarray) -> None:
    """Adds to each programme the solutions that all have together when pushed both ways by each row; none where one of
    them has none."""
    from scipy.linalg import block_diag

    low, high = (np.concatenate([one.bounds[end] for one in programmes]) for end in (0, 1))
    rows = block_diag(*(one.constraints[0] for one in programmes))
    least, most = (np.concatenate([one.constraints[end] for one in programmes]) for end in (1, 2))
    ends = np.cumsum([len(one.column) for one in programmes])[:-1]
    try:
        for push in (*pushes, *-pushes):
            solution = solve(push, (low, high), (rows, least, most))
            for one, part in zip(programmes, np.split(solution, ends), strict=True):
                one.solutions.append(part)
    except ContradictionError:
        return


def solve(goal: np.ndarray, bounds: tuple, constraints: tuple) -> np.ndarray:
    """The whole numbers within bounds and constraints whose sum with the goal's weights is least; raises
    ContradictionError where none are proved to be."""
    from scipy.optimize import milp  # slow to load, and whoever tells of openings solves nothing

    options = {"time_limit": SECONDS, "mip_rel_gap": 0.0}
    answer = milp(goal, integrality=np.ones(len(goal)), bounds=bounds, constraints=constraints, options=options)
    if answer.status != 0:
        raise ContradictionError
    return np.round(answer.x)
