"""What each return that didn't come costs the report: subjects that it owes, figures and topics that it can't show."""

from collections.abc import Collection, Sequence
from typing import Any

from analysis.counting.definitions import get_definitions
from analysis.measures.catalogue import Catalogue
from analysis.measures.topics import Topic
from analysis.partnership import Partnership
from analysis.returns.contracts import load_contracts
from analysis.returns.plan import list_needed, list_owed
from analysis.returns.register import STATUS_WORDS, ReturnEntry

SILENT = ("missing", "narrative_only", "set_aside")  # a nil return is an answer, and costs nothing
NEVER_ASKED = "Not in the register: nobody was asked, or nobody answered"


def list_gaps(
    partnership: Partnership, entries: Sequence[ReturnEntry], catalogue: Catalogue, used: Collection[str]
) -> list[dict[str, Any]]:
    """Return each dataset that an agency left out, and each that the plan needs and no line names, as plain values.

    `used` names the indicators that the report has figures of. A gap is partial where another agency's return of the
    dataset came, so that its figures are shown without this agency.
    """
    came = {dataset for entry in entries if entry.status not in SILENT for dataset in entry.datasets}
    silent = [(e.agency, dataset, e) for e in entries if e.status in SILENT for dataset in e.datasets or ("",)]
    mentioned = {dataset for entry in entries for dataset in entry.answered}
    found = [
        _gap(agency, dataset, STATUS_WORDS[entry.status], entry.note, partnership, catalogue, used)
        | {"partial": dataset in came}
        for agency, dataset, entry in silent
    ]
    unasked = [name for name in list_needed(partnership, catalogue) if name not in mentioned]
    return found + [
        _gap("", dataset, NEVER_ASKED, "", partnership, catalogue, used) | {"partial": False} for dataset in unasked
    ]


def _gap(
    agency: str,
    dataset: str,
    words: str,
    note: str,
    partnership: Partnership,
    catalogue: Catalogue,
    used: Collection[str],
) -> dict[str, Any]:
    lost = [name for name in _counted_from(dataset) if name not in used and name in catalogue.measures]
    subjects = [(section, what) for section, what, datasets in list_owed(partnership, catalogue) if dataset in datasets]
    return {
        "agency": agency,
        "dataset": dataset,
        "title": load_contracts()[dataset].title if dataset in load_contracts() else "",
        "words": words,
        "note": note,
        "subjects": [{"section": section, "what": what} for section, what in subjects],
        "figures": [catalogue.measures[name].title for name in lost],
        "topics": [topic.title for topic in catalogue.topics if _is_lost(topic, lost, used)],
    }


def _counted_from(dataset: str) -> list[str]:
    """Return the indicators that are counted from records of a dataset."""
    start = f"{dataset}."
    return [name for name, known in get_definitions().items() if any(need.startswith(start) for need in known.needs)]


def _is_lost(topic: Topic, lost: Collection[str], used: Collection[str]) -> bool:
    """Whether a topic has no figure at all, and one of its figures would come of the dataset."""
    indicators = {selector.split("/")[0] for selector in topic.statistics}
    return bool(indicators & set(lost)) and not indicators & set(used)
