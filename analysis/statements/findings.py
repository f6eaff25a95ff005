"""Findings in sentences, ready to show: wording is data, and no sentence names a cause."""

from collections.abc import Iterable, Mapping, Sequence

from analysis.findings.choose import list_leads, score
from analysis.findings.finding import Candidate, Finding
from analysis.findings.rules import Rules
from analysis.findings.signal import BREAK, Found

RAREST = 1_000_000
PLACED = ("end", "near_end", "quarter")  # facts with which a place among neighbours is told, but for one in the middle


def tell_findings(chosen: Sequence[Candidate], rules: Rules) -> list[Finding]:
    """Return what was chosen as findings, in its order: those that lead the report first."""
    leads = list_leads(chosen, rules)
    ordered = [*leads, *(one for one in chosen if one not in leads)]
    return [_tell(one, rules, lead=one in leads) for one in ordered]


def _tell(one: Candidate, rules: Rules, *, lead: bool) -> Finding:
    own = rules.kinds[one.kind]
    chance = rules.phrases["chance"].format(times=f"{_times(one.p):,}") if one.p else ""
    ask = next((rules.ask[name] for name in _list_asked(one) if name in rules.ask), own.get("ask", ""))
    return Finding(
        section=one.section,
        kind=one.kind,
        title=one.title,
        words=_fill(one, own),
        measures=one.measures,
        statistic_id=one.statistic.statistic_id if one.statistic else "",
        numbers=one.numbers,
        facts=one.facts,
        points=score(one, rules),
        lead=lead,
        work=rules.work_of(one.section),
        sure=" ".join(filter(None, [*(own.get(name, "").format(**one.words) for name in one.sure), chance])),
        caution=own.get("caution", "").format(**one.words).strip(),
        ask=ask.format(**{"who": "agencies", "part": one.title, **one.words}),
        direction=one.direction,
        better=one.better,
        since=one.since,
        chart=one.chart,
        echoes=one.echoes,
    )


def _list_asked(one: Candidate) -> list[str]:
    """Return the names that a finding's own question may have: a low figure raises another than a high one."""
    return [name for measure in one.measures for name in (f"{measure}/{one.direction}", measure)]


def _fill(one: Candidate, own: Mapping[str, str]) -> str:
    """Return the sentences of a candidate: its kind's, with the pieces that hold in their places or after it."""
    pieces = {name: "" for name in own if name not in ("words", "sure", "ask", "caution")}
    pieces |= {name: own[name].format(**one.words) for name in one.parts if name in own}
    if one.kind == "place":
        pieces = _fill_place(one, own, pieces)
    if one.kind == "silence" and one.parts:
        return pieces[one.parts[0]]
    sentence = own["words"].format(**{**one.words, **pieces}).strip()
    return sentence + (pieces["standard"] if one.kind == "level" else "")


def _fill_place(one: Candidate, own: Mapping[str, str], pieces: dict[str, str]) -> dict[str, str]:
    """Return the pieces of a place: what is told of ranks and years only where they are among its facts."""
    form = "rate" if one.words["per"] else "share" if one.words["share"] else "other"
    told = [own["place"].format(**one.words)] if one.words["nth"] and {*PLACED} & set(one.facts) else []
    told += [own["quarter"].format(**one.words)] if "quarter" in one.facts else []
    return {
        **pieces,
        "level": own[form].format(**one.words),
        "ranks": f" That is {' and '.join(told)}." if told else "",
        "course": own["course"].format(**one.words) if one.words["course"] else "",
    }


def _times(p: float) -> int:
    """Return the power of ten that chance is rarer than, at most a million."""
    times = 10
    while times < RAREST and p * times * 10 < 1:
        times *= 10
    return times


def head_sections(
    found: Found, findings: Iterable[Finding], sections: Iterable[str], rules: Rules
) -> dict[str, dict[str, str]]:
    """Return, by section, what it says above its findings and how they were found: where no figure could be set beside
    an earlier one, that is said and never that nothing changed. How all of the report's were found stands under ""."""
    kinds: dict[str, set[str]] = {section: set() for section in sorted(sections)}
    for one in findings:
        kinds.setdefault(one.section, set()).add(one.kind)
    heads = {section: _head(seen, section, found, rules) for section, seen in kinds.items()}
    return heads | {"": {"method": tell_method(set().union(*kinds.values()), rules)}}


def tell_method(kinds: set[str], rules: Rules) -> str:
    """Return how findings of some kinds were told from chance: of each kind what is true of it; nothing of those that
    rest on no test."""
    held = [rules.phrases[name] for name, of in rules.methods.items() if kinds & set(of)]
    return " ".join([*held, *([rules.phrases["why"]] if held else [])])


def _head(kinds: set[str], section: str, found: Found, rules: Rules) -> dict[str, str]:
    phrases, told = rules.phrases, kinds - {BREAK}
    tested = found.tested.get(section, 0)
    number = phrases["figure" if tested == 1 else "figures"].format(number=tested)
    untested = phrases["unfit" if section in found.held else "untested"]
    rest = phrases["tested"].format(tested=number) if tested else untested
    lead = f"{phrases['some' if told else 'none']} {rest}" if told or tested else rest
    return {"lead": lead, "method": tell_method(kinds, rules)}
