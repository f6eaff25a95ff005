"""What stands out, in sentences and as plain values for pages: wording is data, and no sentence names a cause."""

from collections.abc import Mapping
from typing import Any

from analysis.figures.display import display_number
from analysis.findings.signal import BREAK, Found, Signal
from analysis.measures.catalogue import Catalogue
from analysis.methods.evidence import FELL, HIGHER, ROSE
from analysis.statements.statements import Phrases

NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")
RAREST = 1_000_000
WAYS = {("count", True): "more", ("count", False): "fewer", ("percent", True): "higher", ("percent", False): "lower"}
BETTER = {"higher_is_better": True, "lower_is_better": False}


def tell_signals(found: Found, catalogue: Catalogue, phrases: Phrases) -> list[dict[str, Any]]:
    """Return the signals as plain values, in the store's form, breaks in series first and then strongest first.

    `better` is true or false where the dictionary says which way is better, else None; `since` is an ISO date or empty.
    """
    return [_tell(one, catalogue, phrases["signal"]) for one in found.signals]


def _tell(one: Signal, catalogue: Catalogue, phrases: Mapping[str, str]) -> dict[str, Any]:
    s = one.statistic
    polarity = catalogue.measures[s.indicator].polarity
    return {
        "section": s.section,
        "indicator": s.indicator,
        "statistic_id": s.statistic_id,
        "title": s.title,
        "kind": one.kind,
        "direction": one.direction,
        "polarity": polarity,
        "better": _is_better(one, polarity),
        "since": one.since.isoformat() if one.since else "",
        "chance": phrases["chance"].format(times=f"{_times(one.p):,}") if one.p else "",
        "words": phrases[one.kind].format(**_words(one, catalogue)),
        "echoes": list(one.echoes),
    }


def _is_better(one: Signal, polarity: str) -> bool | None:
    if polarity not in BETTER or one.direction not in (ROSE, FELL):
        return None
    return BETTER[polarity] == (one.direction == ROSE)


def _times(p: float) -> int:
    """Return the power of ten that chance is rarer than, at most a million."""
    times = 10
    while times < RAREST and p * times * 10 < 1:
        times *= 10
    return times


def _words(one: Signal, catalogue: Catalogue) -> dict[str, str]:
    s = one.statistic
    entry = catalogue.measures[s.indicator]
    return {
        "what": entry.title,
        "value": s.display,
        "period": s.period.phrase,
        "reason": one.reason,
        "way": WAYS.get((s.measure_type, one.direction in (ROSE, HIGHER)), one.direction),
        "since": f"{one.since:%B %Y}" if one.since else "",
        **_beside(one),
        **_numbers(one, catalogue),
    }


def _beside(one: Signal) -> dict[str, str]:
    """Return how the earlier years read, where the signal has any."""
    if not one.beside:
        return {}
    many = len(one.beside)
    span = "the year before" if many == 1 else f"the {NUMBERS[many] if many < len(NUMBERS) else many} years before"
    low, high = (pick(one.beside, key=lambda s: s.value) for pick in (min, max))
    held = low.display if low.display == high.display else f"{low.display} to {high.display}"
    first = one.beside[-1]
    return {
        "years": f"{span} ({held})",
        "years_before": span,
        "first": first.display,
        "first_period": first.period.phrase,
    }


def _numbers(one: Signal, catalogue: Catalogue) -> dict[str, str]:
    """Return the numbers of a step or a disparity, and of whom a disparity is."""
    found = {name: display_number(value, 1) for name, value in (one.values or {}).items()}
    if "ratio" in found:
        found["group"] = one.statistic.label
        found["base"] = catalogue.measures[one.beside[0].indicator].noun
    return found


def head_sections(found: Found, phrases: Phrases) -> dict[str, dict[str, str]]:
    """Return, by section, what it says above its signals and how they were found; sections where nothing could be
    tested and nothing stands out have none."""
    own = phrases["signal"]
    kinds: dict[str, set[str]] = {section: set() for section in found.tested}
    for one in found.signals:
        kinds.setdefault(one.statistic.section, set()).add(one.kind)
    return {section: _head(seen, found.tested.get(section, 0), own) for section, seen in kinds.items()}


def _head(kinds: set[str], tested: int, own: Mapping[str, str]) -> dict[str, str]:
    number = own["figure" if tested == 1 else "figures"].format(number=tested)
    beyond = kinds - {BREAK}
    leads = [own["some" if beyond else "none"].format(tested=number)] if tested else []
    leads += [own["broken"]] if BREAK in kinds and not beyond else []
    return {"lead": " ".join(leads), "method": own["method"] if beyond else ""}
