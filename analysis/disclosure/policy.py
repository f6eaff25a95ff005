"""The disclosure policy of a partnership, as data in the table [disclosure] of its partnership.toml."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from math import floor
from pathlib import Path

from analysis.disclosure.cells import Cell
from analysis.errors import DataError, listed, unknown
from analysis.measures.strict import fault
from analysis.methods.rounding import round_half_up


@dataclass(frozen=True)
class Waiver:
    """Leave to publish the cells whose id matches `cells` (* stands for anything), why, and whose decision."""

    cells: str
    reason: str
    by: str


@dataclass(frozen=True)
class Dismissal:
    """A decision that what agrees between figures of these measures is chance, why, and whose."""

    measures: tuple[str, ...]
    reason: str
    by: str


@dataclass(frozen=True)
class Policy:
    """What counts as small, and what is done about it.

    threshold: counts of people above nothing and below it are hidden. protect_zero: nothing is hidden too.
    small_group: percentages of fewer people than this are hidden where all or none of them share what is told, or all
    or none but one (0: never). rounding_base: published counts of people are rounded to its multiples, after hiding,
    and whatever is printed beside them is made of what is then known. sensitive: id patterns of populations that need
    more care, with their own sensitive_threshold. dominance_percent: where the dominance_largest of the cells matching
    `settings` (id patterns) make up more than this share of their whole, they and it are hidden. p_percent: so are the
    largest and the whole where the second largest could tell the largest nearer than this share of it. may_waive: who
    may sign a waiver or a dismissal (anyone, where empty). earlier: which releases count as read, every one built or
    those handed over. attack: what becomes of a release of which an attacker finds hidden figures, refused or told of.
    dismissed: relations that the gate has found and needn't heed.
    """

    threshold: int = 5
    protect_zero: bool = False
    small_group: int = 10
    rounding_base: int | None = None
    sensitive: tuple[str, ...] = ()
    sensitive_threshold: int | None = None
    dominance_percent: float | None = None
    dominance_largest: int = 1
    p_percent: float | None = None
    settings: tuple[str, ...] = ()
    may_waive: tuple[str, ...] = ()
    earlier: str = "built"
    attack: str = "refuse"
    waivers: tuple[Waiver, ...] = ()
    dismissed: tuple[Dismissal, ...] = ()


ALONE = {  # settings that need another
    "sensitive": ("sensitive_threshold",),
    "settings": ("dominance_percent", "p_percent"),
    "dominance_percent": ("settings",),
    "p_percent": ("settings",),
    "dominance_largest": ("dominance_percent",),
}
CHOICES = {"earlier": ("built", "shared"), "attack": ("refuse", "tell")}

# Sources are in docs/disclosure.md.
PRESETS = {
    "sac": Policy(threshold=5, protect_zero=True, rounding_base=5),
    "dfe": Policy(threshold=6),
    "opensafely": Policy(threshold=8, protect_zero=True, rounding_base=5),
}


def policy_from(table: Mapping[str, object]) -> Policy:
    """Return the policy that a TOML table gives; `preset` names one to start from.

    Raises DataError for an unknown key or preset, a value of the wrong kind, a waiver without a reason or
    signed by somebody who may not.
    """
    given = dict(table)
    start = _preset(given.pop("preset", None))
    allowed = [field.name for field in fields(Policy)]
    for key in given:
        if key not in allowed:
            raise _refused(unknown("disclosure setting", key, ["preset", *allowed]))
    policy = replace(start, **{key: _read(key, value) for key, value in given.items()})
    _check_signed(policy)
    for key, others in ALONE.items():
        if getattr(policy, key) != getattr(Policy, key) and not any(getattr(policy, other) for other in others):
            raise _refused(f"disclosure setting {key} does nothing by itself; allowed: with {' or '.join(others)}")
    if policy.sensitive_threshold and policy.sensitive_threshold < policy.threshold:
        least = f"allowed: the threshold, {policy.threshold}, or more"
        raise _refused(f"disclosure setting sensitive_threshold is {policy.sensitive_threshold}; {least}")
    return policy


def _refused(message: str) -> DataError:
    return DataError(fault(Path("partnership.toml"), message))


def _preset(name: object) -> Policy:
    if name is None:
        return Policy()
    if name not in PRESETS:
        raise _refused(unknown("disclosure preset", name, PRESETS))
    return PRESETS[name]


def _read(key: str, value: object) -> object:
    if key == "waivers":
        return tuple(Waiver(**_decision("waiver", Waiver, entry)) for entry in _list(key, value))
    if key == "dismissed":
        return tuple(_dismissal(entry) for entry in _list(key, value))
    if key in ("sensitive", "settings", "may_waive"):
        if odd := [entry for entry in _list(key, value) if not (isinstance(entry, str) and entry.strip())]:
            raise _refused(f"disclosure setting {key} holds {odd[0]!r}; allowed: texts")
        return tuple(value)
    if key == "protect_zero":
        return _flag(key, value)
    if key in CHOICES:
        return _choice(key, value)
    return _number(key, value)


def _list(key: str, value: object) -> list:
    if not isinstance(value, list | tuple):
        raise _refused(f"disclosure setting {key} is {value!r}; allowed: a list")
    return list(value)


def _choice(key: str, value: object) -> str:
    if value not in CHOICES[key]:
        raise _refused(unknown(f"disclosure setting {key}", value, CHOICES[key]))
    return value


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refused(f"disclosure setting {key} is {value!r}; allowed: true, false")
    return value


def _number(key: str, value: object) -> float:
    share = key in ("dominance_percent", "p_percent")
    top = 100 if share else 1000
    least = {"threshold": 2, "sensitive_threshold": 2, "rounding_base": 2, "dominance_largest": 1}.get(key, 0)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not (whole or (share and isinstance(value, float))) or not least <= value <= top:
        raise _refused(f"disclosure setting {key} is {value!r}; allowed: a number from {least} to {top}")
    return value


def _dismissal(entry: object) -> Dismissal:
    given = _decision("dismissal", Dismissal, entry)
    measures = tuple(_list("dismissed measures", entry["measures"]))
    if not measures:
        raise _refused("a disclosure dismissal names no measures; allowed: those of figures that agree by chance")
    return Dismissal(**{**given, "measures": measures})


def _decision(kind: str, form: type, entry: object) -> dict[str, str]:
    names = [field.name for field in fields(form)]
    given = dict(entry) if isinstance(entry, Mapping) else {}
    if sorted(given) != sorted(names) or not all(_is_filled(one) for one in given.values()):
        raise _refused(f"a disclosure {kind} lacks something; allowed: {', '.join(names)}, each filled in")
    return given


def _is_filled(value: object) -> bool:
    return isinstance(value, list | tuple) or (isinstance(value, str) and bool(value.strip()))


def _check_signed(policy: Policy) -> None:
    for kind, decisions in (("waiver", policy.waivers), ("dismissal", policy.dismissed)):
        for one in decisions if policy.may_waive else ():
            if one.by not in policy.may_waive:
                raise _refused(unknown(f"signatory of a disclosure {kind}", one.by, policy.may_waive))


def list_patterns(policy: Policy) -> list[tuple[str, str]]:
    """Return every pattern of the policy, each after the name of its setting."""
    waived = [("waivers", waiver.cells) for waiver in policy.waivers]
    return [(name, one) for name in ("sensitive", "settings") for one in getattr(policy, name)] + waived


def list_idle(policy: Policy, ids: Collection[str], related: Collection[frozenset[str]]) -> list[str]:
    """Return a line for each pattern that matches none of the ids, and each dismissal of measures between which nothing
    agrees."""
    idle = [(name, one) for name, one in list_patterns(policy) if not any(fnmatchcase(id, one) for id in ids)]
    vain = [one.measures for one in policy.dismissed if frozenset(one.measures) not in related]
    lines = [f"disclosure setting {name}: {pattern!r} matches no figure of this release" for name, pattern in idle]
    return lines + [f"disclosure setting dismissed: nothing agrees between {' and '.join(one)}" for one in vain]


def check_patterns(policy: Policy, measures: Collection[str]) -> None:
    """Raise DataError for each pattern that no figure of these measures could match, whatever comes."""
    faults = []
    for name, pattern in list_patterns(policy):
        first, dot, _ = pattern.partition(".")
        start = re.split(r"[*?\[]", first)[0]
        known = any(one.startswith(start) for one in measures) if start != first else bool(dot) and first in measures
        known &= bool(start or name != "waivers")  # leave to show whatever there is is no policy
        if not known:
            ids = listed([f"{one}.*" for one in measures], pattern)
            faults += _refused(
                f"disclosure setting {name}: no figure's id matches {pattern!r}; allowed: {ids}"
            ).problems
    if faults:
        raise DataError(faults)


def is_matching(cell_id: str, patterns: tuple[str, ...]) -> bool:
    """Whether the id matches one of the patterns."""
    return any(fnmatchcase(cell_id, pattern) for pattern in patterns)


def is_protected(cell: Cell, policy: Policy) -> bool:
    """Whether the cell is about people and no waiver lets it through."""
    if cell.protects != "people":
        return False
    return not (policy.waivers and is_matching(cell.id, tuple(w.cells for w in policy.waivers)))


def is_sensitive(cell: Cell, policy: Policy) -> bool:
    """Whether the cell is about a population that needs more care: deaths, suicide, a named setting."""
    return cell.sensitive or is_matching(cell.id, policy.sensitive)


def get_strictest(policy: Policy) -> int:
    """Return the highest threshold of the policy: for what can't be told to be of a sensitive population or not."""
    return max(policy.threshold, policy.sensitive_threshold or 0)


def threshold_of(cell: Cell, policy: Policy) -> int:
    """Return the threshold that holds for the cell."""
    if policy.sensitive_threshold and is_sensitive(cell, policy):
        return get_strictest(policy)
    return policy.threshold


def is_small(count: float, threshold: int, protect_zero: bool = False) -> bool:
    """Whether a number of people is to be hidden: above nothing (or nothing itself) and below the threshold."""
    return count < threshold and (count >= 0 if protect_zero else count > 0)


def is_alike(people: float, base: float, policy: Policy) -> bool:
    """Whether all or none of a small group, or all or none but one, are counted: then each of them is told of."""
    return 0 < base < policy.small_group and (people <= 1 or people >= base - 1)


def is_revised_by_few(cell: Cell, policy: Policy) -> bool:
    """Whether the difference from an earlier release, which anyone can take, would tell of few people."""
    return is_protected(cell, policy) and 0 < cell.revision < threshold_of(cell, policy)


def is_held(cell: Cell, policy: Policy) -> bool:
    """Whether the cell stays hidden since the report of its own year hid it: what it kept may rest on this."""
    return is_protected(cell, policy) and cell.held


def is_told(cell: Cell, released: float | None, policy: Policy) -> bool:
    """Whether an earlier release printed of the cell what this one would print, the numbers beside it too."""
    if released is None or cell.value is None or cell.revision:
        return False
    rounded = cell.measure == "count" and policy.rounding_base and is_protected(cell, policy)
    now = round_count(cell.value, policy.rounding_base) if rounded else round_half_up(cell.value, cell.decimals)
    return abs(now - released) < 0.5 * 10**-cell.decimals


def round_count(count: float, base: int) -> int:
    """Return the multiple of `base` nearest to the count, halves upwards (never to the even neighbour)."""
    return base * floor(count / base + 0.5)
