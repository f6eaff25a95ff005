"""`safeguarding check`: say what is wrong with the returns, a summary of each agency first, then a line a problem."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from analysis.cli.checked import keep_check
from analysis.cli.lines import LEVELS, OWN, count_words, gather_lines
from analysis.cli.options import one_partnership, one_year
from analysis.disclosure.notes import Screen, list_counted, question_words
from analysis.disclosure.policy import policy_from
from analysis.errors import CommandError, DataError, Problem, unknown
from analysis.local import load_local
from analysis.measures.catalogue import Catalogue
from analysis.official.far import find_far
from analysis.partnership import Partnership, load_partnership
from analysis.returns.checks.rule import Case, level_of
from analysis.returns.register import ReturnEntry, get_year_folder, load_register
from analysis.returns.sheet import file_of
from analysis.scrutiny.follow import read_followed, screen_followed
from analysis.settings import get_data_root, get_notebook_root

REGISTER = "(the register)"
WORDS = "words_not_approved"
HASH = re.compile(r'"[0-9a-f]{64}"')
APPROVALS = "a shared report doesn't say them before; check --approvals prints what to sign"
ANSWERS = (
    "a question goes to its agency; its answer is a file sent again, or words in the note of its line in returns.csv"
)


@click.command("check")
@one_partnership
@one_year
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--agency", help="Only this agency's returns, by its name in the register.")
@click.option(
    "--approvals", is_flag=True, help="Print the texts that wait as lines for [[approved]], and nothing else."
)
@click.option("--rules", is_flag=True, help="Print the rules, and check nothing.")
@click.option(
    "--workbook",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one agency's returns with the cells marked, to send back to it.",
)
def check_command(
    partnership: str, year: str, as_json: bool, agency: str | None, approvals: bool, rules: bool, workbook: Path | None
) -> int:
    """Check the returns of a year, a line a problem.

    It names file, row and column, says what is wrong and what is allowed.
    """
    if rules:
        return print_rules()
    if agency is not None:
        check_agency(agency, partnership, year)
    problems, entries = find_problems(partnership, year)
    keep_check(partnership, year, problems)
    by_agency = group_by_agency(problems, entries)
    if agency is not None:
        if agency not in by_agency:
            raise CommandError(unknown("agency", agency, by_agency))
        by_agency = {agency: by_agency[agency]}
    chosen = [problem for found in by_agency.values() for problem in found]
    if workbook:
        write_marked(workbook, by_agency, partnership, year)
    if approvals:
        print_approvals(chosen)
    else:
        print_json(chosen) if as_json else print_lines(by_agency, entries, f"{partnership} {year}")
    return 1 if any(problem.severity == "error" for problem in chosen) else 0


def check_agency(agency: str, name: str, year: str) -> None:
    """Raise CommandError for an agency that the register doesn't name, before any return is read."""
    try:
        home = load_partnership(name, get_data_root())
        entries, _ = load_register(get_data_root() / name / year, home)
    except DataError:
        return  # the check itself says what is wrong with them
    names = dict.fromkeys([REGISTER, *(entry.agency for entry in entries)])
    if entries and agency not in names:
        raise CommandError(unknown("agency", agency, names))


def find_problems(partnership_id: str, year: str) -> tuple[list[Problem], Sequence[ReturnEntry]]:
    """Return every problem of a year's returns, and the register's lines.

    Raises CommandError for an unknown partnership or year.
    """
    from analysis.counting.year import count_for_check
    from analysis.release.generators import make_returns
    from analysis.returns.checks.year import check_year, sort_problems
    from analysis.runs.plan import PARAMETERS, find_notebook

    def count(read, entries):
        return count_for_check(read, entries, partnership.period_of(year), partnership.geography, catalogue)

    try:
        partnership = load_partnership(partnership_id, get_data_root())
        policy = policy_from(partnership.disclosure)  # a build stops at a fault in it
        for section in partnership.sections:  # and at a section without one, before it reads
            find_notebook(section.id, get_notebook_root(), PARAMETERS)
        catalogue = load_local(partnership)
        make_returns(partnership, get_data_root(), year)
        folder = get_year_folder(partnership, year, get_data_root())
        problems, case = check_year(folder, year, partnership, catalogue, count=count)
    except DataError as error:
        return _problems_of(error), ()
    stops = [problem for problem in find_stops(partnership, year, catalogue, case) if problem not in problems]
    screen = Screen(partnership, policy, list_counted(catalogue), catalogue.measures)
    lines = [] if stops else screen_followed(read_followed(folder, partnership, catalogue), screen)[1]
    waiting = [_await_approval(*line.partition(": ")[::2]) for line in lines]
    asked = [_question(*spot) for spot in question_words(case.entries, screen)]
    far = () if partnership.synthetic or stops else find_far([*case.figures, *case.counted], partnership)
    return sort_problems([*stops, *waiting, *asked, *far, *problems]), case.entries


def find_stops(partnership: Partnership, year: str, catalogue: Catalogue, case: Case) -> list[Problem]:
    """Return what would stop a build before it counts: a build takes the same step."""
    from analysis.counting.years import recall_years
    from analysis.release.years import open_years

    try:
        kept = recall_years(get_year_folder(partnership, year, get_data_root()), year, partnership)
        open_years(partnership, year, catalogue, kept, case=case)
    except (DataError, CommandError) as error:
        return _problems_of(error)
    return []


def _problems_of(error: DataError | CommandError) -> list[Problem]:
    told = error.problems if isinstance(error, DataError) else ()
    return list(told or [_tell_own("error", str(error))])


def _tell_own(severity: str, message: str, allowed: str = "") -> Problem:
    return Problem("partnership.toml", None, None, "definition", severity, message, allowed)


def _await_approval(place: str, allowed: str) -> Problem:
    """Return a text of a followed-up file that a shared report won't say; `place` is file, row's id and column."""
    file, _, message = place.partition(", ")
    return Problem(file, None, None, WORDS, "warning", message, allowed)


def _question(file: str, row: int | None, place: str | None, allowed: str) -> Problem:
    message = "the words state a value of what is counted: a shared report won't say them where that is hidden"
    message = message if row else f"{place}: {message}"
    return Problem(file, row, place if row else None, WORDS, "warning", message, allowed)


def group_by_agency(problems: Sequence[Problem], entries: Sequence[ReturnEntry]) -> dict[str, list[Problem]]:
    """Return the problems of each agency that has a line or a problem, the register's own first."""
    agency_of = {entry.file: entry.agency for entry in reversed(entries) if entry.file}
    rows = {row: entry.agency for row, entry in enumerate(entries, start=2)}
    found: dict[str, list[Problem]] = {REGISTER: [], **{entry.agency: [] for entry in entries}}
    for problem in problems:
        file = file_of(problem.file)
        agency = rows.get(problem.row) if file == "returns.csv" else agency_of.get(file)
        found[agency or REGISTER].append(problem)
    return {agency: said for agency, said in found.items() if said or agency != REGISTER}


def print_rules() -> int:
    """Print each rule: its id, whether a breach is an error, a question or noted, what it checks, what is allowed."""
    from analysis.returns.checks import year  # noqa: F401  enters the rules
    from analysis.returns.checks.rule import get_rules

    for rule in get_rules().values():
        click.echo(f"{rule.id} ({rule.level}): {rule.what}" + (f"; allowed: {rule.allowed}" if rule.allowed else ""))
    return 0


def print_json(problems: Sequence[Problem]) -> None:
    """Print the problems as the contract has them."""
    click.echo(json.dumps({"problems": [problem.as_dict() for problem in problems]}, indent=1, ensure_ascii=False))


def print_lines(by_agency: Mapping[str, Sequence[Problem]], entries: Sequence[ReturnEntry], year: str) -> None:
    """Print a line an agency; then the errors, the questions and what is noted, a line each; then the totals."""
    for agency, found in by_agency.items():
        files = len({entry.file for entry in entries if entry.agency == agency and entry.file})
        click.echo(f"{agency}: {files} file{'s' * (files != 1)}, {count_words(found)}")
    for level in LEVELS:
        for found in by_agency.values():
            for line in gather_lines([one for one in found if level_of(one) == level and one.rule != WORDS]):
                click.echo(line)
    problems = [problem for found in by_agency.values() for problem in found]
    for file, texts in Counter(problem.file for problem in problems if problem.rule == WORDS).items():
        click.echo(f"noted: {file}: {texts} text{'s' * (texts != 1)} wait for approval ({APPROVALS}) [{WORDS}]")
    click.echo(f"{year}: {count_words(problems)}")
    faulty = dict.fromkeys(file_of(p.file) for p in problems if p.severity == "error")
    if any(level_of(problem) == "question" for problem in problems):
        click.echo(ANSWERS)
    if files := [file for file in faulty if file and file not in OWN]:
        click.echo(f"build --set-aside-faulty would count as not received: {', '.join(files)}")


def print_approvals(problems: Sequence[Problem]) -> None:
    """Print an [[approved]] with the hash of each text that waits and where the text stands, for a person to sign."""
    click.echo(f'[[approved]]\nby = ""\non = {date.today()}\ntexts = [')
    for problem in problems:
        if problem.rule == WORDS and (found := HASH.search(problem.allowed)):
            place = f"row {problem.row}, {problem.column}" if problem.row else problem.message
            click.echo(f"    {found[0]}, # {problem.file}, {place}")
    click.echo("]")


def tell_set_aside(faults: Sequence[Problem]) -> None:
    """Print the faults for which a build set returns aside."""
    for line in gather_lines(faults):
        click.echo(f"safeguarding: set aside: {line}", err=True)


def write_marked(path: Path, by_agency: Mapping[str, Sequence[Problem]], partnership: str, year: str) -> None:
    """Write the workbook of the one agency that it is for. Raises CommandError where there are several: nobody may be
    sent the records of another agency."""
    from analysis.returns.checks.marked import write_workbook

    with_problems = [agency for agency, found in by_agency.items() if found and agency != REGISTER]
    if len(with_problems) != 1:
        raise CommandError(f"--workbook is for one agency; name it with --agency: {', '.join(with_problems) or 'none'}")
    folder = get_data_root() / partnership / year / "returns"
    write_workbook(path, with_problems[0], by_agency[with_problems[0]], folder)
    click.echo(f"{path}: for {with_problems[0]} alone; it holds that agency's own records", err=True)
