"""Which candidates are findings, in which order, and which of them lead: the rules are data."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.figures.display import lower_first
from analysis.findings.finding import Candidate
from analysis.findings.rules import Rules
from analysis.findings.signal import BREAK
from analysis.methods.evidence import MINIMUM_BASE

FOLDED = ("stages", "place", "rate", "apart")


def score(candidate: Candidate, rules: Rules) -> int:
    """Return a candidate's points: those of all its facts."""
    return sum(rules.points[fact] for fact in candidate.facts)


def choose(candidates: Iterable[Candidate], rules: Rules) -> list[Candidate]:
    """Return the findings, those with most points first; one of a theme speaks for the others of its theme."""
    worth = [one for one in candidates if score(one, rules) >= rules.least]
    return fold(sorted(worth, key=lambda one: (-score(one, rules), -one.size, one.title)), rules)


def fold(candidates: Sequence[Candidate], rules: Rules) -> list[Candidate]:
    """Return candidates, best first, without those whose theme another of their sort tells of already."""
    heads: list[Candidate] = []
    told: set[tuple[str, ...]] = set()
    for one in candidates:
        theme = rules.theme_of(one.measures) if one.kind in FOLDED else ()
        if not theme or theme not in told:
            heads.append(one)
        told.add(theme)
    return heads


def list_leads(findings: Sequence[Candidate], rules: Rules) -> list[Candidate]:
    """Return those that head the report, in their order: the first, with room for children's and for adults' work.

    None leads that rests on nothing but its own number, or whose share is of few: `can_lead`.
    """
    findings = [one for one in findings if can_lead(one)]
    kept = [
        one
        for whose in rules.work
        for one in [one for one in findings if rules.work_of(one.section) == whose][: rules.room]
    ]
    others = [one for one in findings if one not in kept]
    chosen = [*kept, *others[: max(0, rules.lead - len(kept))]][: rules.lead]
    return [one for one in findings if one in chosen]


def can_lead(one: Candidate) -> bool:
    """Whether a finding may head the report: a level needs a standard or a promise, a share a base of some size, and
    that two figures can't be compared is told in its section alone."""
    s = one.statistic
    few = s is not None and s.measure_type == "percent" and (s.denominator or 0) < MINIMUM_BASE
    bare = one.kind == "level" and not ("standard" in one.parts or "promise" in one.facts)
    return not (few or bare or one.kind == BREAK)


def with_echoes(heads: Sequence[Candidate], candidates: Sequence[Candidate], rules: Rules) -> list[Candidate]:
    """Return findings, those of a theme with the places of its other figures (`list`) to name beside them."""
    return [_with_echoes(one, candidates, rules) for one in heads]


def _with_echoes(head: Candidate, candidates: Sequence[Candidate], rules: Rules) -> Candidate:
    theme = rules.theme_of(head.measures)
    others = [one for one in candidates if one.kind == "place" and one.measures[0] in theme and one is not head]
    same = [one for one in others if one.direction == head.direction and {"end", "near_end"} & set(one.facts)]
    if head.kind != "place" or not same:
        return head
    said = [f"{lower_first(one.title)} ({one.words['place']})" for one in same[: rules.echoes]]
    tested = all("differs" in one.facts for one in same[: rules.echoes])
    sure = head.sure if tested else tuple("sure_first" if name == "sure" else name for name in head.sure)
    return replace(head, words={**head.words, "list": " and ".join(said)}, parts=(*head.parts, "echoes"), sure=sure)
