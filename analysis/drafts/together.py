"""The claims of a draft held against each other: a statistic that is told rightly close by is hardly told again, one
that is told nowhere may be what an open number near to its value means."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from analysis.drafts.agree import precision_of
from analysis.drafts.claim import BASE, CHANGE, EARLIER, LEVEL, Claim
from analysis.drafts.derive import Change, find_change
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index
from analysis.drafts.judge import expected_value, judge, judge_sign, name_difference, says
from analysis.drafts.meant import lacks_category, tells_itself
from analysis.drafts.periods import find_periods, fit_periods
from analysis.drafts.steps import TOGETHER, expected_change, is_points_for_percent, name_direction, says_change
from analysis.drafts.sure import counts_the_same
from analysis.drafts.units import in_unit_of
from analysis.drafts.verdict import AMBIGUOUS, CONTRADICTED, SUPPORTED, UNSUPPORTED, Checked, Verdict
from analysis.drafts.vocabulary import get_pattern, is_topic

SLIP = 0.2  # score from which a slip of the digits, or another cell of the measure, is told of a fact
NEAR = 0.27  # and a number near to its value
BESIDE = 0.7  # of the best score: what a fact that is looked at must have
KIN = 0.5  # how well category, period and place must answer for an open number to be borne out
ALONE = 0.85  # of its score: what the next measure must stay below
LOW, HIGH = 0.65, 1.55  # of the value: what is near to it
BEFORE = 6  # numbers before an open one that it may follow
LEAST = 20  # below it any number is near to any other
STRONG = 0.75  # score of what is meant whatever the draft tells elsewhere
COUNTED = 0.6  # score from which a number may be told of something else by name: "entries"
KEPT = ("direction", "arithmetic", "points")  # differences of a number that is right in itself
Told = dict[tuple, list[Claim]]  # the numbers that tell each fact rightly, by its key
Rate = Callable[[Claim, Fact], list[Candidate]]


def hold_together(checked: Sequence[Checked], index: Index, rate: Rate) -> list[Checked]:
    """Return the numbers of a draft, each judged again in the light of what the others tell.

    `rate` gives the facts of a fact's measure as candidates for a claim that follows it.
    """
    told: Told = defaultdict(list)
    for item in checked:
        if item.verdict.verdict == SUPPORTED and item.verdict.fact is not None and item.claim.role != CHANGE:
            told[item.verdict.fact.key].append(item.claim)
    held: list[Checked] = []
    for _, group in groupby(checked, key=lambda c: (id(c.claim.block), c.claim.sentence.start)):
        items = list(group)
        for item in items:
            before = [c for c in held[-BEFORE:] if c.claim.block is item.claim.block]
            held.append(hold(item, items, before, told, index, rate))
    return held


def hold(
    item: Checked, beside: Sequence[Checked], before: Sequence[Checked], told: Told, index: Index,
    rate: Rate,
) -> Checked:  # fmt: skip
    """Return a number judged without the facts that others tell; an open one against a fact that it comes near to.

    `beside` are the numbers of its sentence, `before` those of its block that stand before it.
    """
    claim, verdict = item.claim, item.verdict
    if (claim.role == EARLIER or claim.asked and claim.asked.offset) and verdict.verdict == SUPPORTED:
        return replace(item, verdict=find_repeated(claim, verdict, beside, index) or verdict)
    if claim.role == CHANGE and (told_from := judge_from(claim, beside, index)):
        return replace(item, verdict=told_from)
    if (
        claim.role in (BASE, CHANGE)
        or verdict.how in KEPT
        or verdict.verdict not in (AMBIGUOUS, UNSUPPORTED, CONTRADICTED)
    ):
        return item
    left = [c for c in item.candidates if not is_told(claim, c.fact, told, index)]
    if verdict.verdict == CONTRADICTED:
        if other := find_moved(claim, verdict.fact, told, index):
            return replace(item, verdict=Verdict(SUPPORTED, "", other, other.value / other.scale))
        score = next((c.score for c in item.candidates if c.fact == verdict.fact), 0.0)
        if (
            not is_told(claim, verdict.fact, told, index)
            or score >= STRONG
            and not is_told_beside(claim, verdict.fact, told)
        ):
            return item
        again = judge(claim, left, index, [])
        fits = again.verdict == SUPPORTED or again.verdict == CONTRADICTED and is_near(claim, again.expected)
        return replace(item, verdict=again if fits else recognise(claim, left, index) or leave_open(verdict))
    if TOGETHER.search(claim.part):
        return item
    if not left or left[0].score < SLIP:
        known = [
            c for c in (*beside, *before) if c.verdict.verdict in (SUPPORTED, CONTRADICTED) and c.claim is not claim
        ]
        facts = [c.verdict.fact for c in known if c.verdict.fact is not None]
        left = [c for fact in facts[-1:] for c in rate(claim, fact) if not is_told(claim, c.fact, told, index)]
    return replace(item, verdict=recognise(claim, left, index) or verdict) if left else item


def judge_from(claim: Claim, beside: Sequence[Checked], index: Index) -> Verdict | None:
    """Return the verdict on a change beside the figure that it is told from: 'Against 119, that is 32 fewer (27%)'."""
    borne = [c for c in beside if c.claim.role == EARLIER and c.verdict.verdict == SUPPORTED and c.verdict.fact]
    nearest = min(borne, key=lambda c: abs(c.claim.number - claim.number), default=None)
    first, last = sorted((claim.number, nearest.claim.number)) if nearest else (0, 0)
    if any(c.claim.role == LEVEL and not c.claim.excuse and first < c.claim.number < last for c in beside):
        return None
    if nearest and nearest.claim.number > claim.number and get_pattern("clause").search(nearest.claim.before):
        return None
    if nearest is None or any(index.read([w.stem]) for w in claim.own if is_topic(w.stem)):
        return None
    before = nearest.verdict.fact
    changes = [find_change(f, index.kin(f), None) for f in index.kin(before) if f.is_beside(before)]
    change = next((c for c in changes if c and c.before.key == before.key and c.before.value == before.value), None)
    return judge_size(claim, change) if change and not change.now.broken else None


def judge_size(claim: Claim, change: Change) -> Verdict:
    """Return the verdict on a claim of a change that is known, by its size and direction."""
    if says_change(in_unit_of(claim, change.now), change):
        return judge_sign(claim, change.now, change)
    how = "points" if is_points_for_percent(claim, change) else "value"
    words = f"{how}: the figure {name_direction(change)}"
    return Verdict(CONTRADICTED, words, change.now, expected_change(claim, change), how)


def find_repeated(claim: Claim, verdict: Verdict, beside: Sequence[Checked], index: Index) -> Verdict | None:
    """Return a contradiction where the earlier of two figures repeats the later: 'from 134 to 134'."""
    levels = [c for c in beside if c.claim.role == LEVEL and c.claim is not claim and c.verdict.verdict == SUPPORTED]
    change = find_change(verdict.fact, index.kin(verdict.fact), None)
    again = any(c.verdict.fact == verdict.fact and c.claim.numeral.value == claim.numeral.value for c in levels)
    if not again or change is None or says(claim, change.before, index):
        return None
    words = f"year: the statistics say {change.before.display} of the earlier period ({change.before.names[0]})"
    return Verdict(CONTRADICTED, words, change.before, change.before.value / change.before.scale, "year")


def find_moved(claim: Claim, fact: Fact, told: Told, index: Index) -> Fact | None:
    """Return the fact of another period that a number is, where the sentence names that period, nobody else tells it,
    and the fact that it was held against is told by another."""
    periods = [p.span for p in find_periods(claim.sentence.text)]
    named, before = [span for span in periods if span.start], any(span.offset for span in periods)
    kin = [
        f for f in index.kin(fact) if f.period and f.key not in told and says(claim, f, index) and f.place == fact.place
    ]
    fits = [f for f in kin if any(fit_periods(span, f.period) >= 0.9 for span in named)]
    others = [c for c in told.get(fact.key, ()) if c is not claim]
    if others and (beside := [f for f in fits if f.is_beside(fact)]):
        return beside[0]
    bare = claim.other is None and not any(
        index.read([w.stem]) for w in claim.own if is_topic(w.stem)
    )  # "... and 26.5 respectively"
    apart = [f for f in kin if f.category != fact.category and (f.period == fact.period or before)]
    return next((f for f in [*(f for f in fits if f.category != fact.category), *apart] if bare), None)


def leave_open(verdict: Verdict) -> Verdict:
    """Return a contradiction as open, since its statistic is told rightly by another number."""
    return Verdict(AMBIGUOUS, "the statistic that it may be about is told by another number", verdict.fact)


def is_told_beside(claim: Claim, fact: Fact, told: Told) -> bool:
    """Whether another number of its sentence tells a fact."""
    return any(
        c is not claim and c.sentence == claim.sentence and c.block is claim.block for c in told.get(fact.key, ())
    )


def is_told(claim: Claim, fact: Fact, told: Told, index: Index) -> bool:
    """Whether another number tells a fact: of the same sentence, or of the draft where this one isn't near to it."""
    others = [c for c in told.get(fact.key, ()) if c is not claim and c.numeral.form == claim.numeral.form]
    same = is_told_beside(claim, fact, told)
    expected = expected_value(claim, fact, index)
    near = is_near(claim, expected) or expected is not None and is_permuted(claim, expected)
    return bool(others) and not (near and (claim.qualifier or not same))


def recognise(claim: Claim, left: Sequence[Candidate], index: Index) -> Verdict | None:
    """Return the verdict by the fact that an open number is, or comes near to; None where there is none, or several."""
    if not left or claim.numeral.form in ("all", "none"):
        return None
    left = [c for c in left if not lacks_category(claim, c.fact, index)] or left
    near = [c for c in left if c.score >= max(SLIP, BESIDE * left[0].score) and may_tell(claim, c, index)]
    best = max(near, key=lambda c: (is_slip(claim, c.fact, index), c.score), default=None)
    if best is None or any(is_rival(c, best, claim, index) for c in near):
        return None
    expected = expected_value(claim, best.fact, index)
    if says(claim, best.fact, index):
        return Verdict(SUPPORTED, "the statistic that its words come nearest to", best.fact, expected)
    how = name_difference(claim, best.fact, expected, index)
    words = f"{how}: the statistics say {best.fact.display} ({best.fact.names[0]})"
    return Verdict(CONTRADICTED, words, best.fact, expected, how)


def may_tell(claim: Claim, candidate: Candidate, index: Index) -> bool:
    """Whether an open number may be meant for a fact: it is it or near to it, and nothing said speaks against it."""
    fact = candidate.fact
    expected = expected_value(claim, fact, index)
    if expected is None or not tells_itself(claim, fact, index):
        return False
    if candidate.score < COUNTED and not counts_the_same(claim, fact, index):
        return False
    if says(claim, fact, index):
        return candidate.kinship >= KIN
    near = is_slip(claim, fact, index) or candidate.score >= NEAR and is_near(claim, expected)
    return near and not lacks_category(claim, fact, index)


def is_rival(candidate: Candidate, best: Candidate, claim: Claim, index: Index) -> bool:
    """Whether another fact is as likely to be meant as the best one."""
    one, other = candidate.fact, best.fact
    apart = one.measure != other.measure or one.category != other.category
    slips = is_slip(claim, other, index) and not is_slip(claim, one, index)
    return apart and candidate.score > ALONE * best.score and not slips


def is_near(claim: Claim, expected: float | None) -> bool:
    """Whether a number is near to what is expected, and large enough for that to tell anything."""
    said = claim.numeral.value / claim.numeral.scale
    large = max(said, expected or 0) >= LEAST or claim.numeral.decimals
    return bool(expected and said and large) and LOW <= said / expected <= HIGH


def is_slip(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a number has the digits of a fact in another order, or is another cell of the fact's measure."""
    expected = expected_value(claim, fact, index)
    if expected is not None and is_permuted(claim, expected):
        return True
    kin = [f for f in index.kin(fact) if f.value is not None and f is not fact]
    exact = claim.numeral.decimals or claim.numeral.value / claim.numeral.scale >= LEAST
    return bool(exact) and any(abs(f.value - claim.numeral.value) <= precision_of(claim) for f in kin)


def is_permuted(claim: Claim, expected: float) -> bool:
    """Whether a number has the digits of what is expected in another order."""
    said = claim.numeral.value / claim.numeral.scale
    digits, own = (f"{value:.{claim.numeral.decimals}f}" for value in (expected, said))
    return said >= LEAST / 2 and digits != own and sorted(digits) == sorted(own)
