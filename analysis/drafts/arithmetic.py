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
LEAST_SHARES, NEAR_WHOLE = 3, 4  # shares that may be all of a whole, and how near to 100 they come
SAME_WORDS = 3  # words that two sentences must share, and have none other, to tell one fact

FULL_TIME = "full-time"  # equivalents, which are no whole number


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
    return [*found, *check_sums(said), *check_twice(said)]


def check_shares(group: Sequence[Claim]) -> Iterator[Slip]:
    """Yield shares told with their count and base that the two don't give: '30 of 120 (27%)', '57.7% (146 of 253)'."""
    for one, other, third in zip(group, group[1:], group[2:], strict=False):
        if is_count(one) and is_count(other) and is_share(third):
            between, closing = gap(one, other), get_pattern("bracket").fullmatch(gap(other, third))
            if get_pattern("of").fullmatch(between):
                yield from compare_share(third, one, other) if closing else ()
            elif get_pattern("of_these").fullmatch(between):
                yield from compare_share(third, other, one) if closing else ()
            elif get_pattern("of_them").fullmatch(gap(other, third)):
                yield from compare_share(third, other, one)
        elif is_share(one) and other.share is one and third.share is one:
            yield from compare_share(one, other, third)
    for claim in group:
        base = next((c for c in group if c.share is claim and c.part == "base"), None)
        parts = base is None or FULL_TIME in claim.sentence.text
        if not parts and claim.numeral.form == "percent" and not claim.qualifier and not is_whole(claim, base):
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
    for one, other in zip(group, group[1:], strict=False):
        sign, word = other.direction
        exact = one.numeral.form == other.numeral.form and not (one.qualifier or other.qualifier)
        if one.other is other and exact and sign and sign * (other.numeral.value - one.numeral.value) <= 0:
            yield Slip(other, "direction", f"{other.text} is not {word} from {one.text}", beside=one)
    level = None
    for before, claim in zip([None, *group], group, strict=False):
        sign, word = find_sign(gap(before, claim)) if before is not None and claim.role == EARLIER else NO_DIRECTION
        if sign and level is not None and level.numeral.form == claim.numeral.form:
            apart = level.numeral.value - claim.numeral.value
            is_rounded = level.numeral.form == "percent" and not level.numeral.decimals
            against = sign * apart < 0 or apart == 0 and not is_rounded
            if against and not (level.qualifier or claim.qualifier):
                yield Slip(level, "direction", f"{level.text} is not {word} beside {claim.text}", beside=claim)
        level = claim if claim.role == LEVEL else level


def find_sign(between: str) -> tuple[int, str]:
    """Return the direction that words between two numbers tell of the first: 'up from', 'an increase on'."""
    words = [found[1].lower() for found in get_pattern("paired").finditer(between)]
    return next(((get_directions()[w], w) for w in words[::-1] if w in get_directions()), NO_DIRECTION)


def check_sums(said: Sequence[Claim]) -> Iterator[Slip]:
    """Yield totals that the parts told with them don't add to, and shares of a table that come near to 100 % and miss
    it by more than rounding loses."""
    for total, parts, words in [*list_leads(said), *list_cells(said), *list_sentences(said)]:
        value = sum(c.numeral.value for c in parts)
        loss = 2 * precision_of(total) * len(parts) * (total.numeral.decimals > 0 or total.numeral.form == "percent")
        is_near = 0.5 < value / max(total.numeral.value, 1) < 2
        if abs(value - total.numeral.value) > loss and is_near and not any(c.qualifier for c in (total, *parts)):
            yield Slip(total, "sum", f"the {len(parts)} {words} add to {value:,.10g}", value)
    for cells in group_cells(said):
        shares = [c for c in cells if c.numeral.form == "percent"]
        value = sum(c.numeral.value for c in shares)
        is_near = len(shares) == len(cells) >= LEAST_SHARES and abs(value - 100) <= NEAR_WHOLE
        if is_near and abs(value - 100) > sum(map(precision_of, shares)) + 1e-9:
            yield Slip(shares[-1], "sum", f"the {len(shares)} shares add to {value:,.10g}%", 100.0)


def list_leads(said: Sequence[Claim]) -> Iterator[tuple[Claim, list[Claim], str]]:
    """Yield the total of each list's lead with the first count of each of its items."""
    lists: dict[tuple, dict[int, Claim]] = defaultdict(dict)
    for claim in said:
        if claim.block.kind == "item" and claim.block.lead and is_count(claim):
            lists[claim.block.headings, claim.block.lead].setdefault(id(claim.block), claim)
    for (_, lead), items in lists.items():
        totals = [c for c in said if c.sentence.text == lead and is_count(c)]
        if len(totals) == 1 and len(items) >= LEAST_SHARES:
            yield totals[0], [*items.values()], "items of the list"


def group_cells(said: Sequence[Claim]) -> list[list[Claim]]:
    """Return the numbers of each column and of each row of the tables."""
    groups: dict[tuple, list[Claim]] = defaultdict(list)
    for claim in said:
        block = claim.block
        if block.kind == "cell" and block.column and claim.numeral.form in ("number", "money", "percent"):
            groups["column", block.place, block.lead, block.column].append(claim)
            groups["row", block.place, block.lead, block.sentence].append(claim)
    return [*groups.values()]


def list_cells(said: Sequence[Claim]) -> Iterator[tuple[Claim, list[Claim], str]]:
    """Yield the total of each column or row of a table that has one at its end, with the cells before it."""
    is_total = get_pattern("total_row").match
    for cells in group_cells(said):
        for label, words in (("row", "rows"), ("column", "columns")):
            labels = [getattr(c.block, label) for c in cells]
            alike = len({c.numeral.form for c in cells}) == 1 and len(set(labels)) == len(labels) > 2
            if alike and is_total(labels[-1]) and not any(map(is_total, labels[:-1])):
                yield cells[-1], cells[:-1], words


def list_sentences(said: Sequence[Claim]) -> Iterator[tuple[Claim, list[Claim], str]]:
    """Yield the total of a sentence with its parts: '107 referrals: 50 from schools, 57 from health'."""
    for _, group in groupby((c for c in said if c.block.kind != "cell"), key=lambda c: (id(c.block), c.sentence.start)):
        counts = list(group)
        if len(counts) > 2 and all(map(is_count, counts)):
            gaps = [gap(*pair) for pair in zip(counts, counts[1:], strict=False)]
            if ":" in gaps[0] and all(map(get_pattern("listed").search, gaps[1:])):
                yield counts[0], counts[1:], "parts"
            elif get_pattern("in_total").search(counts[-1].before + "#" + counts[-1].after):
                yield counts[-1], counts[:-1], "parts"


def check_twice(said: Sequence[Claim]) -> Iterator[Slip]:
    """Yield numbers told of the very same words and period as another, with another value."""
    told: dict[tuple, Claim] = {}
    for claim in said:
        words = frozenset(w.stem for w in claim.own if is_topic(w.stem) and not w.raw[:1].isupper())
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
