"""follow_up.html: what was expected to change and did, what became of recommendations, what the law asks."""

from collections import Counter
from pathlib import Path
from typing import Any

from analysis.release.release import Release
from analysis.report.ages import say_day
from analysis.report.assemble import write_made
from analysis.report.scrutiny import STATES, Asked
from analysis.scrutiny.duties import OPENED, Duty
from analysis.scrutiny.priorities import MOVED, Priority

FILE = "follow_up.html"
SOURCES = {
    "committee": "Scrutiny committee",
    "scrutineer": "Independent scrutineer",
    "last_report": "Promise of last year's report",
    "peer_review": "Peer review",
}


def write_follow_up(folder: Path, release: Release) -> Path:
    """Write follow_up.html into a release's folder and return its path."""
    asked = Asked(release)
    return write_made(
        folder / FILE,
        "blocks/follow_up.html.j2",
        release,
        priorities=[tell_priority(one, asked) for one in release.priorities],
        moved=sum(one.verdict == MOVED for one in release.priorities),
        recommendations=release.recommendations,
        counts=Counter(one.state for one in release.recommendations),
        sources=SOURCES,
        duties=[tell_duty(one, asked) for one in release.duties],
        states=STATES,
        opened=OPENED,
        say_day=say_day,
        day=say_day(release.period.end) if release.period.end else "",
    )


def tell_priority(one: Priority, asked: Asked) -> dict[str, Any]:
    """Return a priority with the name of its measure and the link to the topic that shows it."""
    answer = asked.answer(one.measure)
    text = asked.release.measures.get(one.measure.split("/")[0])
    return {"plan": one, "measure": text.title if text else one.measure, **answer}


def tell_duty(one: Duty, asked: Asked) -> dict[str, Any]:
    """Return a duty with its answers in this report and its state here."""
    answers = [asked.answer(name) for name in one.answers]
    given = [answer for answer in answers if answer["given"]]
    state = "none" if not given else "full" if len(given) == len(answers) else "partly"
    links = {(answer["link"], answer["place"] or answer["words"]): None for answer in given}
    return {"duty": one, "links": list(links), "state": state}
