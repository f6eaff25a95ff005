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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.counting.members import list_members
from analysis.counting.year import Year
from analysis.counting.years import observe_years, recall_years
from analysis.disclosure.apply import Gated, gate
from analysis.disclosure.describe import list_findings
from analysis.disclosure.earlier import read_earlier
from analysis.disclosure.ledger import read_handed_over
from analysis.disclosure.notes import Screen, list_hidden, mark_notes, screen_notes, screen_own_words
from analysis.disclosure.pseudonyms import name_people
from analysis.errors import Problem
from analysis.figures.build import check_ids, make_statistics
from analysis.figures.compare import compare_with_previous
from analysis.figures.model import Statistic
from analysis.figures.official import Beside, describe_all, list_beside
from analysis.findings.find import find
from analysis.findings.finding import Finding
from analysis.findings.rules import load_rules
from analysis.findings.signal import Found
from analysis.findings.signals import find_signals, tell_longer
from analysis.local import load_local
from analysis.measures.catalogue import Catalogue
from analysis.official.bases import list_populations
from analysis.partnership import Partnership
from analysis.release.gathering import about_figures, about_people, about_returns, about_year, gather
from analysis.release.generators import make_returns
from analysis.release.keys import key_of
from analysis.release.prepared import Prepared
from analysis.release.release import Release
from analysis.release.setting import Setting, set_out
from analysis.release.years import make_history, name_set_aside, open_years
from analysis.returns.register import WITH_FILE, ReturnEntry, get_year_folder
from analysis.scrutiny.follow import gather_followed
from analysis.settings import get_data_root, get_dictionary_root, get_output_root, get_published_root
from analysis.statements.findings import head_sections, tell_findings
from analysis.statements.statements import load_phrases, state_all
from analysis.statements.words import Telling


@dataclass(frozen=True)
class Counted:
    """What a year's returns give before disclosure control: the register, what the year's files held, the statistics
    of the report and of the years before, the last year before in which each agency sent each dataset, a mark of all
    that they were made from, the returns that were set aside and why."""

    entries: Sequence[ReturnEntry]
    held: Year
    statistics: list[Statistic]
    history: list[Statistic]
    sent: Mapping[tuple[str, str], str]
    made_from: str
    set_aside: tuple[str, ...]
    faults: tuple[Problem, ...]


def make_release(partnership_id: str, year: str, kind: str) -> Release:
    """Return one release: everything that its notebooks and pages may know.

    Raises CommandError for an unknown partnership, year or release, DataError for faults in the data.
    """
    return prepare(partnership_id, year, kind).release


def prepare(partnership_id: str, year: str, kind: str, *, set_aside: bool = False) -> Prepared:
    """Return one release and what the analyst must know of it; `set_aside` treats faulty returns as not received.
    Raises like `make_release`."""
    setting = set_out(partnership_id, year, kind)
    counted = count(setting.partnership, year, setting.catalogue, set_aside=set_aside)
    gated = protect(counted, setting)
    setting, gated, entries, screen, noted = screen_words(setting, gated, counted.entries)
    stated, signals = compare_and_state(gated, entries, setting.partnership, setting.catalogue)
    beside, findings = choose_findings(signals, stated, entries, setting)
    followed, waiting = follow_up(setting, (stated, gated.history), entries, screen)
    release = gather(
        about_year(setting),
        about_returns(entries, stated, counted.sent, setting),
        about_figures(gated, stated, followed["priorities"], setting),
        about_people(counted.held.records, setting),
        followed,
        findings=findings,
        heads=head_sections(signals, findings, {s.section for s in stated if s.published}, load_rules()),
        official=tuple(describe_all(beside, setting.catalogue, setting.partnership)),
        set_aside=counted.set_aside,
    )
    people = name_people(counted.held.records, [*counted.statistics, *counted.history], setting.catalogue)
    return Prepared(release, (*list_findings(gated), *noted, *waiting), people, counted.made_from, counted.faults)


def protect(counted: Counted, setting: Setting) -> Gated:
    """Return the figures after disclosure control, held against all that earlier releases printed."""
    policy, outputs = setting.policy, get_output_root() / setting.partnership.id
    return gate(
        counted.statistics,
        counted.history,
        setting.catalogue,
        policy,
        release=setting.kind,
        earlier=read_earlier(outputs, setting.partnership, setting.year, policy.earlier) if setting.is_shared else [],
        populations=list_populations(get_published_root(), setting.partnership.area_code),
        members=list_members(counted.held.records, setting.period) if setting.is_shared else (),
    )


def screen_words(
    setting: Setting, gated: Gated, entries: Sequence[ReturnEntry]
) -> tuple[Setting, Gated, list[ReturnEntry], Screen | None, list[str]]:
    """Return setting, figures and register with the words that the release may say, what screens more of them (None
    for an internal release, which says all), and what the analyst must know of words that aren't said."""
    if not setting.is_shared:
        return setting, gated, mark_notes(entries, setting.partnership), None, []
    hidden = list_hidden(gated.statistics, setting.catalogue)
    screen = Screen(setting.partnership, setting.policy, hidden, setting.catalogue.measures)
    screened, noted = screen_notes(entries, screen)
    partnership, unsaid = screen_own_words(screen)
    setting = replace(setting, partnership=partnership, catalogue=load_local(partnership))
    return setting, replace(gated, policy=setting.policy), screened, screen, [*noted, *unsaid]


def choose_findings(
    signals: Found, stated: Sequence[Statistic], entries: Sequence[ReturnEntry], setting: Setting
) -> tuple[list[Beside], list[Finding]]:
    """Return the official statistics beside the figures, and what is worth saying of all that."""
    home, rules, published = (setting.partnership, setting.catalogue), load_rules(), get_published_root()
    beside = list_beside(stated, *home, setting.period, published)
    return beside, tell_findings(find(signals, stated, beside, entries, *home, rules, published), rules)


def follow_up(
    setting: Setting,
    figures: tuple[Sequence[Statistic], Sequence[Statistic]],
    entries: Sequence[ReturnEntry],
    screen: Screen | None,
) -> tuple[dict[str, Any], list[str]]:
    """Return what the partnership follows up, judged by its figures (of the year, and of those before it), and which
    of its words a shared release won't say."""
    outputs = get_output_root() / setting.partnership.id
    before = read_handed_over(outputs, setting.year) if setting.is_shared else None
    known = (setting.folder, setting.partnership, setting.catalogue)
    return gather_followed(*known, figures, entries, screen=screen, handed_over=before)


def compare_and_state(
    gated: Gated, entries: Sequence[ReturnEntry], partnership: Partnership, catalogue: Catalogue
) -> tuple[list[Statistic], Found]:
    """Return the figures of the year compared with those before and stated, and the signals that they agree with."""
    compared = compare_with_previous(gated.statistics, gated.history, partnership.breaks, catalogue.measures)
    signals = find_signals(compared, gated.history, catalogue, entries, partnership.breaks)
    earlier = {s.statistic_id: s for s in (*compared, *gated.history)}
    telling = Telling(catalogue, load_phrases(get_dictionary_root()), partnership.called, earlier)
    return state_all(tell_longer(compared, signals), telling), signals


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


def find_last_sent(years: Mapping[str, Year], year: str) -> dict[tuple[str, str], str]:
    """Return the last year before one in which each agency's return of each dataset came."""
    came = [(name, entry) for name in sorted(years) if name < year for entry in years[name].entries]
    came = [(name, entry) for name, entry in came if entry.status in WITH_FILE]
    return {(entry.agency, dataset): name for name, entry in came for dataset in entry.datasets}
