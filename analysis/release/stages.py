"""From a year's returns to one release: read this to check the order of steps.

1. read the register and every return, strictly; count what came as records, earlier years once and for all;
2. make one statistic a fact, with its interval, for the report's year and for the earlier years held;
3. pass all of them together, with what earlier releases printed, through disclosure control (a shared release; an
   internal one shows all);
4. compare each with the figure before it, from what disclosure control let through;
5. state each in a sentence, and find the official statistics that stand beside them;
6. choose what is worth saying of all that, by rules that are data;
7. gather what notebooks show beside them: sections, topics, returns, definitions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

import msgspec

from analysis.counting.definitions import describe
from analysis.counting.gaps import list_gaps
from analysis.counting.populations import list_populations
from analysis.counting.year import Year
from analysis.counting.years import observe_years, read_years, recall_years
from analysis.disclosure.apply import Gated, gate
from analysis.disclosure.describe import describe_gate, list_findings
from analysis.disclosure.earlier import read_earlier
from analysis.disclosure.ledger import read_handed_over
from analysis.disclosure.notes import Screen, list_hidden, mark_notes, screen_notes, screen_own_words
from analysis.disclosure.policy import policy_from
from analysis.disclosure.pseudonyms import name_people
from analysis.disclosure.showing import without_numbers
from analysis.errors import DataError, Problem
from analysis.figures.build import check_ids, make_statistics
from analysis.figures.compare import compare_with_previous
from analysis.figures.model import Statistic
from analysis.figures.official import describe_all, list_beside
from analysis.figures.select import select
from analysis.findings.find import find
from analysis.findings.rules import load_rules
from analysis.findings.signal import Found
from analysis.findings.signals import find_signals, tell_longer
from analysis.local import load_local
from analysis.measures.catalogue import Catalogue
from analysis.measures.describing import describe_standard, name_sides
from analysis.measures.measure import Measure
from analysis.official.bases import list_populations as list_published
from analysis.partnership import Partnership, Section, load_partnership
from analysis.release.generators import make_returns
from analysis.release.keys import key_of
from analysis.release.release import Release
from analysis.release.years import make_history, name_set_aside, open_years
from analysis.returns.register import (
    STATUS_WORDS,
    WITH_FILE,
    ReturnEntry,
    get_year_folder,
)
from analysis.scrutiny.follow import gather_followed
from analysis.settings import (
    check_release,
    get_code_version,
    get_data_root,
    get_dictionary_root,
    get_moment,
    get_output_root,
    get_published_root,
)
from analysis.statements.findings import head_sections, tell_findings
from analysis.statements.statements import load_phrases, state_all
from analysis.statements.titles import load_titles


@dataclass(frozen=True)
class Counted:
    """What a year's returns give before disclosure control: the register, what the year's files held, the statistics
    of the report and of the years before, the last year before in which each agency sent something, a mark of all that
    they were made from, the returns that were set aside and why."""

    entries: Sequence[ReturnEntry]
    held: Year
    statistics: list[Statistic]
    history: list[Statistic]
    sent: Mapping[str, str]
    made_from: str
    set_aside: tuple[str, ...]
    faults: tuple[Problem, ...]


@dataclass(frozen=True)
class Prepared:
    """A release, and what is for the analyst alone: `notes` of disclosure control, which name figures but no values,
    the `pseudonyms` of the year's records, a mark of what it was `made_from`, the `faults` for which returns were set
    aside. None of these belongs in a shared one."""

    release: Release
    notes: tuple[str, ...]
    pseudonyms: frozenset[str]
    made_from: str
    faults: tuple[Problem, ...] = ()


def make_release(partnership_id: str, year: str, kind: str) -> Release:
    """Return one release: everything that its notebooks and pages may know.

    Raises CommandError for an unknown partnership, year or release, DataError for faults in the data.
    """
    return prepare(partnership_id, year, kind).release


def prepare(partnership_id: str, year: str, kind: str, *, set_aside: bool = False) -> Prepared:
    """Return one release and what the analyst must know of it; `set_aside` treats faulty returns as not received.
    Raises like `make_release`."""
    check_release(kind)
    is_shared, outputs, published = kind == "shared", get_output_root() / partnership_id, get_published_root()
    partnership = load_partnership(partnership_id, get_data_root())
    policy, catalogue, rules = policy_from(partnership.disclosure), load_local(partnership), load_rules()
    counted = count(partnership, year, catalogue, set_aside=set_aside)  # makes the year's folder where it is synthetic
    folder, period = get_year_folder(partnership, year, get_data_root()), partnership.period_of(year)
    gated = gate(
        counted.statistics,
        counted.history,
        catalogue,
        policy,
        release=kind,
        earlier=read_earlier(outputs, partnership, year, policy.earlier) if is_shared else [],
        populations=list_published(published, partnership.area_code),
    )
    entries, noted, screen = mark_notes(counted.entries, partnership), [], None
    if is_shared:
        screen = Screen(partnership, policy, list_hidden(gated.statistics, catalogue), catalogue.measures)
        entries, noted = screen_notes(counted.entries, screen)
        partnership, unsaid = screen_own_words(screen)
        noted += unsaid
        catalogue, gated = load_local(partnership), replace(gated, policy=policy_from(partnership.disclosure))
    stated, signals = compare_and_state(gated, entries, partnership, catalogue)
    beside = list_beside(stated, partnership, catalogue, period, published)
    findings = tell_findings(find(signals, stated, beside, entries, partnership, catalogue, rules, published), rules)
    before = read_handed_over(outputs, year) if is_shared else None
    followed, waiting = gather_followed(
        folder, partnership, catalogue, (stated, gated.history), entries, screen=screen, handed_over=before
    )
    judged = {id for one in followed["priorities"] for id in one.figures}
    release = gather(
        about_year(partnership, year, catalogue),
        about_returns(partnership, entries, catalogue, used=list_used(stated, catalogue), sent=counted.sent),
        kind=kind,
        disclosure=describe_gate(gated),
        statistics=tuple(stated),
        history=tuple(list_printed(gated.history, stated, catalogue, judged) if is_shared else gated.history),
        events=partnership.events,
        populations=list_populations(counted.held.records, partnership.geography, period, catalogue),
        official=tuple(describe_all(beside, catalogue, partnership)),
        findings=findings,
        heads=head_sections(signals, findings, {s.section for s in stated if s.published}, rules),
        set_aside=counted.set_aside,
        **followed,
    )
    notes = (*list_findings(gated), *noted, *waiting)
    people = name_people(counted.held.records, [*counted.statistics, *counted.history], catalogue)
    return Prepared(release, notes, people, counted.made_from, counted.faults)


def compare_and_state(
    gated: Gated, entries: Sequence[ReturnEntry], partnership: Partnership, catalogue: Catalogue
) -> tuple[list[Statistic], Found]:
    """Return the figures of the year compared with those before and stated, and the signals that they agree with."""
    compared = compare_with_previous(gated.statistics, gated.history, partnership.breaks, catalogue.measures)
    signals = find_signals(compared, gated.history, catalogue, entries, partnership.breaks)
    return state_all(tell_longer(compared, signals), catalogue, load_phrases(get_dictionary_root())), signals


def count(partnership: Partnership, year: str, catalogue: Catalogue, *, set_aside: bool = False) -> Counted:
    """Return what a year's returns give, and those of the years before it, before disclosure control.

    Synthetic returns are made first where they are absent. Raises like `make_release`, but `set_aside` treats faulty
    returns as not received.
    """
    make_returns(partnership, get_data_root(), year)
    made_from = key_of(partnership)
    kept = recall_years(get_year_folder(partnership, year, get_data_root()), year, partnership)
    years, faults = open_years(partnership, year, catalogue, kept, set_aside=set_aside)
    observations = observe_years(years, partnership, catalogue, kept)
    statistics = make_statistics(observations[year], catalogue, partnership, year)
    history = make_history(observations, year, catalogue, partnership, known=statistics)
    check_ids([*statistics, *history])
    held, sent = years[year], find_last_sent(years, year)
    return Counted(held.entries, held, statistics, history, sent, made_from, name_set_aside(years), faults)


def find_last_sent(years: Mapping[str, Year], year: str) -> dict[str, str]:
    """Return the last year before one in which each agency's return came."""
    came = [(name, entry) for name in sorted(years) if name < year for entry in years[name].entries]
    return {entry.agency: name for name, entry in came if entry.status in WITH_FILE}


def list_people(partnership_id: str, year: str) -> frozenset[str]:
    """Return the pseudonyms of a year's records and the names in its figures, which no file of a shared release may
    say; of returns that passed a build."""
    partnership = load_partnership(partnership_id, get_data_root())
    catalogue, folder = load_local(partnership), get_year_folder(partnership, year, get_data_root())
    kept = recall_years(folder, year, partnership)
    years = read_years(folder, year, partnership, catalogue, kept, {})
    observed = observe_years(years, partnership, catalogue, kept).values()
    return name_people(years[year].records, chain(*observed), catalogue)


def gather(*parts: Mapping[str, Any], **more: Any) -> Release:
    """Return a release of its parts, plain values read strictly. Raises DataError for one that isn't of its type."""
    made = {"code_version": get_code_version(), "made_at": get_moment()}
    for part in (*parts, more):
        made |= part
    try:
        return msgspec.convert(made, Release)
    except msgspec.ValidationError as error:
        raise DataError(f"the release can't be put together: {error}") from error


def about_year(partnership: Partnership, year: str, catalogue: Catalogue) -> dict[str, Any]:
    """Return whose report it is, and its plan: period, sections, topics, phrases of titles."""
    names = ("id", "name", "geography", "area_code", "rebuilt", "synthetic", "credit", "headlines")
    return {
        "partnership": {name: getattr(partnership, name) for name in names},
        "year": year,
        "period": partnership.period_of(year),
        "sections": [_section(section, catalogue, partnership) for section in partnership.sections],
        "topics": catalogue.topics,
        "titles": load_titles(get_dictionary_root()),
    }


def about_returns(
    partnership: Partnership,
    entries: Sequence[ReturnEntry],
    catalogue: Catalogue,
    *,
    used: Mapping[str, bool],
    sent: Mapping[str, str],
) -> dict[str, Any]:
    """Return what came, what didn't (and for which year the agency `sent` something last) and what that costs, and
    what the measures `used` mean: of each, whether it was counted here."""
    return {
        "returns": [_return(entry, sent.get(entry.agency, "")) for entry in entries],
        "gaps": list_gaps(partnership, entries, catalogue, used),
        "measures": {name: _define(catalogue.measures[name], catalogue, is_counted=used[name]) for name in used},
    }


def list_used(statistics: Sequence[Statistic], catalogue: Catalogue) -> dict[str, bool]:
    """Return the measures that have a figure, in the catalogue's order, and whether any was counted here."""
    counted = {s.indicator for s in statistics if s.is_counted}
    held = {s.indicator for s in statistics}
    return {name: name in counted for name in catalogue.measures if name in held}


def list_printed(
    history: Sequence[Statistic], statistics: Sequence[Statistic], catalogue: Catalogue, judged: Collection[str] = ()
) -> list[Statistic]:
    """Return the gated figures of earlier years that a chart over time draws or a priority is `judged` by, and without
    the numbers beside them those that a figure is compared with: a shared release holds no others, since whatever it
    holds counts as printed when later releases are protected."""
    charts = [chart for topic in catalogue.topics for chart in topic.charts if chart.kind in ("control", "trend")]
    drawn = {s.statistic_id: s for chart in charts for selector in chart.select for s in select(history, selector)}
    drawn |= {s.statistic_id: s for s in history if s.statistic_id in judged}
    others = {comparison.figure for s in statistics for comparison in s.comparisons} - drawn.keys()
    return [*drawn.values(), *(without_numbers(s) for s in history if s.statistic_id in others)]


def _section(section: Section, catalogue: Catalogue, partnership: Partnership) -> dict[str, Any]:
    text = catalogue.sections.get(section.id)
    return {
        **asdict(section),
        "about": text.about if text else "",
        "owes": text.owes if text else (),
        "agencies": [agency.name for agency in partnership.agencies if section.id in agency.sections],
    }


def _return(entry: ReturnEntry, last: str) -> dict[str, Any]:
    names = ("return_id", "agency", "section", "dataset", "status", "note", "as_at", "due_date", "received_date")
    words = STATUS_WORDS[entry.status]
    if entry.status == "missing" and last:
        words += f": its return for {last} came, and that year's report tells of it"
    return {**{name: getattr(entry, name) for name in names}, "words": words}


def _define(measure: Measure, catalogue: Catalogue, *, is_counted: bool) -> dict[str, str]:
    """Return what a reader is told of a measure: what it is, of what it is a share, how it reads."""
    names = ("title", "polarity", "interpretation", "source")
    term, (part, base) = catalogue.vocabulary.terms[measure.term], name_sides(measure, catalogue)
    return {
        **{name: getattr(measure, name) for name in names},
        "definition": describe(measure, is_counted=is_counted),
        "numerator": part,
        "denominator": base,
        "standard": describe_standard(measure.standard),
        "counts": term.plural,
        "term": term.definition,
    }
