"""index.html: what a councillor understands in a minute: what matters, what is missing, how old it is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from analysis.figures.display import CHANGE_MEASURES, upper_first
from analysis.figures.model import Statistic
from analysis.measures.periods import say_day
from analysis.release.release import Release, Return, SectionPlan
from analysis.report.ages import NOT_STATED, count_months, list_days, say_as_at
from analysis.report.assemble import write_text
from analysis.report.blocks import render
from analysis.report.leads import list_cards, list_others, list_reported, say_how_sure
from analysis.report.notices import frame
from analysis.report.owed import list_silent
from analysis.report.pages import make_page
from analysis.report.rows import list_outcomes, make_legend, make_tile

MOST = 10  # findings beside those that lead; the rest stand on their sections' pages
ALL_CAME = "Every agency that was asked sent figures."
STATE_WORDS = {
    "made": "Made",
    "kept": "Kept from an earlier run",
    "failed": "Failed: see its page",
    "not made": "Not made yet",
}


def write_index(folder: Path, release: Release, states: Mapping[str, dict]) -> None:
    """Write the index: findings, headline figures, what is missing, facts at a glance, every section's state."""
    html = render(
        "blocks/index.html.j2",
        facts=list_facts(release, states),
        tiles=list_headlines(release),
        outcomes=list_outcomes(choose_headlines(release)),
        cards=list_cards(release),
        others=limit(list_others(release)),
        reported=list_reported(release.statistics),
        how_sure=say_how_sure(release),
        missing=list_missing(release.returns),
        asked=bool(release.returns),
        sections=[describe_section(section, release, states[section.id]["state"]) for section in release.sections],
        numbers={section.id: section.name for section in release.sections},
        disclosure=release.disclosure,
        legend=make_legend(release.statistics),
        **frame(release),
    )
    write_text(make_page(BeautifulSoup(html, "lxml")), folder / "index.html")


def limit(found: Sequence[Any]) -> dict[str, Any]:
    """Return what the page has room for, and how many more there are."""
    return {"shown": found[:MOST], "more": max(0, len(found) - MOST)}


def list_facts(release: Release, states: Mapping[str, dict]) -> list[tuple[str, str]]:
    """Return what the report rests on, each a fact and what to know about it."""
    returns = release.returns
    known = [tell_age(returns, release.made_at), tell_figures(release.statistics)] if returns else []
    return [tell_returns(returns), *known, tell_sections(states)]


def tell_returns(returns: Sequence[Return]) -> tuple[str, str]:
    """Return how many returns came with figures, and who sent none."""
    if not returns:
        return "No return was asked for", "The report rests on official statistics alone."
    came = sum(not entry.silent for entry in returns)
    late = sum(entry.status == "late" for entry in returns)
    words = " ".join([*tell_silence(returns), *([f"{late} came late."] if late else [])])
    return f"{came} of {len(returns)} returns came with figures", words


def tell_silence(returns: Sequence[Return]) -> list[str]:
    """Return in words which agencies sent no figures at all, and of which a part of what was asked brought none."""
    asked: dict[str, list[bool]] = {}
    for entry in returns:
        asked.setdefault(entry.agency, []).append(entry.silent)
    silent = list_silent(returns)
    parts = [
        f"{agency}: {sum(ones)} of its {len(ones)} returns brought none."
        for agency, ones in asked.items()
        if any(ones) and not all(ones)
    ]
    said = [f"No figures came from {', '.join(silent)}.", *parts] if silent else parts
    return said or [ALL_CAME]


def tell_age(returns: Sequence[Return], made_at: datetime) -> tuple[str, str]:
    """Return the latest day that the returns state, and how long that was before the report was made."""
    days = list_days(returns)
    if not days:
        return "The returns do not say how old they are", f"Data as at: {NOT_STATED}."
    months = count_months(days[-1], made_at)
    ago = f"{months} {'month' if months == 1 else 'months'} before this report was made"
    return f"Data as at {say_day(days[-1])}", f"{upper_first(ago)}. Returns: {say_as_at(returns)}."


def tell_figures(statistics: Sequence[Statistic]) -> tuple[str, str]:
    """Return how many figures there are, how many are hidden and how many have no period."""
    hidden = sum(s.symbol in ("[c]", "[low]") for s in statistics)
    undated = sum(not s.period.stated for s in statistics)
    words = [f"{hidden} are not shown, to protect people" if hidden else "None is hidden"]
    words += [f"{undated} came without their period"] if undated else []
    return f"{len(statistics):,} figures", f"{'; '.join(words)}."


def tell_sections(states: Mapping[str, dict]) -> tuple[str, str]:
    """Return how many sections' pages were made, and which state the others are in."""
    found = [state["state"] for state in states.values()]
    others = {STATE_WORDS[name].split(":")[0].lower(): found.count(name) for name in STATE_WORDS if name != "made"}
    words = "; ".join(f"{count} {name}" for name, count in others.items() if count)
    return f"{found.count('made')} of {len(found)} sections made", f"{words}." if words else "Every page is up to date."


def describe_section(section: SectionPlan, release: Release, state: str) -> dict[str, Any]:
    """Return a section's row: figures, returns that came, state of its page."""
    returns = [entry for entry in release.returns if entry.section == section.id]
    came = sum(not entry.silent for entry in returns)
    return {
        "id": section.id,
        "number": section.number,
        "title": section.title,
        "state": state,
        "words": STATE_WORDS[state],
        "figures": sum(s.section == section.id for s in release.statistics),
        "returned": f"{came} of {len(returns)}" if returns else "none asked for",
    }


def list_missing(returns: Iterable[Return]) -> list[Return]:
    """Return the returns that brought no figure, those that read alike once."""
    silent = [entry for entry in returns if entry.silent]
    return list({(e.agency, e.section, e.words, e.note): e for e in silent}.values())


def list_headlines(release: Release) -> list[dict[str, str]]:
    """Return the key figures of the report as tiles, each with its section."""
    numbers = release.numbers
    return [
        {**make_tile(s), "section": s.section, "number": numbers.get(s.section, "")} for s in choose_headlines(release)
    ]


def choose_headlines(release: Release) -> list[Statistic]:
    """Return the key figures that the partnership chose, or else the first of each section; only what is published."""
    wanted = [[name] for name in release.partnership.headlines] or [
        [name for topic in release.topics if topic.section == id for name in topic.headline] for id in release.numbers
    ]
    return [s for s in (_first_published(names, release) for names in wanted) if s]


def _first_published(names: Sequence[str], release: Release) -> Statistic | None:
    """Return the first figure of the report's own year that is published, a figure before a change."""
    shown = [s for s in release.choose(names) if s.current and s.published]
    return min(shown, key=lambda s: s.measure_type in CHANGE_MEASURES, default=None)
