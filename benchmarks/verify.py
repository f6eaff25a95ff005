"""`verify` on drafts of other publishers' statistics with planted errors: recall, precision, false alarms, abstentions.

Sets of whole reports written by hand (`drafts/reports`), each of tables, phrasing and distractors of its own, written
and first run when the code stood, and looked at since: docs/verify.md has the first figures, which tell how new
phrasing fares. Beside them stands the plain alternative: a number is right where any cell of the table equals it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from analysis.drafts.check import check_draft
from analysis.drafts.facts import Fact, make_facts
from analysis.drafts.reading import read_text
from analysis.methods.proportions import wilson
from benchmarks._verify_reports import FOLDER, Report, list_reports, make_report, pair_up

DRAWS = 8  # of each report, with other values and other errors
ERRORS = 0.3
SETS = tuple(sorted(folder.name for folder in FOLDER.iterdir()))


def main() -> None:
    """Print the figures of each set, and of all together."""
    pairs = {(name, check): judge_set(name, check) for name in SETS for check in (check_report, match_values)}
    for (name, check), found in pairs.items():
        print(f"\n{name}: {len(found)} numbers" if check is check_report else "any equal cell:")
        print(describe(found))
    print(
        "\nall:\n" + describe([pair for (_, check), found in pairs.items() if check is check_report for pair in found])
    )


def judge_set(name: str, check: Callable[[Report, list[Fact]], list[tuple[str, str]]], first: int = 0) -> list:
    """Return the label of each marked number of a set (n, s or the kind of error) with the verdict that it got."""
    reports = [make_report(path, seed, ERRORS) for path in list_reports(name) for seed in range(first, first + DRAWS)]
    return [pair for report in reports for pair in check(report, make_facts(report.table, name))]


def check_report(report: Report, facts: list[Fact]) -> list[tuple[str, str]]:
    """Return what `verify` says of a report."""
    found = pair_up(report.marks, check_draft(read_text(report.text), facts), is_same)
    return [(label, verdict) for label, verdict, *_ in found]


def match_values(report: Report, facts: list[Fact]) -> list[tuple[str, str]]:
    """Return what the plain alternative says: contradicted where no cell of the table rounds to the number."""
    values = [f.value / f.scale for f in facts if f.value is not None]
    pairs = []
    for text, label, _ in report.marks:
        digits = text.replace(",", "")
        if re.fullmatch(r"\d+(?:\.\d+)?", digits):
            places = len(digits.partition(".")[2])
            equal = any(abs(round(v, places) - float(digits)) < 1e-9 for v in values)
            pairs.append((label, "supported" if equal else "contradicted"))
    return pairs


def is_same(marked: str, told: str) -> bool:
    """Whether a number that was found is the one that was marked; it may have its sign."""
    told = told.replace("£", "").strip()
    return told.startswith(marked) and not re.match(r"\d|,\d|\.\d", told[len(marked) :])


def describe(pairs: Sequence[tuple[str, str]]) -> str:
    """Return recall, precision, alarms and abstentions with their 95 % intervals, and recall by kind of error."""
    counts = Counter(pairs)
    errors = sum(n for (label, _), n in counts.items() if label not in "ns")
    hits = sum(n for (label, verdict), n in counts.items() if label not in "ns" and verdict == "contradicted")
    alarms = sum(n for (label, verdict), n in counts.items() if label in "ns" and verdict == "contradicted")
    claims = sum(n for (label, _), n in counts.items() if label != "n")
    open_ = sum(n for (label, v), n in counts.items() if label != "n" and v not in ("supported", "contradicted"))
    distractors = sum(n for (label, _), n in counts.items() if label == "n")
    flagged = counts["n", "contradicted"]
    kinds: dict[str, Counter] = defaultdict(Counter)
    for (label, verdict), n in counts.items():
        if label not in "ns":
            kinds[label][verdict == "contradicted"] += n
    by_kind = ", ".join(f"{kind} {tally[True]}/{tally.total()}" for kind, tally in sorted(kinds.items()))
    return "\n".join(
        [
            f"  recall {tell_share(hits, errors)}  precision {tell_share(hits, hits + alarms)}",
            f"  false alarms per 1,000 numbers {1000 * alarms / len(pairs):.1f}  distractors flagged "
            f"{tell_share(flagged, distractors)}  abstentions {tell_share(open_, claims)}",
            f"  by kind of error: {by_kind}",
        ]
    )


def tell_share(count: int, whole: int) -> str:
    """Return a share with its 95 % interval (Wilson)."""
    if not whole:
        return "none"
    share = wilson(count, whole)
    return f"{share.value:.3f} ({share.lower:.3f} to {share.upper:.3f}; {count} of {whole})"


if __name__ == "__main__":
    main()
