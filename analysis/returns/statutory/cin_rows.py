"""The elements of a children in need census, noted while they pass; `cin_tables` then makes rows of them all at once.

Where a value belongs is told by the contract `cin_census`: an element is called as its column. A census has millions
of elements, so nothing is done for each but noting what it is, what it says and where it stands; which row and column
that means is worked out over whole arrays.
"""

from array import array
from collections.abc import Collection, Iterator
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from analysis.returns.contracts import Contract
from analysis.returns.sheet import refused
from analysis.returns.statutory.xml import iterate_elements, local_name

CHILDREN, REFERRALS, ENQUIRIES, PROTECTION, REVIEWS = (
    "children",
    "referrals",
    "section_47",
    "protection_plans",
    "reviews",
)
BEGINNERS = {  # elements beneath a child that begin a row: the table of each
    "CINdetails": REFERRALS,
    "Assessments": "assessments",
    "CINPlanDates": "plans",
    "Section47": ENQUIRIES,
    "ChildProtectionPlans": PROTECTION,
}
LISTS = {"Disability": (CHILDREN, "Disabilities"), "AssessmentFactors": ("assessments", "AssessmentFactors")}
REVIEW, CONFERENCE = "CPPreviewDate", "DateOfInitialCPC"  # a conference is of a referral or of a section 47 enquiry
HOLDERS = {"ChildIdentifiers", "ChildCharacteristics", "Disabilities", "FactorsIdentifiedAtAssessment", "Reviews"}
PASSED_OVER = ("{*}PreProceedingsandFGDM",)  # new in 2026; its layout isn't published yet
RENAMED = {"GenderCurrent": "Sex"}
CHILD = 2  # the number of a kind: after the unknown and the holders, before the beginners and what says something
VALUES = CHILD + 1 + len(BEGINNERS)
KEYS = {"referral", "number", "review"}  # columns that no element holds: counted here


class Role(IntEnum):
    """What an element is to the table that it belongs to."""

    UNKNOWN, HOLDER, ROW, VALUE, LISTED, CONFERENCE, REVIEW = range(7)


class Kind(NamedTuple):
    """What an element of a name is: its role, the number of its table, and its column's place there."""

    role: Role
    table: int = -1
    place: int = -1


class CensusReader:
    """Notes every element of a census as numbers: its kind; what it says; its line, unless it is a value of a row."""

    def __init__(self, path: Path, definition: Contract):
        self.path = path
        self.names = {table.name: list(table.names) for table in definition.tables}
        self.kinds = Kinds(self.names)
        self.words = Words()
        self.found, self.said, self.lines = bytearray(), array("i"), array("i")
        self.of_referral: list[int] = []  # which elements are conferences that stand in no section 47 enquiry
        self.stray: list[int] = []  # which elements have text behind them

    def read(self) -> dict[str, str]:
        """Read the file; return the values of its header."""
        root = None
        for root in self.iterate():
            if local_name(root) == "Child":
                self.note(root)
        if root is None or local_name(root) != "Message" or root.find("{*}Children") is None:
            raise refused(self.path, "no_census", "is no children in need census", "XML whose root is Message")
        return {local_name(element): (element.text or "").strip() for element in root.iterfind("{*}Header//*")}

    def iterate(self) -> Iterator[etree._Element]:
        """Give each child, without the groups that are passed over, and then the root."""
        for element in iterate_elements(self.path, "Child", "Children"):
            if local_name(element) == "Child":
                etree.strip_elements(element, *PASSED_OVER, with_tail=False)
            yield element

    def note(self, child: etree._Element) -> None:
        """Note a child and all elements beneath it, in a single loop without a call of our own: there are millions."""
        kinds, words, special, conference = self.kinds, self.words, self.kinds.special, self.kinds.conference
        find, say, line = self.found.append, self.said.append, self.lines.append
        find(CHILD)
        line(child.sourceline)
        for element in child.iterdescendants():
            kind = kinds[element.tag]
            find(kind)
            if kind >= VALUES:
                say(words[element.text])
                if kind >= special:
                    if kind != conference:
                        line(element.sourceline)
                    elif local_name(element.getparent()) != "Section47":
                        self.of_referral.append(len(self.found) - 1)
            else:
                line(element.sourceline)
            tail = element.tail
            if tail and not tail.isspace():
                self.stray.append(len(self.found) - 1)

    def find_lines(self, wanted: Collection[int]) -> dict[int, int]:
        """Return the lines of some elements, found by a second walk through the file: only what is wrong needs them."""
        if not wanted:
            return {}
        children = (element for element in self.iterate() if local_name(element) == "Child")
        lines = (element.sourceline for child in children for element in child.iter())
        return {at: line for at, line in enumerate(lines) if at in wanted}


class Words(dict):
    """The number of each different text, so that millions of elements are held as numbers; zero is none."""

    def __init__(self) -> None:
        super().__init__({None: 0, "": 0})
        self.texts = [""]

    def __missing__(self, text: str) -> int:
        self[text] = len(self.texts)
        self.texts.append(text)
        return self[text]


class Kinds(dict):
    """The number of each kind of element, by the tag that lxml gives; `told` holds what each number means."""

    def __init__(self, names: dict[str, list[str]]):
        super().__init__()
        tables = {name: number for number, name in enumerate(names)}
        self.told = [Kind(Role.UNKNOWN), Kind(Role.HOLDER), Kind(Role.ROW, tables[CHILDREN])]
        self.by_name = {"": 1, **dict.fromkeys(HOLDERS, 1)}
        for name, table in BEGINNERS.items():
            self._add(name, Kind(Role.ROW, tables[table]))
        for table in reversed(names):  # the key of all tables is a value of the first
            for name in [name for name in names[table] if name not in (*KEYS, *HOLDERS)]:
                self._add(name, Kind(Role.VALUE, tables[table], names[table].index(name)))
        for name, (table, column) in LISTS.items():
            self._add(name, Kind(Role.LISTED, tables[table], names[table].index(column)))
        self._add(REVIEW, Kind(Role.REVIEW, tables[REVIEWS], names[REVIEWS].index(REVIEW)))
        self._add(CONFERENCE, Kind(Role.CONFERENCE, tables[ENQUIRIES], names[ENQUIRIES].index(CONFERENCE)))
        self.special, self.conference = self.by_name[REVIEW], self.by_name[CONFERENCE]  # the last two
        self.of_referral = (tables[REFERRALS], names[REFERRALS].index(CONFERENCE))

    def _add(self, name: str, kind: Kind) -> None:
        self.by_name[name] = len(self.told)
        self.told.append(kind)

    def __missing__(self, tag: object) -> int:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        self[tag] = self.by_name.get(RENAMED.get(name, name), 0)
        return self[tag]
