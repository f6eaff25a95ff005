"""All that is worth saying of a release, from what disclosure control let through and what is published."""

from collections.abc import Sequence
from pathlib import Path

from analysis.figures.model import Statistic
from analysis.figures.official import Beside
from analysis.findings.choose import choose, with_echoes
from analysis.findings.finding import Candidate
from analysis.findings.gaps import list_differences, list_silences
from analysis.findings.levels import judge_levels, judge_parts
from analysis.findings.own import from_signal
from analysis.findings.places import list_places
from analysis.findings.rules import Rules
from analysis.findings.signal import Found
from analysis.findings.stages import list_rates, list_stage_pairs
from analysis.measures.catalogue import Catalogue
from analysis.partnership import Partnership
from analysis.returns.register import ReturnEntry


def find(
    signals: Found,
    statistics: Sequence[Statistic],
    beside: Sequence[Beside],
    entries: Sequence[ReturnEntry],
    partnership: Partnership,
    catalogue: Catalogue,
    rules: Rules,
    folder: Path,
) -> list[Candidate]:
    """Return the findings, those with most points first.

    `signals` are those of own years and groups, `beside` the official figures kept in `folder`, `entries` the register.
    """
    told = {s.statistic_id: s.statement for s in statistics}
    candidates = [
        *(from_signal(one, catalogue, told.get(one.statistic.statistic_id, "")) for one in signals.signals),
        *judge_levels(statistics, catalogue, rules),
        *judge_parts(statistics, catalogue, rules),
        *list_stage_pairs(beside, partnership, catalogue, rules),
        *list_rates(beside, partnership, catalogue, rules, folder),
        *list_places(beside, partnership, catalogue, rules, folder),
        *list_differences(beside, catalogue, rules),
        *list_silences(entries, partnership),
    ]
    return with_echoes(choose(candidates, rules), candidates, rules)
