"""follow_up.html: what was expected to change and did, what became of recommendations, what the law asks."""

from collections import Counter
from pathlib import Path
from typing import Any

from analysis.figures.published import Official
from analysis.measures.periods import say_day
from analysis.release.release import Release
from analysis.report.assemble import write_made
from analysis.report.direct import HIDDEN
from analysis.report.facts import COUNTED, tell_clock, tell_sets
from analysis.report.pictures import read_pictures
from analysis.report.scrutiny import STATES, Asked
from analysis.scrutiny.addendum import Entry
from analysis.scrutiny.duties import OPENED, UNOPENED, Duty
from analysis.scrutiny.priorities import MOVED, SHORT, Priority
from analysis.scrutiny.sign_off import SIGNED

FILE, AIMS = "follow_up.html", "board_priorities"
SOURCES = {
    "committee": "Scrutiny committee",
    "scrutineer": "Independent scrutineer",
    "last_report": "Promise of last year's report",
    "peer_review": "Peer review",
}


def write_follow_up(folder: Path, release: Release) -> Path:
    """Write follow_up.html into a release's folder and return its path."""
    asked = Asked(release, folder)
    return write_made(
        folder / FILE,
        "blocks/follow_up.html.j2",
        release,
        priorities=[tell_priority(one, asked, folder) for one in release.priorities],
        dashboard=list_months(release),
        returned=[asked.answer(name)["words"] for name in COUNTED[:2]],
        sets=tell_sets(release),
        aims=asked.answer(AIMS)["words"],
        moved=sum(one.verdict in (MOVED, SHORT) for one in release.priorities),
        recommendations=release.recommendations,
        counts=Counter(one.state for one in release.recommendations),
        sources=SOURCES,
        sign_off=release.sign_off,
        is_signed=any(one.step == SIGNED for one in release.sign_off),
        addendum=[(one, tell_entry(one, asked)) for one in release.addendum],
        duties=[tell_duty(one, asked) for one in release.duties],
        opened=OPENED,
        say_day=say_day,
        day=say_day(release.period.end) if release.period.end else "",
        clock=tell_clock(release),
    )


def tell_priority(one: Priority, asked: Asked, folder: Path) -> dict[str, Any]:
    """Return a priority with the name of its measure, the link to the topic that shows it, the control chart of its
    months where one was drawn, and what official figures say of how the country's and the neighbours' moved."""
    answer, release = asked.answer(one.measure), asked.release
    text = release.measures.get(one.measure.split("/")[0])
    plans = [
        (topic.section, plan.id)
        for topic in release.topics
        for plan in topic.charts
        if plan.kind == "control" and plan.select == (f"{one.measure}/month",)
    ]
    charts = [chart for section, id in plans for chart in read_pictures(section, [id], folder)]
    about = [official for official in release.official if official.indicator == one.measure]
    beside = [one.compared, *(words for official in about for words in tell_places(official, one, release))]
    return {
        "plan": one,
        "measure": text.title if text else one.measure,
        "charts": charts,
        "beside": list(filter(None, beside)),
        **answer,
    }


def list_months(release: Release) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the months of the year, and for each priority its figure before it began, its target, the figure now and
    each month's; nothing where a month isn't shown."""
    held = {one.id: release.choose([f"{one.measure}/month"]) for one in release.priorities}
    names = list(dict.fromkeys(s.category for figures in held.values() for s in figures if s.of_year))
    printed = {s.statistic_id: s.display for s in release.printed}
    rows = []
    for one in release.priorities:
        months = {s.category: s.display for s in held[one.id] if s.of_year and s.published}
        pair = [printed.get(id, "") for id in one.figures[:2]] or ["", ""]
        rows.append({"plan": one, "pair": pair, "months": [months.get(name, "") for name in names]})
    return names, rows


def tell_places(official: Official, one: Priority, release: Release) -> list[str]:
    """Return how the country, the region and the neighbours moved between the years of a priority's two figures; what
    is said of the latest year where they have no figure of both."""
    figures = [s for s in (*release.history, *release.statistics) if s.indicator == official.indicator]
    years = sorted({str(s.period.end.year) for s in figures if s.statistic_id in one.figures})
    shown = {(point.series, point.year): point.display for point in official.years if point.value is not None}
    own = official.years[0].series if official.years else ""
    places = [name for name in dict.fromkeys(name for name, _ in shown) if name != own]
    moved = {name: [f"{shown[name, year]} in {year}" for year in years if (name, year) in shown] for name in places}
    told = [f"{name}: {', then '.join(said)}." for name, said in moved.items() if len(said) > 1]
    return told or [*official.sentences]


def tell_entry(one: Entry, asked: Asked) -> dict[str, Any]:
    """Return words and link of the figure that an entry of the addendum bears on; nothing where it names none."""
    return asked.answer(one.measure) if one.measure else {"words": ""}


def tell_duty(one: Duty, asked: Asked) -> dict[str, Any]:
    """Return a duty with its answers in this report, its state here and the words for it: answered in part where the
    answers can't be the whole of it or some of their figures are hidden, and of a text that nobody opened, if it says
    this."""
    hidden = any(not s.published for name in one.answers for s in asked.release.choose([name]) if s.current)
    whole = "partly" if one.lacks or hidden else "full"
    _, given, state = asked.weigh(one.answers, whole=whole if one.answers else "none")
    links = {(answer["link"], answer["place"] or answer["words"]): None for answer in given}
    said = HIDDEN if hidden and not given else STATES[state]
    said = f"{said}, if the law says this" if one.opened == UNOPENED and given else said
    return {"duty": one, "links": list(links), "state": state, "said": said}
