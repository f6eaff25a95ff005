"""The tables of a children in need census: which row and column each noted element means, over whole arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.errors import Problem
from analysis.returns.conform import Numbered
from analysis.returns.statutory.cin_rows import CHILDREN, PROTECTION, REFERRALS, REVIEWS, VALUES, CensusReader, Role

FAULTS = {
    "repeated_element": "an element that stands twice",
    "misplaced_element": "an element that stands in another group than its own",
    "unknown_element": "an element that the layout doesn't have here",
    "stray_text": "text that stands outside any element",
}


@dataclass(frozen=True)
class Rows:
    """The rows of one table: the cells of each column, and the line of each row."""

    cells: dict[str, Numbered]
    lines: np.ndarray


def make_tables(reader: CensusReader) -> tuple[dict[str, Rows], list[Problem]]:
    """Return the rows of every table, and what is wrong with elements, in the order of the file."""
    elements = _Elements(reader)
    cells = {name: elements.cells(name) for name in reader.names}
    words = np.array(reader.words.texts, dtype=object)
    tables = {
        name: Rows({column: Numbered(numbers, words) for column, numbers in columns.items()}, elements.lines[first])
        for name, (columns, first) in cells.items()
    }
    faults = sorted([*elements.faults(), *((at, "stray_text") for at in reader.stray)])
    lines = reader.find_lines({at for at, _ in faults})
    told = [(reader.path.name, lines[at], None, rule, "error", FAULTS[rule]) for at, rule in faults]
    return tables, [Problem(*said) for said in told]


class _Groups:
    """The groups of elements that make a row (a child, a referral, an assessment ...), in the order of the file.

    `at` is the element that begins each, `child` and `referral` count them up to each, `number` is that of the open
    referral within its child (zero before the first).
    """

    def __init__(self, at: np.ndarray, table: np.ndarray, child: int, referral: int):
        is_child = table == child
        referrals = np.cumsum(table == referral)
        number = referrals - referrals[_last(is_child)]
        sound = is_child | (number > 0)  # all but a child need an open referral
        self.at, self.refused, self.table = at[sound], at[~sound], table[sound]
        self.child, self.referral, self.number = np.cumsum(is_child)[sound], referrals[sound], number[sound]


class _Elements:
    """Every element of a census, in the order of the file: its role, its table and place, its text, its group.

    All are arrays by element.
    """

    def __init__(self, reader: CensusReader):
        self.names, self.words = reader.names, reader.words
        self.code = {name: code for code, name in enumerate(reader.names)}
        found = np.frombuffer(reader.found, dtype=np.uint8)
        told = np.array(reader.kinds.told, dtype=np.int16).T
        self.role, self.table, self.place = (part[found] for part in told)
        self.table[reader.of_referral], self.place[reader.of_referral] = reader.kinds.of_referral
        says = found >= VALUES
        self.said, self.lines = np.zeros((2, len(found)), dtype=np.int32)
        self.said[says], self.lines[~says | (self.role == Role.REVIEW)] = reader.said, reader.lines
        self.repeated: set[int] = set()
        rows = np.flatnonzero(self.role == Role.ROW)
        self.groups = _Groups(rows, self.table[rows], self.code[CHILDREN], self.code[REFERRALS])
        self.group = np.repeat(np.arange(len(self.groups.at)), np.diff(self.groups.at, append=len(found)))
        self.sound = self.find_sound()

    def find_sound(self) -> np.ndarray:
        """Return which elements stand where the layout has them: in their own group, or in the open referral."""
        around = self.groups.table[self.group]
        own = self.table == around
        of_referral = (self.table == self.code[REFERRALS]) & (self.groups.number > 0)[self.group]
        of_plan = (self.role == Role.REVIEW) & (around == self.code[PROTECTION])
        sound = own | of_referral | of_plan | (self.role == Role.HOLDER)
        sound[self.groups.refused] = False
        return sound

    def faults(self) -> Iterator[tuple[int, str]]:
        """Give each element that stands where it shouldn't, and the rule that it breaks."""
        for at in np.flatnonzero(~self.sound).tolist():
            yield at, "misplaced_element" if self.role[at] == Role.VALUE else "unknown_element"
        for at in self.repeated:
            yield at, "repeated_element"

    def cells(self, name: str) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Return the columns of a table, as numbers of texts, and the element that begins each row."""
        here = np.flatnonzero((self.table == self.code[name]) & self.sound)
        begun = self.role[here] == (Role.REVIEW if name == REVIEWS else Role.ROW)
        columns, first = self.names[name], here[begun]
        cells = np.zeros((len(columns), len(first)), dtype=np.int32)
        for place, key in enumerate(self.keys(name, self.group[first])):
            cells[place] = key
        self.write(cells, here, np.cumsum(begun) - 1)
        return dict(zip(columns, cells, strict=True)), first

    def keys(self, name: str, group: np.ndarray) -> list[np.ndarray]:
        """Return the key columns of rows that begin in these groups."""
        if name == CHILDREN:
            return []
        groups = self.groups
        keys = [self.child_ids[groups.child[group] - 1], self.numbers(groups.number[group])]
        if name == REVIEWS:
            plans = np.flatnonzero(groups.table == self.code[PROTECTION])
            plan = np.searchsorted(plans, group)
            return [*keys, self.numbers(_rank(groups.referral[plans])[plan]), self.numbers(_rank(plan))]
        return keys if name == REFERRALS else [*keys, self.numbers(_rank(groups.referral[group]))]

    @cached_property
    def child_ids(self) -> np.ndarray:
        """Return the key of every child."""
        return self.cells(CHILDREN)[0]["LAchildID"]

    def write(self, cells: np.ndarray, here: np.ndarray, row: np.ndarray) -> None:
        """Write what the elements say into the cells; the first counts where one stands twice."""
        valued = self.place[here] >= 0
        here, row = here[valued], row[valued]
        target, flat = self.place[here] * np.int64(cells.shape[1]) + row, cells.reshape(-1)
        listed = (self.role[here] == Role.LISTED) & (self.said[here] > 0)
        for at, word in zip(target[listed].tolist(), self.said[here[listed]].tolist(), strict=True):
            flat[at] = self.joined(flat[at], word) if flat[at] else word
        single = self.role[here] != Role.LISTED
        self.write_single(flat, here[single], target[single])

    def write_single(self, flat: np.ndarray, here: np.ndarray, target: np.ndarray) -> None:
        """Write values that stand once in a row; tell those that follow another."""
        said = self.said[here] > 0
        flat[target[said][::-1]] = self.said[here[said]][::-1]
        twice = np.flatnonzero((np.bincount(target, minlength=len(flat)) > 1)[target])
        written = set()
        for at in twice.tolist():
            if target[at] in written:
                self.repeated.add(int(here[at]))
            elif said[at]:
                written.add(target[at])

    def joined(self, before: int, word: int) -> int:
        """Return the number of two texts as one list."""
        return self.words[f"{self.words.texts[before]};{self.words.texts[word]}"]

    def numbers(self, numbers: np.ndarray) -> np.ndarray:
        """Return numbers as those of their texts."""
        return np.array([self.words[str(number)] for number in range(numbers.max(initial=0) + 1)])[numbers]


def _last(marked: np.ndarray) -> np.ndarray:
    """Return for each the place of the last marked one up to it (the first of all where there is none)."""
    return np.maximum.accumulate(np.where(marked, np.arange(len(marked)), 0))


def _rank(group: np.ndarray) -> np.ndarray:
    """Return the place of each within its group, from 1; groups stand in order."""
    return np.arange(len(group)) - np.searchsorted(group, group) + 1
