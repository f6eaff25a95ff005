"""What a draft's own numbers say of each other, whatever the statistics: shares, changes, sums, one fact told twice."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.drafts.agree import agrees_fraction, precision_of
from analysis.drafts.claim import BASE, CHANGE, EARLIER, LEVEL, NO_DIRECTION, Claim
from analysis.drafts.roles import get_directions
from analysis.drafts.vocabulary import get_pattern, is_topic
from analysis.methods.rounding import round_half_up

LOSS = 0.51  # of one in the last place: what rounding may lose in a share or change worked out from printed numbers
SAME_WORDS = 3  # words that two sentences must share, and have none other, to tell one fact


@dataclass(frozen=True)
class Slip:
    """Numbers of a draft that can't all be right: the claim to look at, what it should be, why, and beside which."""

    claim: Claim
    kind: str
    words: str
    expected: float | None = None
    beside: Claim | None = None


def find_slips(claims: Sequence[Claim]) -> list[Slip]:
    """Return what doesn't fit within a draft, in reading order of its kinds."""
    said = [c for c in claims if not c.excuse]
    sentences = [list(group) for _, group in groupby(said, key=lambda c: (id(c.block), c.sentence.start))]
    found = [
        slip for group in sentences for check in (check_shares, check_change, check_directions) for slip in check(group)
    ]
    return [*found, *check_lists(said), *check_columns(said), *check_twice(said)]


def check_shares(group: Sequence[Claim]) -> Iterator[Slip]:
    """Yield shares told with their count and base that the two don't give: '30 of 120 (27%)', '57.7% (146 of 253)'."""
    for one, other, third in zip(group, group[1:], group[2:], strict=False):
        if is_count(one) and is_count(other) and get_pattern("of").fullmatch(gap(one, other)) and is_share(third):
            if get_pattern("bracket").fullmatch(gap(other, third)):
                yield from compare_share(third, one, other)
        elif (
            is_count(one) and is_count(other) and get_pattern("of_these").fullmatch(gap(one, other)) and is_share(third)
        ):
            if get_pattern("bracket").fullmatch(gap(other, third)):
                yield from compare_share(third, other, one)
        elif (
            is_count(one)
            and is_count(other)
            and is_share(third)
            and get_pattern("of_them").fullmatch(gap(other, third))
        ):
            yield from compare_share(third, other, one)
        elif is_share(one) and other.share is one and third.share is one:
            yield from compare_share(one, other, third)
    for claim in group:
        base = next((c for c in group if c.share is claim and c.part == "base"), None)
        if base is not None and claim.numeral.form == "percent" and not claim.qualifier and not is_whole(claim, base):
            words = f"no whole number of {base.text} gives {claim.text}"
            yield Slip(claim, "percentage", words)


def is_whole(claim: Claim, base: Claim) -> bool:
    """Whether some whole number of a base gives a percentage at its printed precision (the GRIM test)."""
    share, whole = claim.numeral.value, base.numeral.value
    near = math.floor(share * whole / 100), math.ceil(share * whole / 100)
    return not whole or any(abs(100 * n / whole - share) <= precision_of(claim) * 2 * LOSS for n in near)


def compare_share(share: Claim, count: Claim, base: Claim) -> Iterator[Slip]:
    """Yield a share that isn't that of its count and base."""
    if not base.numeral.value or count.numeral.value > base.numeral.value:
        return
    value = 100 * count.numeral.value / base.numeral.value
    fits = (
        agrees_fraction(share.numeral.value, share.qualifier, value)
        if share.numeral.form == "fraction"
        else abs(share.numeral.value - value) <= max(precision_of(share) * 2 * LOSS, 2.5 if share.qualifier else 0)
    )
    if not fits:
        yield Slip(share, "share", f"{count.text} of {base.text} is {value:.1f}%", round_half_up(value, 1))


def check_change(group: Sequence[Claim]) -> Iterator[Slip]:
    """Yield changes that aren't those of the two values beside them: 'rose from 202 to 253, an increase of 20%'."""
    for claim in group:
        earlier = [c for c in group if c.role == EARLIER and c.other is not None]
        if claim.role != CHANGE or len(earlier) != 1 or sum(c.role == CHANGE for c in group) > 1 or claim.qualifier:
            continue
        before, now = earlier[0], earlier[0].other
        if before.numeral.form != now.numeral.form or not before.numeral.value:
            continue
        size = abs(now.numeral.value - before.numeral.value)
        relative = claim.numeral.form == "percent"
        value = 100 * size / before.numeral.value if relative else size
        loss = max(precision_of(claim), 0 if relative else precision_of(now) * 2 * (before.numeral.decimals > 0))
        if claim.numeral.form in ("percent", "number", "points") and abs(value - claim.numeral.value) > loss * 2 * LOSS:
            if relative and before.numeral.form == "percent" and abs(size - claim.numeral.value) <= loss:
                continue  # points told as per cent: the statistics say so
            yield Slip(claim, "change", f"from {before.text} to {now.text} is {value:,.1f}", round_half_up(value, 1))


def check_directions(group: Sequence[Claim]) -> Iterator[Slip]:
    """Yield figures told as above or below another that lie on its other side: '2,572, up from 2,954'."""
    level = None
    for before, claim in zip([None, *group], group, strict=False):
        sign, word = find_sign(gap(before, claim)) if before is not None and claim.role == EARLIER else NO_DIRECTION
        if sign and level is not None and level.numeral.form == claim.numeral.form:
            apart = level.numeral.value - claim.numeral.value
            if sign * apart < 0 and not (level.qualifier or claim.qualifier):
                yield Slip(level, "direction", f"{level.text} is not {word} beside {claim.text}", beside=claim)
        level = claim if claim.role == LEVEL else level


def find_sign(between: str) -> tuple[int, str]:
    """Return the direction that words between two numbers tell of the first: 'up from', 'an increase on'."""
    words = [found[1].lower() for found in get_pattern("paired").finditer(between)]
    return next(((get_directions()[w], w) for w in words if w in get_directions()), NO_DIRECTION)


def check_lists(said: Sequence[Claim]) -> Iterator[Slip]:
    """Yield totals of a list's lead that the counts of its items don't add to."""
    lists: dict[tuple, list[Claim]] = defaultdict(list)
    for claim in said:
        if claim.block.kind == "item" and claim.block.lead and is_count(claim):
            lists[claim.block.headings, claim.block.lead].append(claim)
    for (_, lead), items in lists.items():
        first = {id(c.block): c for c in reversed(items)}
        totals = [c for c in said if c.sentence.text == lead and is_count(c) and not c.qualifier]
        value = sum(c.numeral.value for c in first.values())
        if len(totals) == 1 and len(first) >= 3 and not any(c.qualifier for c in first.values()):
            total = totals[0]
            if total.numeral.value != value and 0.5 < value / max(total.numeral.value, 1) < 2:
                yield Slip(total, "sum", f"the {len(first)} items of the list add to {value:,.0f}", value)


def check_columns(said: Sequence[Claim]) -> Iterator[Slip]:
    """Yield totals of a table's column that the rows above don't add to."""
    columns: dict[tuple, list[Claim]] = defaultdict(list)
    for claim in said:
        if claim.block.kind == "cell" and claim.block.column and claim.numeral.form in ("number", "money"):
            columns[claim.block.place, claim.block.lead, claim.block.column].append(claim)
    for cells in columns.values():
        total, parts = cells[-1], cells[:-1]
        if (
            len(parts) >= 2
            and get_pattern("total_row").match(total.block.row)
            and not any(get_pattern("total_row").match(c.block.row) for c in parts)
        ):
            value = sum(c.numeral.value for c in parts)
            if abs(value - total.numeral.value) > 2 * precision_of(total) * len(parts) * (total.numeral.decimals > 0):
                yield Slip(total, "sum", f"the {len(parts)} rows add to {value:,.10g}", value)


def check_twice(said: Sequence[Claim]) -> Iterator[Slip]:
    """Yield numbers told of the very same words and period as another, with another value."""
    told: dict[tuple, Claim] = {}
    for claim in said:
        words = frozenset(w.stem for w in claim.own if is_topic(w.stem))
        if claim.block.kind == "cell" or claim.role != LEVEL or len(words) < SAME_WORDS or claim.qualifier:
            continue
        key = (words, claim.asked, claim.numeral.form)
        first = told.setdefault(key, claim)
        if first.numeral.value != claim.numeral.value and first.block is not claim.block:
            yield Slip(claim, "twice", f"told as {first.text} before: {first.sentence.text[:80]}", first.numeral.value)


def is_count(claim: Claim) -> bool:
    """Whether a claim is a plain number of things."""
    return claim.numeral.form == "number" and not claim.numeral.decimals and claim.role in (LEVEL, BASE, EARLIER)


def is_share(claim: Claim) -> bool:
    """Whether a claim is a percentage or a fraction, and no change."""
    return claim.numeral.form in ("percent", "fraction") and claim.role != CHANGE


def gap(one: Claim, other: Claim) -> str:
    """Return the words between two numbers of a block."""
    return one.block.text[one.numeral.end : other.numeral.start]
