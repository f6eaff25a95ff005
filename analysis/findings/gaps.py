"""Where sources disagree, and where there is silence: candidates that rest on no test."""

from collections.abc import Iterable, Sequence

from analysis.figures.display import lower_first
from analysis.figures.official import Beside, title_of
from analysis.findings.finding import Bar, Candidate, FindingChart
from analysis.findings.places import name_source
from analysis.findings.rules import Rules
from analysis.measures.catalogue import Catalogue
from analysis.measures.words import join_names
from analysis.official import shown
from analysis.partnership import Partnership
from analysis.returns.contracts import load_contracts
from analysis.returns.register import STATUS_WORDS, ReturnEntry

MISSING = "missing"
NAMED = 3  # datasets named in a title; of more the first and how many others


def list_differences(beside: Iterable[Beside], catalogue: Catalogue, rules: Rules) -> list[Candidate]:
    """Return a candidate where the return and the published figure of the same council and day differ by the margin."""
    found = []
    for one in beside:
        ours, own = one.ours, one.figures.own
        same = ours and own and ours.published and own.value and ours.qualifier == "exact" and not one.is_rate
        gap = abs(ours.value / own.value - 1) if same and ours.period.end == own.period.end else 0.0
        if 100 * gap >= rules.margins["sources"]:
            found.append(_difference(one, gap, catalogue))
    return found


def _difference(one: Beside, gap: float, catalogue: Catalogue) -> Candidate:
    ours, figures = one.ours, one.figures
    title, published = title_of(one.comparator, catalogue), shown(figures.own, figures.decimals)
    bars = (Bar("The return", ours.value, ours.display), Bar("As published", figures.own.value, published))
    return Candidate(
        kind="sources",
        section=ours.section,
        measures=(one.comparator,),
        title=title,
        facts=("sources",),
        words={
            "what_within": lower_first(title),
            "ours": ours.display,
            "own": published,
            "period": ours.period.told,
            "differs": figures.list_reasons(ours.value),
        },
        size=gap,
        chart=FindingChart("ordered_bars", f"Number, {ours.period.label}", name_source(figures), bars),
        statistic=ours,
    )


def list_silences(entries: Sequence[ReturnEntry], partnership: Partnership) -> list[Candidate]:
    """Return a candidate for each agency and section asked in vain, or each dataset of it where others came, and one
    for the agencies that nobody asked; none where all are awaited and nothing is said of any: the index says so once.
    """
    if all(e.status == MISSING and not (e.note or e.due_date) for e in entries):
        return []
    came = {(e.agency, e.section) for e in entries if e.status != MISSING}
    missing = [(e, (e.agency, e.section) in came) for e in entries if e.status == MISSING]
    silent = {(e.agency, e.section, e.dataset if partly else ""): (e, partly) for e, partly in missing}
    asked = {entry.agency for entry in entries}
    waited = ((one, partnership.fed_by(one)) for one in partnership.agencies if not {one.code, one.name} & asked)
    unasked = [(one.name, sections[0]) for one, sections in waited if sections]
    found = [_missing(entry, partly) for entry, partly in silent.values()]
    if unasked:
        names = join_names([name for name, _ in unasked], "or")
        found.append(_silence(unasked[0][1], "Nobody asked", {"agencies": names}, "unasked"))
    return found


def _missing(entry: ReturnEntry, partly: bool) -> Candidate:
    reason = ": ".join(text.rstrip(".") for text in (STATUS_WORDS[entry.status], entry.note) if text)
    names = [*map(name_dataset, entry.datasets)]
    most = names if len(names) <= NAMED else [*names[: NAMED - 1], f"{len(names) - NAMED + 1} others"]
    dataset = join_names(most) or "figures"
    words = {"agency": entry.agency, "words": reason, "dataset": dataset}
    if partly:
        return _silence(entry.section, f"No return: {entry.agency}, {dataset}", words, "partly")
    return _silence(entry.section, f"No return: {entry.agency}", words)


def name_dataset(dataset: str) -> str:
    """Return a dataset as readers know it: its title with its code."""
    return f"{load_contracts()[dataset].title} ({dataset})" if dataset in load_contracts() else dataset


def _silence(section: str, title: str, words: dict[str, str], *parts: str) -> Candidate:
    return Candidate("silence", section, (), title, ("silence",), words, parts=parts)
