"""Five years of records of a partnership that doesn't exist. Read `generate` for the order of steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import CommandError, unknown
from analysis.measures.periods import parse_year
from analysis.returns.contracts import contract
from synthetic import adults, care, children, early_help, lado, links, plain, planted, training
from synthetic.calendar import name_of, year_bounds
from synthetic.canaries import plant_canaries
from synthetic.people import Children, make_adults, make_children
from synthetic.settings import load_settings, load_tables
from synthetic.slices import in_year, known_by, typed

FIRST, LAST = 2019, 2023
YEARS = tuple(name_of(start) for start in range(FIRST, LAST + 1))
Tables = dict[str, dict[str, pd.DataFrame]]


@dataclass(frozen=True)
class Events:
    """All that happens in any year, as it is in the end."""

    children: Children
    contacts: pd.DataFrame
    early_help: pd.DataFrame
    episodes: pd.DataFrame
    periods: pd.DataFrame
    placements: pd.DataFrame
    missing: pd.DataFrame
    concerns: pd.DataFrame
    enquiries: pd.DataFrame
    lado: pd.DataFrame
    lado_settings: pd.DataFrame
    meetings: pd.DataFrame
    plain: Mapping[tuple[str, str], pd.DataFrame]


def generate(seed: int, years: Iterable[str] = YEARS) -> dict[str, Tables]:
    """Return the records of each year by dataset and table: `generate(1)["2023-24"]["D26"]["concerns"]`.

    Columns, order and types are those of the contracts. A year holds what its agencies knew on 31 March: rows of
    the year and those still open from earlier years. The same seed gives the same records, whatever years are asked
    for. Raises CommandError for a year that isn't made.
    """
    starts = [_start_of(year) for year in years]
    events = make_events(seed)
    found = {}
    for start in starts:
        tables = {dataset: _typed(dataset, frames) for dataset, frames in _records(seed, events, start).items()}
        found[name_of(start)] = plant_canaries(seed, name_of(start), tables)
    return found


def _start_of(year: str) -> int:
    start = parse_year(year).start.year
    if not FIRST <= start <= LAST:
        raise CommandError(unknown("year of exampleshire", year, YEARS))
    return start


def make_events(seed: int) -> Events:
    """Return what happens: contacts, then what they lead to; then what hangs on those; then the plain tables."""
    settings = load_settings()
    people = make_children(seed, settings)
    contacts = children.make_contacts(seed, settings, people)
    episodes = children.make_episodes(seed, settings, people, contacts)
    periods = care.make_periods(seed, settings, people, episodes)
    concerns = adults.make_concerns(seed, settings, make_adults(seed, settings))
    enquiries = adults.make_enquiries(seed, settings, concerns)
    allegations = lado.make_contacts(seed, settings)
    simple = {
        (dataset, name): plain.make_table(seed, dataset, name, spec, people)
        for dataset, tables in load_tables().items()
        for name, spec in tables.items()
    }
    simple["D08", "recommendations"] = planted.leave_finished(simple["D08", "recommendations"])
    held = links.meetings_held(episodes, enquiries, allegations, simple["D34", "marac"])
    return Events(
        children=people,
        contacts=children.describe_contacts(seed, settings, contacts, people),
        early_help=early_help.make_episodes(seed, settings, people, contacts),
        episodes=episodes,
        periods=periods,
        placements=care.make_placements(seed, settings, people, periods),
        missing=links.make_missing(seed, settings, people),
        concerns=concerns,
        enquiries=enquiries,
        lado=allegations,
        lado_settings=lado.make_settings_concerns(seed, settings),
        meetings=links.make_meetings(seed, settings, held),
        plain=simple,
    )


def _records(seed: int, events: Events, start: int) -> Tables:
    """Return one year's tables as they stood on 31 March."""
    settings = load_settings()
    found = _plain_records(events, start) | _flow_records(seed, events, start)
    found["D21"]["missing"] = _seen(events.missing, start, "D21", "missing", "missing_from")
    found |= {id: {_only(id): frame} for id, frame in training.make_training(seed, settings, start).items()}
    found["D22"] = {"pupils": links.make_pupils(seed, settings, events.children, _groups(events, start), start)}
    found["D45"] = {"populations": links.make_denominators(settings, start)}
    found["D46"] = {"benchmarks": links.make_benchmarks(settings, start)}

    def bookings(year: int) -> pd.DataFrame:
        return training.make_training(seed, settings, year)["D13"]

    return planted.plant_absence(planted.plant_recommendations(found, events.missing, bookings, start), start)


def _plain_records(events: Events, start: int) -> Tables:
    found: Tables = {}
    for (dataset, name), frame in events.plain.items():
        spec = load_tables()[dataset][name]
        found.setdefault(dataset, {})[name] = plain.table_in_year(frame, dataset, name, spec, start)
    return found


def _flow_records(seed: int, events: Events, start: int) -> Tables:
    """Return the tables of the flows: children's, adults', allegations'."""
    people, settings = events.children, load_settings()
    placed = care.episodes_in_year(seed, settings, people, events.placements, start)
    leavers = care.care_leavers(seed, settings, people, events.periods, start)
    concerns = _seen(events.concerns, start, "D26", "concerns", "received_at", needs=adults.CONCERN_NEEDS)
    concerns["triage_outcome"] = concerns["triage_outcome"].where(concerns["triage_outcome"].notna(), "pending")
    begun = {"day": "enquiry_start", "end": "enquiry_end", "needs": adults.ENQUIRY_NEEDS}
    need = {"day": "referral_date", "end": "closure_date", "needs": children.EPISODE_NEEDS}
    early = {"day": "start", "end": "_followed", "needs": early_help.NEEDS}
    contacts = _seen(events.contacts, start, "D16", "contacts", "received_at", needs=children.CONTACT_NEEDS)
    return {
        "D05": {"attendance": _seen(events.meetings, start, "D05", "attendance", "date")},
        "D16": {"contacts": contacts},
        "D17": {"episodes": _seen(events.early_help, start, "D17", "episodes", **early)},
        "D18": {"episodes": _need_seen(_seen(events.episodes, start, "D18", "episodes", **need))},
        "D19": {"episodes": known_by(placed, start, care.EPISODE_NEEDS, contract("D19").table())},
        "D20": {"people": leavers},
        "D23": {
            "contacts": lado.contacts_in_year(events.lado, start),
            "settings": _seen(events.lado_settings, start, "D23", "settings", "received_on"),
        },
        "D26": {"concerns": concerns, "enquiries": _seen(events.enquiries, start, "D26", "enquiries", **begun)},
    }


def _seen(frame, start: int, dataset: str, table: str, day: str, end: str = "", needs: Mapping = {}) -> pd.DataFrame:  # noqa: B006
    return known_by(in_year(frame, start, day, end), start, needs, contract(dataset).table(table))


def _need_seen(frame: pd.DataFrame) -> pd.DataFrame:
    """Empty the outcome of a conference that hasn't been held yet."""
    ahead = frame["icpc_date"].isna() & frame["icpc_outcome"].isin(["plan", "no_plan"])
    return frame.assign(icpc_outcome=frame["icpc_outcome"].mask(ahead))


def _groups(events: Events, start: int) -> dict[str, np.ndarray]:
    """Return the children looked after, on a plan, and in need on 31 March, each in the first that fits."""
    last = pd.Timestamp(year_bounds(start)[1])

    def open_on(frame: pd.DataFrame, begun: str, ended: str) -> np.ndarray:
        return frame.loc[(frame[begun] <= last) & (frame[ended] > last), "child"].to_numpy()

    return {
        "lac": open_on(events.periods, "start", "end"),
        "cpp": open_on(events.episodes, "cpp_start", "cpp_end"),
        "cin": open_on(events.episodes, "referral_date", "closure_date"),
    }


def _only(dataset: str) -> str:
    return contract(dataset).tables[0].name


def _typed(dataset: str, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return a dataset's tables in the contract's order, columns and types."""
    tables = contract(dataset).tables
    return {table.name: typed(frames[table.name], table) for table in tables if table.name in frames}
