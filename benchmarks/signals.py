"""How many planted signals a report finds and how many it calls that weren't planted, for seeds that no one tuned to.

Records are made in memory, counted, gated and judged as a build does; five years each.
"""

from datetime import date

from analysis.counting.year import Year
from analysis.counting.years import observe_years
from analysis.disclosure.apply import gate
from analysis.disclosure.policy import policy_from
from analysis.figures.build import make_statistics
from analysis.figures.compare import compare_with_previous
from analysis.findings.finding import Candidate
from analysis.findings.levels import judge_parts
from analysis.findings.rules import load_rules
from analysis.findings.signal import Found
from analysis.findings.signals import find_signals
from analysis.measures.catalogue import Catalogue, load_catalogue
from analysis.partnership import Partnership, load_partnership
from analysis.release.years import make_history
from analysis.returns.register import ReturnEntry
from analysis.settings import get_dictionary_root
from synthetic.generate import generate
from synthetic.settings import FOLDER, load_returns, load_truth

YEAR = "2023-24"
SEEDS = (11, 12, 13, 21, 22, 23, 24, 25, 26, 27)
NO_CHANGE = "no change"


def main() -> None:
    """Print, for each seed, how many figures were tested, what was missed and what was called falsely."""
    catalogue = load_catalogue(get_dictionary_root())
    partnership = load_partnership("exampleshire", FOLDER.parent)
    truth = [said for said in load_truth()["signal"] if said["kind"] != NO_CHANGE]
    apart = {said["indicator"] for said in load_truth()["apart"]}
    for seed in SEEDS:
        found, parts = find_planted(seed, catalogue, partnership)
        called = {one.statistic.indicator for one in found.signals} | {name for one in parts for name in one.measures}
        missed = [said["id"] for said in truth if said["indicator"] not in called]
        planted = {name for said in truth for name in (said["indicator"], *said["follows"])}
        false = sorted(called - planted)
        false = [name for name in false if name not in apart]
        words = f"missed {missed or 'none'}, not planted {false or 'none'}"
        numbers = f"{sum(found.tested.values())} figures tested, {len(found.signals)} signals, {len(parts)} parts"
        print(f"seed {seed}: {numbers}, {words}")


def find_planted(seed: int, catalogue: Catalogue, partnership: Partnership) -> tuple[Found, list[Candidate]]:
    """Return what stands out in the records that a seed gives, and the parts far from all the others."""
    years = {name: make_year(name, tables) for name, tables in generate(seed).items()}
    observations = observe_years(years, partnership, catalogue, {})
    now = make_statistics(observations[YEAR], catalogue, partnership, YEAR)
    before = make_history(observations, YEAR, catalogue, partnership, known=now)
    gated = gate(now, before, catalogue, policy_from(partnership.disclosure), release="shared")
    compared = compare_with_previous(gated.statistics, gated.history, (), catalogue.measures)
    found = find_signals(compared, gated.history, catalogue, [_broken()])
    return found, judge_parts(compared, catalogue, load_rules())


def make_year(name: str, tables: dict) -> Year:
    """Return a year's records as a register would tell of them: whose they are, and where a series breaks."""
    records = {f"{dataset}.{table}": frame for dataset, parts in tables.items() for table, frame in parts.items()}
    return Year([], records, dict.fromkeys(tables, "Exampleshire"), [_broken()] if name == YEAR else [])


def _broken() -> ReturnEntry:
    said = load_returns()["break"][0]
    return ReturnEntry(
        section="12_2_lado_and_education",
        dataset=said["dataset"],
        break_in_series=True,
        break_date=date.fromisoformat(str(said["date"])),
        break_reason=said["reason"],
    )


if __name__ == "__main__":
    main()
