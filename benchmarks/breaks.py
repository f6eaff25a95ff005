"""The gate broken on purpose, a way at a time, on a small made-up release: does the attacker find what it leaves open?

    python -m benchmarks breaks

Whole, the gate leaves him nothing. With any one thing that it knows or does taken away he finds something.
"""

import random
import tempfile
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from analysis.attacker.attack import attack_anew
from analysis.attacker.openings import Opening
from analysis.disclosure import apply, earlier, showing
from analysis.disclosure.ledger import BUILT, write_entry
from analysis.disclosure.policy import Policy
from analysis.figures.build import make_statistics
from analysis.figures.model import Statistic
from analysis.measures.catalogue import load_catalogue
from analysis.measures.periods import Period
from analysis.partnership import load_partnership
from analysis.returns.aggregate import Observation
from analysis.runs.files import write_statistics
from analysis.settings import get_data_root, get_dictionary_root

YEAR, POLICY = "2023-24", Policy()
THIS, LAST = (Period(date(year, 4, 1), date(year + 1, 3, 31), "financial_year") for year in (2023, 2022))
MONTHS = [f"{2023 + (month < 4)}-{month:02}" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
FIGURE = Observation(
    "", "", "", "count", 0.0, "", 0, "exact", "people", None, None, None, "Exampleshire", "", "Council", "1", "none", 1
)  # fmt: skip


@dataclass(frozen=True)
class Break:
    """One way of breaking the gate: what is taken away, and what stands in its place meanwhile."""

    name: str
    patches: tuple[tuple[Any, str, Callable], ...] = ()
    policy: Policy = POLICY
    whole: bool = False


def main() -> None:
    """Print a line a break: how many hidden figures the attacker finds, and the first of them."""
    with tempfile.TemporaryDirectory() as place:
        for number, one in enumerate(list_breaks()):
            found = try_out(one, Path(place) / str(number))
            print(f"{one.name:<48} {len(found):>3} found", f"({found[0].kind}: {found[0].figure})" if found else "")


def try_out(one: Break, folder: Path) -> list[Opening]:
    """Return what an attacker finds of a release that a gate broken so makes after the whole gate made another."""
    partnership = load_partnership("exampleshire", get_data_root())
    catalogue = load_catalogue(get_dictionary_root())

    def pass_gate(figures: Iterable[Observation], policy: Policy) -> list[Statistic]:
        statistics = make_statistics(list(figures), catalogue, partnership, YEAR)
        told = earlier.read_earlier(folder, partnership, YEAR)
        return apply.gate(statistics, [], catalogue, policy, release="shared", earlier=told).statistics

    first_policy = replace(POLICY, rounding_base=one.policy.rounding_base)
    first = write_entry(folder, YEAR, BUILT, pass_gate(first_version(list_figures()), first_policy))
    (folder / YEAR).mkdir()
    with ExitStack() as stack:
        for owner, name, other in one.patches:
            stack.enter_context(patch.object(owner, name, other))
        write_statistics(pass_gate(list_figures(), one.policy), folder / YEAR)
    return attack_anew(folder / YEAR, [first], POLICY.threshold, small_group=POLICY.small_group)


def list_breaks() -> list[Break]:
    """Return the gate whole, and every way of breaking it."""
    known, hidden = apply.list_known, showing.hide
    recall, protect, rounded = apply.recall, apply.protect, apply.round_figure

    def forget(kinds: set[str], *args, **more):
        found = known(*args, **more)
        return found._replace(facts=[fact for fact in found.facts if fact.kind not in kinds], mined=[])

    def no_average(statistics, told, printed):
        return recall(statistics, [one for one in told if one.measure_type not in ("mean", "median")], printed)

    def small_alone(cells, facts, policy, **more):
        done = protect(cells, facts, policy, **more)
        return replace(done, hidden={id: why for id, why in done.hidden.items() if why == "primary"})

    def counts_alone(s, *args):
        return rounded(s, *args) if s.measure_type == "count" else s

    def with_numbers(s):
        return replace(hidden(s), numerator=s.numerator, denominator=s.denominator)

    facts = {
        "sums": {"sum"},
        "bases of shares and means": {"share"},
        "numerators": {"numerator"},
        "bounds": {"bound"},
        "stocks that grow and shrink": {"flow"},
        "returned changes": {"change"},
    }
    return [
        Break("the gate whole", whole=True),
        Break("the gate whole, rounding", policy=replace(POLICY, rounding_base=5), whole=True),
        *(Break(f"without {name}", ((apply, "list_known", partial(forget, kinds)),)) for name, kinds in facts.items()),
        Break("without areas", ((apply, "list_elsewhere", lambda *args: ([], [])),)),
        Break("without what is mined", ((apply, "mine", lambda *args: []),)),
        Break("without the earlier version", ((earlier, "list_releases", lambda folder, way: []),)),
        Break("without the means of the earlier version", ((apply, "recall", no_average),)),
        Break("without secondary suppression", ((apply, "protect", small_alone),)),
        Break("without small groups", policy=replace(POLICY, small_group=0)),
        Break("with the numbers beside hidden shares", ((showing, "hide", with_numbers),)),
        Break("rounding counts alone", ((apply, "round_figure", counts_alone),), replace(POLICY, rounding_base=5)),
    ]


def make(name: str, value: float, by: str = "", **more) -> Observation:
    """Return a count of the year, of a category of it, or of one of its months."""
    dimension, _, category = by.partition("/")
    period = THIS
    if dimension == "month":
        year, month = map(int, category.split("-"))
        period = Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
    plain = {"indicator": name, "dimension": dimension, "category": category, "value": float(value), "period": period}
    return replace(FIGURE, **{**plain, **more})


def make_share(name: str, part: int, base: int, by: str = "") -> Observation:
    """Return the share that so many are of a base."""
    sides = {"numerator": float(part), "denominator": float(base), "decimals": 1}
    return make(name, round(100 * part / base, 1), by, measure_type="percent", unit="percent", **sides)


def list_figures() -> list[Observation]:
    """Return the figures of the made-up release: of each relation that the gate knows a case that needs it."""
    return [*list_months(), *list_offences(), *list_placements(), *list_concerns(), *list_areas(), *list_single()]


def list_months() -> Iterator[Observation]:
    """Plans as a stock that grows and shrinks, and as the part of conferences that led to one."""
    dice = random.Random(4)  # noqa: S311
    started = [dice.randint(20, 50) for _ in MONTHS]
    started[4] = 3
    held = 240
    for month, plans in zip(MONTHS, started, strict=True):
        ended, conferences = dice.randint(20, 50), plans + dice.randint(6, 12)
        held += plans - ended
        yield make("plans_started", plans, f"month/{month}")
        yield make("plans_ended", ended, f"month/{month}")
        yield make("child_protection_plans", held, f"month/{month}")
        yield make("initial_conferences", conferences, f"month/{month}")
        yield make_share("conferences_to_plan", plans, conferences, f"month/{month}")
    yield make("plans_started", sum(started))


def list_offences() -> Iterator[Observation]:
    """Domestic abuse offences, and the cases that were heard, never more than these: in one month three, of five."""
    offences = (61, 22, 9, 41, 5, 33, 14, 75, 28, 50, 18, 12)
    cases = (55, 19, 8, 37, 3, 28, 13, 64, 25, 43, 15, 0)
    for month, all_, heard in zip(MONTHS, offences, cases, strict=True):
        yield make("domestic_abuse_offences", all_, f"month/{month}")
        yield make("marac_cases", heard, f"month/{month}")


def list_placements() -> Iterator[Observation]:
    """Children by placement, and the same children as the base of a mean cost."""
    children = {
        "foster care": 199,
        "independent living": 61,
        "other": 34,
        "placed for adoption": 4,
        "placed with parents": 12,
    }
    for name, count in children.items():
        cost = {"measure_type": "mean", "unit": "gbp", "denominator": float(count)}
        yield make("children_looked_after", count, f"placement/{name}")
        yield make("placement_cost_a_week", 900 + count, f"placement/{name}", **cost)
    yield make("children_looked_after", sum(children.values()))


def list_concerns() -> Iterator[Observation]:
    """Concerns by source, and how many led to an enquiry of those of which somebody said."""
    sources = {
        "police": (20, 40, 43), "housing": (25, 50, 50), "self": (31, 70, 75), "health staff": (12, 33, 33),
        "other": (9, 26, 28), "voluntary sector": (14, 44, 49), "care provider": (40, 91, 97), "education": (2, 4, 5),
    }  # fmt: skip
    for name, (led, of, all_) in sources.items():
        yield make("safeguarding_concerns", all_, f"source/{name}")
        yield make_share("concerns_leading_to_enquiry", led, of, f"source/{name}")
    led, of, _ = map(sum, zip(*sources.values(), strict=True))
    yield make_share("concerns_leading_to_enquiry", led, of)


def list_areas() -> Iterator[Observation]:
    """Several measures in three parts of the area and in all of it."""
    here = {"contacts": (140, 151, 133), "referrals": (41, 52, 37), "assessments_completed": (33, 45, 29)}
    here |= {"section47_enquiries": (24, 19, 27), "missing_episodes": (14, 15, 2)}
    for name, values in here.items():
        for place, value in zip(("North", "South", "West"), values, strict=True):
            yield make(name, value, geography=place)
        yield make(name, sum(values))


def list_single() -> Iterator[Observation]:
    """A change as it was returned; the parts of a share; all of a small group; a figure and a mean, both revised."""
    yield make("lado_contacts", 3)
    yield make("lado_contacts", 9, period=LAST)
    yield make("lado_contacts", -6, measure_type="change_absolute")
    for name, count in {"online": 2, "physical": 60, "emotional": 32}.items():
        yield make_share("lado_threshold_met", count, 94, f"abuse_type/{name}")
    yield make_share("initial_health_assessments_in_time", 7, 7)
    yield make("serious_incident_notifications", 101)
    yield make("sdq_mean_score", 8.3, measure_type="mean", unit="score", denominator=11.0, decimals=1)


def first_version(figures: Iterable[Observation]) -> Iterator[Observation]:
    """Return the figures that were revised as they were before one late record came."""
    before = {
        "serious_incident_notifications": {"value": 100.0},
        "sdq_mean_score": {"value": 8.0, "denominator": 10.0},
    }
    return (replace(one, **before[one.indicator]) for one in figures if one.indicator in before)
