"""The rows of a children in need census, collected while its elements pass by.

Where a value belongs is told by the contract `cin_census`: an element is called as its column.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from lxml import etree

from analysis.errors import Problem
from analysis.returns.contracts import Contract, Table
from analysis.returns.statutory.xml import iterate_elements, local_name
from analysis.returns.tables import refused

GROUPS = {  # groups of elements beneath a referral: the table of each
    "Assessments": "assessments",
    "CINPlanDates": "plans",
    "Section47": "section_47",
    "ChildProtectionPlans": "protection_plans",
}
HOLDERS = {"ChildIdentifiers", "ChildCharacteristics", "Disabilities", "FactorsIdentifiedAtAssessment", "Reviews"}
LISTS = {"Disability": "Disabilities", "AssessmentFactors": "AssessmentFactors"}  # several make one list of codes
RENAMED = {"GenderCurrent": "Sex"}
SHARED = "DateOfInitialCPC"  # of a referral and of a section 47 enquiry
NO_VALUES = {"referral", "number", "review", "CPPreviewDate", SHARED, *LISTS.values()}
NEW_IN_2026 = "PreProceedingsandFGDM"  # documented by its name alone: passed over until its elements are known


class _Rows:
    """The rows of one table as they are found: one flat list of text, so that a million rows are no million objects."""

    def __init__(self, table: Table):
        self.places = {name: place for place, name in enumerate(table.names)}
        self.cells: list[str] = []
        self.lines: list[int] = []
        self.start = -1  # where the row that is being filled begins
        self.number = 0  # of that row within what it belongs to

    def add(self, element: etree._Element, *keys: str) -> None:
        """Begin a row with its keys."""
        self.number += 1
        self.start = len(self.cells)
        self.cells += keys
        self.cells += [""] * (len(self.places) - len(keys))
        self.lines.append(element.sourceline)

    def put(self, place: int, text: str) -> None:
        """Write a value into the row, after those that stand there already."""
        before = self.cells[self.start + place]
        self.cells[self.start + place] = f"{before};{text}" if before else text

    def by_column(self) -> dict[str, list[str]]:
        """Return the cells of each column."""
        return {name: self.cells[place :: len(self.places)] for name, place in self.places.items()}


class CensusReader:
    """Collects the rows of every table while the children pass by."""

    def __init__(self, path: Path, definition: Contract):
        self.path = path
        self.tables = {table.name: _Rows(table) for table in definition.tables}
        self.numbered = [self.tables[name] for name in (*GROUPS.values(), "reviews")]
        self.problems: list[Problem] = []
        self.keys = ("", "")  # of the referral that is open: the child, its number in the child
        self.steps = _Steps(self)

    def read(self) -> dict[str, str]:
        """Read the file; return the values of its header."""
        root = None
        for root in iterate_elements(self.path, "Child"):
            if local_name(root) == "Child":
                self.read_child(root)
        if root is None or local_name(root) != "Message" or root.find("{*}Children") is None:
            raise refused(self.path, "no_census", "is no children in need census", "XML whose root is Message")
        return {local_name(element): (element.text or "").strip() for element in root.iterfind("{*}Header//*")}

    def read_child(self, child: etree._Element) -> None:
        """Read one child, in a single loop without a call for each value: a census has millions of them."""
        steps, referrals, group = self.steps, self.tables["referrals"], self.tables["children"]
        group.add(child)
        referrals.number = 0
        for element in child.iterdescendants():
            table, place, step = steps[element.tag]
            if table is None:
                group = step(element, group) if step else group
            elif table is group or (table is referrals and referrals.number):
                cells, at = table.cells, table.start + place
                if cells[at]:
                    self.fault(element, "repeated_element", "an element that stands twice")
                else:
                    cells[at] = element.text or ""
            else:
                self.fault(element, "misplaced_element", "an element that stands in another group than its own")
            tail = element.tail
            if tail and not tail.isspace():
                self.fault(element, "stray_text", "text that stands outside any element")

    def begin_referral(self, element: etree._Element, group: _Rows) -> _Rows:
        """Begin the row of a referral, which is open from then on."""
        children, referrals = self.tables["children"], self.tables["referrals"]
        self.keys = (children.cells[children.start], str(referrals.number + 1))
        referrals.add(element, *self.keys)
        for table in self.numbered:
            table.number = 0
        return referrals

    def begin_group(self, table: _Rows, element: etree._Element, group: _Rows) -> _Rows:
        """Begin the row of an assessment, a plan or an enquiry."""
        if not self.tables["referrals"].number:
            return self.refuse(element, group)
        table.add(element, *self.keys, str(table.number + 1))
        self.tables["reviews"].number = 0
        return table

    def add_review(self, element: etree._Element, group: _Rows) -> _Rows:
        """Add the row of a review of the plan that is open."""
        if group is not self.tables["protection_plans"]:
            return self.refuse(element, group)
        reviews = self.tables["reviews"]
        reviews.add(element, *self.keys, str(group.number), str(reviews.number + 1), element.text or "")
        return group

    def add_code(self, column: str, element: etree._Element, group: _Rows) -> _Rows:
        """Add one of several codes to its column."""
        if column not in group.places:
            return self.refuse(element, group)
        group.put(group.places[column], element.text or "")
        return group

    def put_conference(self, element: etree._Element, group: _Rows) -> _Rows:
        """Write the date of a conference, which is the enquiry's or the referral's by the element around it."""
        of_enquiry = local_name(element.getparent()) == "Section47"
        table = self.tables["section_47" if of_enquiry else "referrals"]
        if not table.number:
            return self.refuse(element, group)
        table.put(table.places[SHARED], element.text or "")
        return group

    def refuse(self, element: etree._Element, group: _Rows) -> _Rows:
        """Tell an element that the layout doesn't have where it stands."""
        self.fault(element, "unknown_element", "an element that the layout doesn't have here")
        return group

    def fault(self, element: etree._Element, rule: str, message: str) -> None:
        """Tell what is wrong at the line of an element."""
        self.problems.append(Problem(self.path.name, element.sourceline, None, rule, "error", message))


Step = Callable[[etree._Element, _Rows], _Rows]


class _Steps(dict):
    """What to do at an element, by the tag that lxml gives: the table and place of its value, or a step to take."""

    def __init__(self, reader: CensusReader):
        super().__init__()
        self.values = {
            name: (rows, place)
            for rows in reversed(reader.tables.values())  # the key of all tables is a value of the first
            for name, place in rows.places.items()
            if name not in NO_VALUES
        }
        self.steps: dict[str, Step | None] = {
            **{name: partial(reader.begin_group, reader.tables[table]) for name, table in GROUPS.items()},
            **{name: partial(reader.add_code, column) for name, column in LISTS.items()},
            **dict.fromkeys((*HOLDERS, NEW_IN_2026, "")),
            "CINdetails": reader.begin_referral,
            "CPPreviewDate": reader.add_review,
            SHARED: reader.put_conference,
        }
        self.refuse = reader.refuse

    def __missing__(self, tag: object) -> tuple[_Rows | None, int, Step | None]:
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        name = RENAMED.get(name, name)
        step = self.steps.get(name, self.refuse)
        self[tag] = (*self.values[name], None) if name in self.values else (None, -1, step)
        return self[tag]
