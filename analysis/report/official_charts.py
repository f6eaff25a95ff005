"""Charts of official figures: the years with their interval and neighbours, the council among its neighbours."""

from collections.abc import Collection, Sequence

from analysis.charts.chart import Mark
from analysis.figures.published import RANGE, Official, Place
from analysis.methods.change import FALLEN, RISEN, UNCHANGED
from analysis.methods.funnel import HIGH, LOW, USUAL
from analysis.report.drawings import Drawing, Refusal, draw_checked
from analysis.statements.titles import Phrases, say

NATIONS = ("England", "United Kingdom")
REFERENCES = ("England", "Neighbours' median")
INTERVAL_NOTE = "Upright lines through the council's points are 95% intervals: what chance alone could give."
FUNNEL_NOTE = (
    "Limits narrow as councils grow larger, and are widened because councils differ for reasons beyond any report: "
    "their variance is {phi:.0f} times what chance alone would give. Only a council outside the outer limits is "
    "marked: one within them may still differ clearly from England, as many do."
)
MOVES = {RISEN: "risen", FALLEN: "fallen", UNCHANGED: "unchanged"}
AGAINST = {"higher than": "higher", "lower than": "lower", "broadly the same as": "alike"}
PLACES = {HIGH: "unusual_high", LOW: "unusual_low", USUAL: "usual"}
SIZE = "Across: number of people that the rate is of"
RANGE_NOTE = "The shaded band runs from the lowest to the highest of its statistical neighbours that are shown."


def draw_officials(
    officials: Sequence[Official], titles: Phrases, *, kinds: Collection[str] = ("trend", "neighbours", "funnel")
) -> tuple[list[Drawing], list[Refusal]]:
    """Return the charts of every rate or share of the council, and those that failed the chart check."""
    wanted = [(DRAW[kind], official) for official in officials for kind in list_kinds(official) if kind in kinds]
    made = [draw(official, titles) for draw, official in wanted]
    return [one for one in made if isinstance(one, Drawing)], [one for one in made if isinstance(one, Refusal)]


def list_kinds(official: Official) -> list[str]:
    """Return the charts that an official figure can have."""
    beside = official.neighbours and official.places[0].value is not None
    there = {"trend": official.years if official.unit else (), "neighbours": beside, "funnel": official.funnel}
    return [kind for kind, held in there.items() if held]


def draw_years(official: Official, titles: Phrases) -> Drawing | Refusal:
    """Return the trend of the council with its intervals, beside country, region and neighbours."""
    points = official.years
    marks = [
        Mark(
            label=point.year,
            value=point.value,
            display=point.display,
            group=point.series,
            lower=point.lower,
            upper=point.upper,
        )
        for point in points
    ]
    notes = [
        words
        for words, there in (
            (INTERVAL_NOTE, any(mark.lower is not None and mark.value is not None for mark in marks)),
            (RANGE_NOTE, any(mark.group == RANGE for mark in marks)),
        )
        if there
    ]
    return draw_checked(
        "trend",
        marks,
        note=" ".join(notes),
        finding=tell_move(official, titles),
        id=f"{official.comparator}_trend",
        title=f"{name(official)} over the years",
        subtitle=f"{measure(official)}, years ending in March",
        source=f"Source: {official.source}.",
    )


def draw_neighbours(official: Official, titles: Phrases) -> Drawing | Refusal:
    """Return the council among its statistical neighbours, with England's figure and the median."""
    own, *others = official.places
    areas = [own, *official.neighbours]
    lines = {place.name: place.value for place in others if place.value is not None}
    return draw_checked(
        "neighbours",
        [Mark(area.name, area.value, _shown(area, official)) for area in areas],
        finding=tell_against(official, titles),
        id=f"{official.comparator}_neighbours",
        title=f"{name(official)} beside statistical neighbours",
        subtitle=f"{measure(official)}, {official.period}",
        source=f"Source: {official.source}.",
        own=own.name,
        references={name: value for name, value in lines.items() if name in REFERENCES},
    )


def tell_move(official: Official, titles: Phrases) -> str:
    """Return how the council changed over the years drawn, where that can be said."""
    moved = official.moved
    if not moved or moved.verdict not in MOVES:
        return ""
    words = {"display": moved.now, "before": moved.before, "since": moved.since}
    return say(titles, "area", MOVES[moved.verdict], area=official.places[0].name, **words)


def tell_against(official: Official, titles: Phrases) -> str:
    """Return how the council stands to the country, where there is a verdict."""
    form = AGAINST.get(official.against)
    if not form:
        return ""
    country = next(place.name for place in official.places if place.name in NATIONS)
    return say(titles, "area", form, area=official.places[0].name, other=country)


def name(official: Official) -> str:
    """Return the figure's title without a colon, since what the chart shows follows one."""
    return official.title.replace(": rate", " (rate)")


def measure(official: Official) -> str:
    """Return what the numbers are: a percentage, or a number per ten thousand."""
    return "Percentage" if official.unit == "%" else f"Number{official.unit}"


def _shown(area: Place, official: Official) -> str:
    if area.value is None:
        return area.display
    return f"{area.value:,.{official.decimals}f}{'%' if official.unit == '%' else ''}"


def draw_council_funnel(official: Official, titles: Phrases) -> Drawing | Refusal:
    """Return the council among all councils by the size of their base, between adjusted limits."""
    funnel = official.funnel
    marks = [Mark(area.name, area.value, area.display) for area in funnel.areas]
    return draw_checked(
        "funnel",
        marks,
        note=FUNNEL_NOTE.format(phi=funnel.phi) + _left_out(funnel.left_out),
        finding=say(titles, "area", PLACES[funnel.verdict], area=funnel.own),
        id=f"{official.comparator}_funnel",
        title=f"{name(official)} among all councils",
        subtitle=f"{measure(official)}, councils in England, {official.period}",
        source=f"Source: {official.source}.",
        sizes={area.name: area.size for area in funnel.areas},
        centre=funnel.centre,
        limits=funnel.limits,
        own=funnel.own,
        unusual=funnel.unusual,
        size_unit=SIZE,
    )


def _left_out(councils: int) -> str:
    if not councils:
        return ""
    return f" Left out, since their figure or its base is not published: {councils}."


DRAW = {"trend": draw_years, "neighbours": draw_neighbours, "funnel": draw_council_funnel}
