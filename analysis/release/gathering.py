"""What a release holds, gathered from what was counted, protected, stated and chosen: plain values, read strictly."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import msgspec
import pandas as pd

from analysis.counting.definitions import describe
from analysis.counting.gaps import list_gaps
from analysis.counting.populations import list_populations
from analysis.disclosure.apply import Gated
from analysis.disclosure.describe import describe_gate
from analysis.disclosure.showing import without_numbers
from analysis.errors import DataError
from analysis.figures.model import Statistic
from analysis.figures.select import select
from analysis.measures.catalogue import Catalogue
from analysis.measures.describing import describe_standard, name_sides
from analysis.measures.measure import Measure
from analysis.partnership import Section
from analysis.release.release import Release
from analysis.release.setting import Setting
from analysis.returns.register import STATUS_WORDS, ReturnEntry
from analysis.scrutiny.priorities import Priority
from analysis.settings import get_code_version, get_dictionary_root, get_moment
from analysis.statements.titles import load_titles


def gather(*parts: Mapping[str, Any], **more: Any) -> Release:
    """Return a release of its parts, plain values read strictly. Raises DataError for one that isn't of its type."""
    made = {"code_version": get_code_version(), "made_at": get_moment()}
    for part in (*parts, more):
        made |= part
    try:
        return msgspec.convert(made, Release)
    except msgspec.ValidationError as error:
        raise DataError(f"the release can't be put together: {error}") from error


def about_year(setting: Setting) -> dict[str, Any]:
    """Return whose report it is, and its plan: period, sections, topics, events, phrases of titles."""
    names = ("id", "name", "geography", "area_code", "rebuilt", "synthetic", "credit", "headlines")
    return {
        "partnership": {name: getattr(setting.partnership, name) for name in names},
        "year": setting.year,
        "kind": setting.kind,
        "period": setting.period,
        "sections": [_section(section, setting) for section in setting.partnership.sections],
        "topics": setting.catalogue.topics,
        "events": setting.partnership.events,
        "titles": load_titles(get_dictionary_root()),
    }


def about_returns(
    entries: Sequence[ReturnEntry],
    statistics: Sequence[Statistic],
    sent: Mapping[tuple[str, str], str],
    setting: Setting,
) -> dict[str, Any]:
    """Return what came, what didn't (and for which year the agency `sent` that last) and what that costs, and
    what the measures of the figures mean."""
    catalogue = setting.catalogue
    used = list_used(statistics, catalogue)
    return {
        "returns": [_return(entry, sent) for entry in entries],
        "gaps": list_gaps(setting.partnership, entries, catalogue, used),
        "measures": {name: _define(catalogue.measures[name], catalogue, is_counted=used[name]) for name in used},
    }


def about_figures(
    gated: Gated, stated: Sequence[Statistic], priorities: Sequence[Priority], setting: Setting
) -> dict[str, Any]:
    """Return the figures, those of earlier years that the release prints or judges a priority by, and what disclosure
    control did to them."""
    judged = {id for one in priorities for id in one.figures}
    printed = list_printed(gated.history, stated, setting.catalogue, judged) if setting.is_shared else gated.history
    return {"statistics": tuple(stated), "history": tuple(printed), "disclosure": describe_gate(gated)}


def about_people(records: Mapping[str, pd.DataFrame], setting: Setting) -> dict[str, Any]:
    """Return how many people of each group live in the area."""
    groups = list_populations(records, setting.partnership.geography, setting.period, setting.catalogue)
    return {"populations": groups}


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


def _section(section: Section, setting: Setting) -> dict[str, Any]:
    text = setting.catalogue.sections.get(section.id)
    return {
        **asdict(section),
        "about": text.about if text else "",
        "owes": text.owes if text else (),
        "agencies": [agency.name for agency in setting.partnership.agencies if section.id in agency.sections],
    }


def _return(entry: ReturnEntry, sent: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    names = ("return_id", "agency", "section", "dataset", "status", "note", "as_at", "due_date", "received_date")
    words = STATUS_WORDS[entry.status]
    last = max((sent.get((entry.agency, dataset), "") for dataset in entry.datasets), default="")
    if entry.status == "missing" and last:
        words += f": its return for {last} came, and that year's report tells of it"
    return {**{name: getattr(entry, name) for name in names}, "words": words}


def _define(measure: Measure, catalogue: Catalogue, *, is_counted: bool) -> dict[str, str]:
    """Return what a reader is told of a measure: what it is, of what it is a share, how it reads."""
    names = ("title", "polarity", "interpretation", "source", "unripe")
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
