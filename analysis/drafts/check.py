"""The whole way from a draft and a table to a verdict on every number: read this first."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.drafts.arithmetic import Slip, find_slips
from analysis.drafts.beside import find_beside, find_cell_bases, find_parallels, find_told, lean
from analysis.drafts.claim import BASE, EARLIER, Claim
from analysis.drafts.claims import read_claims
from analysis.drafts.document import Block
from analysis.drafts.facts import Fact
from analysis.drafts.index import Index
from analysis.drafts.judge import choose, judge, judge_base
from analysis.drafts.periods import ANY_QUARTER, Span, find_periods, fit_periods
from analysis.drafts.rating import Rating
from analysis.drafts.resolve import build_context, find_candidates
from analysis.drafts.tagged import PRINTED, find_ids, judge_printed, list_printed
from analysis.drafts.verdict import (
    AMBIGUOUS,
    CONTRADICTED,
    NOT_A_CLAIM,
    SUPPORTED,
    UNSUPPORTED,
    Checked,
    Spoken,
    Verdict,
)
from analysis.drafts.vocabulary import Word, split_words

COMMON = 0.3  # of the most common period's statistics: what a draft's own period must have
OFTEN = 3  # times that a draft names its period, where that is another than the table's last
COMPARED = re.compile(r"\(|\b(?:than|with|to|from|on|against|as|before)\b(?:[^,;]|,(?=\d))*$", re.IGNORECASE)
KEPT = 12  # candidates of a claim that are told
SETTLED = 0.98  # the chance of a fact from which a number needn't be read again
MOST_BESIDE = 4  # figures of its sentence that a claim may follow


@dataclass
class Reader:
    """What is remembered on the way through a draft; `verdicts` are those of the reading before, then of this one, and
    `told` the numbers that tell each fact rightly."""

    index: Index
    now: Span | None
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    told: dict[tuple, list[Claim]] = field(default_factory=lambda: defaultdict(list))
    beside: dict[int, list[Claim]] = field(default_factory=dict)
    parallels: dict[int, int] = field(default_factory=dict)
    printed: Mapping[str, Fact | None] = field(default_factory=dict)
    before: tuple[Fact, ...] = ()
    words: tuple[Word, ...] = ()
    sentence: str = ""
    last: tuple[Fact, ...] = ()
    settled: dict[int, Checked] = field(default_factory=dict)

    def tell(self, claim: Claim, fact: Fact) -> float:
        """Return 2 where another number of a claim's sentence tells a fact rightly, 1.5 where it does so wrongly, and 1
        where another of the draft tells it rightly."""
        others = [c for c in self.told.get(fact.key, ()) if c is not claim and c.numeral.form == claim.numeral.form]
        beside = [c for c in others if c.block is claim.block and c.sentence == claim.sentence]
        rightly = [c for c in others if self.verdicts[id(c)].verdict == SUPPORTED]
        return 2.0 if any(c in rightly for c in beside) else 1.5 if beside else float(bool(rightly))

    def remember(self, claim: Claim, verdict: Verdict) -> None:
        """Keep what a claim was about, where that was found."""
        self.verdicts[id(claim)] = verdict
        if verdict.is_found:
            self.last = (verdict.fact, *self.last)


def check_draft(blocks: list[Block], facts: list[Fact], marks: Sequence[str] = ()) -> list[Checked]:
    """Return every number of a draft, in order, each with what the statistics, and the release's own report, say of it.

    It is read twice: what the numbers about one are found to be tells what it is, and what those after it are is
    known only then.
    """
    index = Index(facts, "\n".join(block.text for block in blocks), " ".join(list_titles(blocks)))
    claims = [read_claims(block, index.name_own) for block in blocks]
    first = Reader(index, find_now(blocks, facts), beside=find_beside(claims), printed=list_printed(facts, marks))
    find_cell_bases(claims, first.beside)
    for of_block in claims:
        prepare(of_block, first)
    first.parallels = find_parallels(claims, index)
    read_blocks(blocks, claims, first)
    second = replace(first, before=(), words=(), sentence="", told=find_told(claims, first.verdicts))
    checked = read_blocks(blocks, claims, second)
    slips = {
        id(s.claim): s for s in find_slips([c.claim for c in checked]) if s.kind in ("share", "change", "direction")
    }
    at = [(c, slips.get(id(c.claim))) for c in checked]
    wrong = {id(c.claim) for c in checked if c.verdict.verdict == CONTRADICTED}
    return [disprove(c, slip if slip and id(slip.beside) not in wrong else None) for c, slip in at]


def prepare(claims: list[Claim], reader: Reader) -> None:
    """Give the claims of a block what they are said of and the periods that they ask for, in place."""
    for claim in (c for c in claims if not c.excuse and c.role != BASE):
        lean(claim, claims, reader.index)
        asked = claim.asked or (find_quarter(claim.block) if claim.role != EARLIER else None)
        if len({p.span for p in find_periods(claim.part) if p.span.is_quarter}) > 1:  # "between Q1 and Q2"
            asked = Span(None, None, quarter=ANY_QUARTER)
        claim.asked = asked and asked.within(reader.now)


def read_blocks(blocks: Sequence[Block], claims: Sequence[Sequence[Claim]], reader: Reader) -> list[Checked]:
    """Return the numbers of a draft, each with its verdict."""
    checked = []
    for block, of_block in zip(blocks, claims, strict=True):
        if block.kind == "heading":
            reader.before = ()
        checked += [check_claim(claim, reader) for claim in of_block]
    return checked


def check_claim(claim: Claim, reader: Reader) -> Checked:
    """Return a claim with its verdict, and remember what it was about."""
    if claim.sentence.text != reader.sentence:
        reader.words, reader.sentence = split_words(reader.sentence), claim.sentence.text
        reader.last, reader.before = (), reader.last
    if claim.excuse:
        return Checked(claim, Verdict(NOT_A_CLAIM, claim.excuse))
    if (verdict := judge_printed(claim, reader.printed)) is not None:
        tagged = None if verdict.fact else judge_tagged(claim, reader)
        verdict = tagged if tagged and tagged.verdict == SUPPORTED else verdict
        reader.remember(claim, verdict)
        return Checked(claim, verdict)
    candidates: list = []
    choices: list = []
    if id(claim) in reader.settled:
        reader.remember(claim, reader.settled[id(claim)].verdict)
        return reader.settled[id(claim)]
    base = judge_base(claim, reader.verdicts.get(id(claim.share))) if claim.share else None
    if base and (claim.role == BASE or base.verdict == SUPPORTED):
        verdict = base
    elif (verdict := judge_tagged(claim, reader)) is None:
        known = [reader.verdicts.get(id(c)) for c in reader.beside[id(claim)]]
        beside = [v.fact for v in known if v and v.is_found]
        row = reader.verdicts.get(reader.parallels.get(id(claim), 0))
        parallel = row.fact if row and row.is_found else None
        spoken = Spoken(tuple(beside[:MOST_BESIDE]), reader.before, reader.words, parallel)
        candidates = find_candidates(claim, reader.index, spoken, reader.now)
        choices = choose(claim, candidates, reader.index, reader.tell)
        verdict = judge(claim, choices, reader.index, spoken)
    reader.remember(claim, verdict)
    checked = Checked(claim, verdict, tuple(candidates[:KEPT]))
    if choices and choices[0].chance > SETTLED:
        reader.settled[id(claim)] = checked
    return checked


def disprove(checked: Checked, slip: Slip | None) -> Checked:
    """Return a number that no statistic settles as contradicted where the draft's own numbers say otherwise."""
    open_ = (AMBIGUOUS, UNSUPPORTED, SUPPORTED) if slip and slip.kind == "direction" else (AMBIGUOUS, UNSUPPORTED)
    if slip is None or checked.verdict.verdict not in open_ or checked.verdict.reason == PRINTED:
        return checked
    how = "direction" if slip.kind == "direction" else "arithmetic"
    verdict = Verdict(CONTRADICTED, f"{how}: {slip.words}", checked.verdict.fact, slip.expected, how)
    return replace(checked, verdict=verdict)


def judge_tagged(claim: Claim, reader: Reader) -> Verdict | None:
    """Return the verdict on a number of a statement whose ids are printed behind it; None where it has none, or where
    the ids settle nothing."""
    facts = [reader.index.ids[id] for id in find_ids(claim.block.text, reader.index.ids)]
    verdicts = [judge_known(claim, fact, reader) for fact in facts]
    told = [v for v in verdicts if v.verdict == SUPPORTED] or [v for v in verdicts if v.verdict == CONTRADICTED]
    return told[0] if told else None


def judge_known(claim: Claim, fact: Fact, reader: Reader) -> Verdict:
    """Return the verdict on a claim that is known to be of a fact's measure and category."""
    index = reader.index
    kin = Rating(claim, index, build_context(claim, index), reader.now).rate_kin(fact)
    return judge(claim, choose(claim, kin, index, lambda _claim, _fact: 0.0), index, Spoken())


def find_now(blocks: list[Block], facts: list[Fact]) -> Span | None:
    """Return the period that a draft is about: of the common ones that which its title names, else the last."""
    counts = Counter(f.period for f in facts if f.period and f.period.days > 300 and not f.earlier)
    counts = counts or Counter(f.period for f in facts if f.period)
    common = [p for p, count in counts.items() if count >= COMMON * max(counts.values())]
    for named in (
        span for text in [*list_titles(blocks), *(b.text for b in blocks[:1])] for span in list_own_periods(text)
    ):
        for period in common:
            if fit_periods(named, period) >= 0.9:
                return period
    last = max(common, key=lambda p: (p.end, p.days), default=None)
    told = [span for b in blocks for span in list_own_periods(b.text)]
    named = Counter(p for p in common for span in told if fit_periods(span, p) >= 0.9)
    often = max(named, key=lambda p: named[p], default=last)
    return often if not named[last] and named[often] >= OFTEN else last


def list_titles(blocks: Sequence[Block]) -> list[str]:
    """Return the titles of a draft, or its first block where that leads others."""
    return [b.text for b in blocks if b.kind == "heading" and b.level <= 1] + [b.text for b in blocks[:1] if blocks[1:]]


def list_own_periods(text: str) -> list[Span]:
    """Return the periods that a text names, without those that it compares with: '(2022-23: 41)', 'than in 2022-23'."""
    named = [(n.span, text[max(0, n.start - 40) : n.start]) for n in find_periods(text) if n.span.start]
    return [span for span, before in named if not COMPARED.search(before)]


def find_quarter(block: Block) -> Span | None:
    """Return the quarter that stands above a block, in its lead or the nearest heading that names one."""
    above = [p.span for words in (block.lead, *block.headings[::-1]) for p in find_periods(words) if p.is_quarter]
    return next(iter(above), None)
