"""What is told of a report itself: its period, how old it is, its clock, whose returns were late or never came."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from analysis.figures.build import AGREES
from analysis.figures.display import lower_first
from analysis.measures.periods import Period, say_day
from analysis.release.release import Release, Return
from analysis.report.owed import list_silent
from analysis.returns.series import RECOUNTED
from analysis.scrutiny.contradictions import Contradiction
from analysis.scrutiny.duties import OPENED
from analysis.scrutiny.recommendations import OPEN_STATES, OUTSIDE

DATED = "C6"  # the duty to publish by 30 September
PUBLISHED = "published"
GROUPED = {"committee": "scrutiny", "scrutineer": "scrutiny", "last_report": "other", "peer_review": "other"}  # of D08
COUNTED = (
    "recommendations_open",
    "recommendations_completed",
    "recommendations_overdue",
    "recommendations_completed_in_time",
)


class Facts(NamedTuple):
    """What a report's pages tell of itself, in words."""

    period: str
    clock: str
    in_time: str
    late: str
    lateness: str
    silent: str
    silence: str
    made: str
    events: str
    breaks: str
    broken: str
    charts: str
    age: str
    days: str
    differs: str
    twice: str
    sets: str


def find_facts(release: Release, charts: int) -> Facts:
    """Return what is told of a release of which so many charts were drawn."""
    days = sorted({one.as_at for one in release.returns if one.as_at})
    recounted = (s.indicator for s in release.statistics if any(RECOUNTED in c.refused for c in s.comparisons))
    breaks = name_measures(release, recounted)
    reasons = " ".join(one.words.rstrip(".") + "." for one in release.findings if one.kind == "break")
    twice = [s for s in release.statistics if s.reconciled and s.of_year]
    return Facts(
        period=tell_periods(release),
        clock=tell_clock(release) or "no edition of the year sets a day",
        in_time=tell_publication(release),
        **_tell_returns(release),
        made=say_day(release.made_at.date()),
        events="; ".join(
            f"{say_day(one.date)}, {one.what} ({name_measures(release, one.indicators)})" for one in release.events
        )
        or "nothing is marked",
        breaks=f"{breaks}. {reasons}".strip(". ") if breaks else "none",
        broken=f"{len(breaks.split('; '))} measures can't be set beside earlier years" if breaks else "None",
        charts=f"{charts}",
        age=" to ".join(map(say_day, dict.fromkeys((days[0], days[-1])))) if days else "days that aren't stated",
        days=_say_old(release, days[0]) if days else "Not known",
        differs=_say_differing(release.contradictions),
        twice=_say_odd(sum(s.reconciled != AGREES for s in twice), len(twice), "counts that came twice"),
        sets=tell_sets(release),
    )


def _tell_returns(release: Release) -> dict[str, str]:
    """Return whose returns were late and who was silent, and how many each."""
    returns, silent = release.returns, list_silent(release.returns)
    late = {one.agency: (one.received_date - one.due_date).days for one in returns if _is_late(one)}
    undated = {one.agency for one in returns if not (one.silent or one.received_date and one.due_date)}
    others = {one.agency for one in returns} - {*late, *silent, *undated}
    told = [
        "; ".join(f"{agency}, {number} days late" for agency, number in late.items()) or "none known to be",
        *([f"{len(others)} agencies sent all in time"] if others else []),
        *([f"of {len(undated)} agencies the day isn't stated"] if undated else []),
    ]
    after = "".join(
        f". After it closed, {say_day(one.day)}, came: {lower_first(one.what)}; no figure of it is in this report"
        for one in release.addendum
        if one.kind == "return" and one.agency in silent
    )
    notes = dict.fromkeys(lower_first(one.note.rstrip(".")) for one in returns if one.agency in silent and one.note)
    noted = f" (when the report closed: {'; '.join(notes)})" if notes else ""
    return {
        "late": "; ".join(told),
        "lateness": f"{len(others)} in time, {len(late)} late, {len(silent)} silent, {len(undated)} without a day",
        "silent": f"{'; '.join(silent)}{noted}{after}" if silent else "none",
        "silence": f"{len(silent)} agencies" if len(silent) != 1 else "One agency",
    }


def tell_sets(release: Release) -> str:
    """Return that the list of recommendations and those that agencies returned are two sets, with how many of each are
    open by source; nothing where one of them is not held, or where both have as many of each."""
    figures = [s for s in release.statistics if s.indicator == COUNTED[0] and s.dimension == "source" and s.current]
    if not figures or not release.recommendations:
        return ""
    ours = [one for one in release.recommendations if one.state in OPEN_STATES and one.agency != OUTSIDE]
    named = Counter(GROUPED.get(one.source, one.source) for one in ours)
    if all(s.display == f"{named[s.category]}" for s in figures):
        return ""
    told = "; ".join(f"{lower_first(s.label)} {s.display} and {named[s.category]}" for s in figures)
    return (
        f"Two sets, kept apart, which do not agree: section 5 counts what agencies returned (D08), the list follows"
        f" {len(release.recommendations)} by name from any year. Open in the one and in the other: {told}. Ask for one"
        " list, in which each has its number."
    )


def tell_periods(release: Release) -> str:
    """Return the period of a report, its months, and how many of its figures are of the whole of it, of a part, of a
    day, or of other days."""
    own = release.period
    kinds = Counter(_say_kind(s.period, own) for s in release.statistics)
    months = (own.end.year - own.start.year) * 12 + own.end.month - own.start.month + 1 if own.start and own.end else 0
    told = ", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common())
    return f"{months} months, {own.phrase}; of its {len(release.statistics):,} figures {told}"


def _say_kind(period: Period, own: Period) -> str:
    """Return how the period of a figure stands to the report's own."""
    if period.basis == "snapshot":
        return "as at a day"
    if (period.start, period.end) == (own.start, own.end):
        return "of all of it"
    known = own.start and own.end and period.start and period.end
    return "of a part of it" if known and own.start <= period.start and period.end <= own.end else "of others"


def _say_old(release: Release, day: date) -> str:
    """Return how old data of a day were when the report was published, and when this copy was made."""
    out = next((one.day for one in release.sign_off if one.step == PUBLISHED), None)
    told = f"{(out - day).days:,} days old when published on {say_day(out)}; " if out else ""
    return f"{told}{(release.made_at.date() - day).days:,} days old when this copy was made"


def _say_differing(found: Sequence[Contradiction]) -> str:
    """Return how many pairs of two agencies agree, and how many figures of one agency don't fit together."""
    own, pairs = ([one for one in found if one.is_of_one is of_one] for of_one in (True, False))
    told = _say_odd(
        sum(one.differs for one in pairs), len(pairs), "pairs of figures by two agencies of the same events"
    )
    odd = "1 figure does not fit" if len(own) == 1 else f"{len(own)} figures do not fit"
    return f"{told}; besides, {odd} with others of one agency" if own else told


def _say_odd(odd: int, all: int, what: str) -> str:
    """Return how many of what came twice agree."""
    return f"{all - odd} of {all} {what} agree" if all else f"Can't be told: there are no {what}"


def name_measures(release: Release, names: Iterable[str]) -> str:
    """Return measures by their titles, each once."""
    return "; ".join(dict.fromkeys(release.measures[name].title for name in names if name in release.measures))


def _is_late(one: Return) -> bool:
    return bool(one.received_date and one.due_date and one.received_date > one.due_date)


def find_due(release: Release) -> date | None:
    """Return the day by which the year's edition has the report published; None where it sets none."""
    end = release.period.end
    if end is None or all(one.id != DATED for one in release.duties):
        return None
    return date(end.year + (end >= date(end.year, 9, 30)), 9, 30)


def tell_publication(release: Release) -> str:
    """Return whether the report was published in time, by the days that are held, and when the next one is due."""
    due = find_due(release)
    if due is None:
        return "Not known"
    published = next((one.day for one in release.sign_off if one.step == PUBLISHED), None)
    word = "In time" if published and published <= due else "Late"
    said = f"{word}, published on {say_day(published)}" if published else "Not known"
    return f"{said}; the next is due by {say_day(due.replace(year=due.year + 1))}"


def tell_clock(release: Release) -> str:
    """Return the day by which the year's edition has the report published, and whether this was made before it; nothing
    where it sets none."""
    due, made = find_due(release), release.made_at.date()
    if due is None or release.period.end is None:
        return ""
    duty = next(one for one in release.duties if one.id == DATED)
    return (
        f"To be published by {say_day(due)} ({duty.law}; {lower_first(OPENED[duty.opened])}). This copy was made on"
        f" {say_day(made)}, {'after' if made > due else 'by'} that day."
    )
