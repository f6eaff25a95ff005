"""What the returns of a report's years hold, or everything that stops it: for `check` and for every build alike."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analysis.counting.year import Year
from analysis.counting.years import Kept, read_years
from analysis.disclosure.policy import check_patterns, policy_from
from analysis.errors import DataError, Problem
from analysis.figures.build import check_ids, make_statistics
from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
from analysis.official.areas import check_councils, check_place
from analysis.partnership import Partnership
from analysis.returns.aggregate import Observation
from analysis.returns.checks.rule import Case
from analysis.returns.register import get_year_folder, list_set_aside
from analysis.returns.sheet import file_of
from analysis.scrutiny.follow import read_followed
from analysis.scrutiny.questions import check_committees, load_sources
from analysis.settings import get_data_root, get_dictionary_root


def open_years(
    partnership: Partnership,
    year: str,
    catalogue: Catalogue,
    kept: Mapping[str, Kept],
    *,
    case: Case | None = None,
    set_aside: bool = False,
) -> tuple[dict[str, Year], tuple[Problem, ...]]:
    """Return what the returns of every year hold, oldest first, and the faults for which returns were `set_aside`.

    Raises DataError with everything that stops a report before anything is counted: in the returns, between them, in
    the partnership's own settings. What lies in no file of a return can't be set aside.
    """
    cases = {one.year: one for one in (case, case.before if case else None) if one}
    set_for: list[Problem] = []
    while True:
        try:
            return _open(partnership, year, catalogue, kept, cases), tuple(set_for)
        except DataError as stop:
            faulty = find_faulty(stop.problems, cases, year) if set_aside else {}
            if not faulty:
                raise
            cases |= {name: cases[name].without(files) for name, files in faulty.items()}
            set_for += stop.problems


def _open(
    partnership: Partnership, year: str, catalogue: Catalogue, kept: Mapping[str, Kept], cases: dict[str, Case]
) -> dict[str, Year]:
    check_patterns(policy_from(partnership.disclosure), catalogue.measures)
    check_committees(partnership, load_sources(get_dictionary_root()).sources)
    folder = get_year_folder(partnership, year, get_data_root())
    read_followed(folder, partnership, catalogue)
    years = read_years(folder, year, partnership, catalogue, kept, cases=cases)
    if not partnership.synthetic:  # an invented area has no code that is known
        check_place(partnership, partnership.period_of(year).end)
        check_councils(partnership, {file: read.council for file, read in cases[year].read.items() if read.council})
    returned = {name: held.counted for name, held in years.items()}
    made = make_statistics(returned[year], catalogue, partnership, year)
    check_ids([*made, *make_history(returned, year, catalogue, partnership, known=made)])
    return years


def find_faulty(problems: Iterable[Problem], cases: Mapping[str, Case], year: str) -> dict[str, set[str]]:
    """Return the files of returns that problems lie in, by their year, which an earlier one's names."""
    found: dict[str, set[str]] = defaultdict(set)
    for problem in problems:
        path = file_of(problem.file)
        name, _, file = path.partition("/") if "/" in path else (year, "", path)
        if name in cases and file in cases[name].read:
            found[name].add(file)
    return dict(found)


def name_set_aside(years: Mapping[str, Year]) -> tuple[str, ...]:
    """Return whose returns were set aside, of which dataset and year, for readers."""
    return tuple(
        f"{entry.agency} ({', '.join(filter(None, (*entry.datasets, name)))})"
        for name, held in reversed(years.items())
        for entry in list_set_aside(held.entries)
    )


def make_history(
    observations: Mapping[str, list[Observation]],
    year: str,
    catalogue: Catalogue,
    partnership: Partnership,
    *,
    known: Sequence[Statistic],
) -> list[Statistic]:
    """Return the statistics of earlier years' returns that this year's returns don't give themselves."""
    earlier = [one for name, found in observations.items() if name < year for one in found]
    ids = {statistic.statistic_id for statistic in known}
    made = make_statistics(earlier, catalogue, partnership, year)
    return [statistic for statistic in made if statistic.statistic_id not in ids]
