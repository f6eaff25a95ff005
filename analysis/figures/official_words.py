"""What may be said of an official figure: beside the return, against region and country, among its neighbours."""

from analysis.figures.model import Statistic
from analysis.official import ALIKE, UNTOLD, ComparatorSet, Published, contrast, place_words, shown, symbol_reason

DIFFERENT = ("higher than", "lower than")
RATES = ("percent", "per_10000")


def make_sentences(figures: ComparatorSet, ours: Statistic | None, unit: str) -> list[str]:
    """Return what may be said: beside the return, where the council stands, what was revised, how old it is."""
    sentences = [_own_or_ours(figures, ours)] if ours and figures.own and ours.published else []
    if figures.own and figures.own.value is None:
        sentences.append(_hidden(figures.own))
    if figures.own and figures.own.value is not None and unit:
        sentences += [_verdict(figures, unit), _neighbours_shown(figures)]
    if figures.own and figures.own.revised:
        sentences.append(f"The publisher has revised its figure: it was {figures.own.revised}.")
    return [sentence for sentence in [*sentences, figures.lag] if sentence]


def _own_or_ours(figures: ComparatorSet, ours: Statistic) -> str:
    """Return both figures side by side where the publisher's differs, with a reason that fits the direction."""
    if figures.own.value is None or (ours.unit != "percent" and figures.unit in RATES):
        return ""
    published = shown(figures.own, figures.decimals)
    if figures.own.value == ours.value and ours.qualifier == "exact":
        return f"The publisher's figure for {figures.own.area_name} is the same: {published}."
    reasons = figures.list_reasons(ours.value)
    reason = f" A possible reason: {reasons}" if reasons else ""
    return (
        f"The return gives {ours.display} {ours.period.phrase}; "
        f"the published figure for {figures.own.area_name} is {published} {figures.own.period.phrase}.{reason}"
    )


def _hidden(own: Published) -> str:
    return f"The published figure for {own.area_name} {own.period.phrase} is not shown: {symbol_reason(own)}."


def _neighbours_shown(figures: ComparatorSet) -> str:
    """Return of how many neighbours the median is, where some are hidden or not kept."""
    values = [figure for figure in figures.neighbours if figure.value is not None]
    of = len(figures.neighbours) + len(figures.neighbours_without)
    if not of or len(values) == of:
        return ""
    return f"The neighbours' median is of the {len(values)} of {of} whose figures are shown."


def _verdict(figures: ComparatorSet, unit: str) -> str:
    """Return where the council stands: against region and country, among its neighbours and in England."""
    verdicts: dict[str, list[str]] = {}
    for other in (figures.region, figures.national):
        if other is not None:
            words, area = _against(figures, other), f"{other.area_name} ({shown(other, figures.decimals)})"
            verdicts.setdefault(words, []).append(area)
    parts = [words.format(" and ".join(areas)) for words, areas in verdicts.items()]
    rank = figures.neighbour_rank
    parts += [f"{place_words(rank)} with its statistical neighbours"] if rank else []
    parts += [figures.quarter_words] if figures.quarter_words else []
    return f"{figures.own.area_name} has {shown(figures.own, figures.decimals)}{unit}: {'; '.join(parts)}."


def _against(figures: ComparatorSet, other: Published) -> str:
    """Return the words of a verdict, with a place for the area that it is against."""
    verdict = contrast(figures.own, other)
    if verdict.words in (*DIFFERENT, ALIKE, UNTOLD):
        return f"{verdict.words} {{}}"
    return f"{verdict.words} against {{}}, since {verdict.reason}"
