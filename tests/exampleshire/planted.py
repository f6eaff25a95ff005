"""What a report would call a signal of generated records, without files: counted, gated and judged as a build does."""

from analysis.counting.facts import list_facts
from analysis.counting.year import Year
from analysis.counting.years import observe_years
from analysis.dictionary import Dictionary
from analysis.disclosure.apply import gate
from analysis.disclosure.policy import policy_from
from analysis.exampleshire.generate import generate
from analysis.exampleshire.settings import load_returns
from analysis.partnership import Partnership
from analysis.pipeline import make_history
from analysis.statistics.build import make_statistics
from analysis.statistics.compare import compare_with_previous
from analysis.statistics.signal import Found
from analysis.statistics.signals import find_signals

YEAR = "2023-24"


def find_planted(seed: int, dictionary: Dictionary, partnership: Partnership) -> Found:
    """Return what stands out in the records that a seed gives."""
    years = {name: _year(name, tables) for name, tables in generate(seed).items()}
    observations = observe_years(years, partnership, dictionary, {})
    now = make_statistics(observations[YEAR], dictionary, partnership, YEAR)
    before = make_history(observations, YEAR, dictionary, partnership, known=now)
    facts = (*dictionary.facts, *list_facts(observations[YEAR]))
    gated = gate(now, before, dictionary, facts, policy_from(partnership.disclosure), release="shared")
    return find_signals(compare_with_previous(gated.statistics, gated.history, dictionary), gated.history, dictionary)


def _year(name: str, tables) -> Year:
    """Return a year's records as a register would tell of them: whose they are, and where a series breaks."""
    agencies = dict.fromkeys(tables, "Exampleshire")
    breaks = {said["dataset"]: str(said["date"]) for said in load_returns()["break"] if said["year"] == name}
    return Year([], dict(tables), agencies, dict.fromkeys(tables, "1"), breaks)
