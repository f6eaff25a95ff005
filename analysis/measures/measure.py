"""One record a measure: what it counts, of what, how it is split, and how it reads.

A record says what only a person can know. What follows from it (units, measure types, words of a split, bases, sums)
is worked out when it is loaded (`completion`, `relations`) and stands nowhere else.
"""

import re
from collections.abc import Mapping

from msgspec import Struct, field

from analysis.measures.periods import Period, say_day
from analysis.measures.words import fill_in

POLARITIES = ("higher_is_better", "lower_is_better", "none")
RELATION_KINDS = ("sum", "part", "within", "bound", "share", "numerator")
STANDARD_SOURCES = ("statute", "guidance", "local")
AVERAGES = ("mean", "median")
END = "the end of the period"
AT_END = re.compile(rf"(?:up to|to|at|by|(?:over|in) the (?:five )?years? to) {END}")
Values = str | bool | tuple[str, ...]


class Split(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A measure split by one dimension (`name` where it reads otherwise): its categories in the order to show, how each
    is coded and how it reads.

    `codes` gives the category of each code of the records; what has an empty category is left out, what has no code
    is `missing`. With `found`, the categories are those that the records hold, of its codes if it has any. A row of
    `many` has several categories. Unless `exhaustive`, the categories are not the whole; `whole` is the category that
    stands for the total. `public_category` replaces a category's name in a shared release. `part` is how a category
    follows what is counted, `parts` those of single categories. `base_said` says that its share's words alone tell the
    base, `said` is a measure's or split's whole sentence; one that names no {period} states no event: a standard, a
    frequency, a length. What isn't `quoted` is no news by itself, and its sentence isn't offered.
    """

    dimension: str
    name: str = ""
    title: str = ""
    noun: str = ""
    noun_one: str = ""
    share: str = ""
    said: str = ""
    quoted: bool = True
    base_said: bool = False
    categories: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    part: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] | None = None
    missing: str = "not recorded"
    many: bool = False
    found: bool = False
    exhaustive: bool = True
    whole: str = ""
    public_category: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether rows of records can be put into its categories: by their codes, or by what they hold."""
        return self.codes is not None or self.found or self.dimension == "month"

    def say(self, category: str) -> str:
        """Return how a category reads."""
        return self.words.get(category, category)

    def fill(self, words: str, category: str) -> str:
        """Return words of a measure with one category in their place."""
        part = self.parts.get(category, self.part)
        return fill_in(words.replace("{part}", part), self.say(category))


class Relation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ties figures of a measure (`part`: empty for its total, `dimension` or `dimension/category`) to figures of
    others (`whole`: selectors): a sum, a part, a part of several wholes together, a share or a rate's numerator."""

    kind: str
    whole: tuple[str, ...]
    part: tuple[str, ...] = ("",)


class MeasureChart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A chart that the measure's topic draws of it: of which kind, and by which dimension."""

    kind: str
    by: str


class Count(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a measure is counted where that takes no more than a choice of rows of one table (`counting.definitions`).

    `table` is one of a dataset (`D35.concerns`); or `rows` are a choice that a module of counting makes for several
    measures (`training.bookings`). `day` is the column that dates a row; without it every row of the return counts.
    `open` are the columns of the days on which something began and ended: of a stock those open on the day count. Of
    rows that say again what stood before, `latest` names the columns by which the last of the day counts. `where` gives
    the value, or the values, that a column must have, `unless` those that it mustn't, though it must say something;
    `said` is a column that every row must say, `given` one that a row at least must, `returned` those that one at least
    must before rows are chosen by `where`. The rows themselves are counted, or what they say: different people of the
    column `person`, a sum or an average of `value` or of what one column has over another (`rise`), one column over
    another (`ratio`), the share that is `met` (a column of yes and no, or a column with the values that meet it), that
    has something `recorded` in a column, at `least` or at `most` so much in one (`{placements_12m = 3}`), or a day no
    later than another or than the period's last (`in_time`). What counts may be the time from one column to another
    (`span`): its average, in the measure's unit, or the share `within` a limit (`{working_days = 1}`). Of a table with
    a row a measure a day, `measure` names it, `measures` a part and its whole.
    `columns` gives the column of each split that is called otherwise; a month is that of `day`. `words` say how it is
    counted where its definition is wider, or where it has none.
    """

    table: str = ""
    rows: str = ""
    day: str = ""
    open: tuple[str, ...] = ()
    latest: tuple[str, ...] = ()
    where: Mapping[str, Values] = field(default_factory=dict)
    unless: Mapping[str, Values] = field(default_factory=dict)
    said: str = ""
    given: str = ""
    returned: tuple[str, ...] = ()
    person: str = ""
    value: str = ""
    rise: tuple[str, ...] = ()
    met: str | Mapping[str, Values] = ""
    recorded: str = ""
    least: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)
    in_time: tuple[str, ...] = ()
    ratio: tuple[str, ...] = ()
    span: tuple[str, ...] = ()
    within: Mapping[str, float] = field(default_factory=dict)
    measure: str = ""
    measures: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


class Standard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is expected, in words, and on whose authority: a statute, guidance or a local decision."""

    words: str
    source: str


class Measure(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One measure, complete.

    `topic` names the topic of its first section that shows it, with its `charts`, where the topic doesn't list it.
    `definition` says what it is. Of a measure counted from records, `count` or a function says how; the function's
    docstring is its definition, and another is given only where returned figures may be wider. `per` is the population
    of its rate (children, adults). A `stock` is counted on a day.

    `of` is the measure whose people or events are the base of a share or a mean (of a share: those of its part),
    `of_only` which of them; `base` the figures that together are a share's base, `numerator` those that are its part
    (`contacts/outcome/early help`).
    `part_of` are figures that hold all of its own people or events, each at least once; `same_as` is one that is the
    same number, `other_side` one by which another agency tells of the same events from its own records. A measure that
    isn't `shown` is only such a base: no report has a figure of it.

    Of a dataset that several agencies return, one of its `own_return` is credited to those who return it to its
    section.

    A base that is followed up holds those of so many `months_before` the period.

    A stock `grows_by` those of one measure and `shrinks_by` those of another, from month to month.
    `comes_from` is the measure of the stage before, out of whose events its own come; `comes_in` that of the events
    that hold several of its own (attendances in sessions). `unripe` is how many months at the end of a year are too
    young for what happens next to have happened: their figures are left out of tables by month.
    """

    id: str
    title: str
    term: str
    sections: tuple[str, ...]
    unit: str
    counts_people: bool
    is_arranged: bool
    interpretation: str
    noun: str
    noun_one: str
    measure: str
    measure_types: tuple[str, ...]
    units: tuple[str, ...]
    source: str = "Local definition"
    definition: str = ""
    definition_version: str = "2023-24"
    polarity: str = "none"
    protects: str = "people"
    sensitive: bool = False
    share: str = ""
    said: str = ""
    quoted: bool = True
    per: str = ""
    stock: bool = False
    own_return: bool = False
    total: bool = True
    months_before: int = 0
    of: str = ""
    of_only: str = ""
    base: tuple[str, ...] = ()
    numerator: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    same_as: str = ""
    other_side: str = ""
    shown: bool = True
    grows_by: str = ""
    shrinks_by: str = ""
    comes_from: str = ""
    comes_in: str = ""
    topic: str = ""
    charts: tuple[MeasureChart, ...] = ()
    unripe: int = 0
    standard: Standard | None = None
    count: Count | None = None
    relations: tuple[Relation, ...] = ()
    by: Mapping[str, Split] = field(default_factory=dict)

    @property
    def is_average(self) -> bool:
        """Whether it is a mean or a median, whose categories don't add up."""
        return self.measure in AVERAGES

    def say_time(self, period: Period) -> str:
        """Return a period as it follows a figure: "at 31 March 2024" of a stock, told at the end of a period."""
        if not (period.stated and period.end):
            return period.rough
        time = AT_END.search(self.share or self.noun)
        at = time[0] if time else f"at {END}" if self.stock else ""
        return at.replace(END, say_day(period.end)) or period.told

    def words(self, split: Split | None, name: str) -> str:
        """Return the words (`noun`, `noun_one`, `share`, `said`) of one of its splits, where that has its own; else
        its own."""
        return (getattr(split, name) if split else "") or getattr(self, name)
