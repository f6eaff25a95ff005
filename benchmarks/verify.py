"""`verify` on drafts of other publishers' statistics with planted errors: recall, precision, false alarms, abstentions.

Four sets of templates, each of tables, phrasing and distractors of its own: `seen` while the rules were written; the
others each written and first run when the rules stood, and looked at since. Then sets of whole reports written by hand
(`drafts/reports`), written and first run likewise: docs/verify.md has the first figures, which tell how new phrasing
fares. Against the first four stands the plain alternative: a number is right where any cell of the table equals it.
"""

import re
import time
from collections import Counter, defaultdict

from analysis.drafts.check import check_draft
from analysis.drafts.facts import Fact, make_facts
from analysis.drafts.reading import read_text
from analysis.drafts.verdict import Checked
from analysis.methods.proportions import wilson
from benchmarks._verify_phrasing import SETS, Draft, make_draft
from benchmarks._verify_reports import FOLDER, list_reports, make_report
from benchmarks._verify_reports import pair_up as pair_marks

DRAFTS = 40
REPORTS = 8  # of each report written by hand, with other values
ERRORS = 0.3


def main() -> None:
    """Print the figures of each set."""
    for name in SETS:
        drafts = [make_draft(seed, name, errors=ERRORS) for seed in range(DRAFTS)]
        tables = [make_facts([{k: str(v) for k, v in row.items()} for row in d.statistics], name) for d in drafts]
        start = time.perf_counter()
        found = [check_draft(read_text(d.text), facts) for d, facts in zip(drafts, tables, strict=True)]
        seconds = time.perf_counter() - start
        verdicts = [pair for d, checked in zip(drafts, found, strict=True) for pair in pair_up(d, checked)]
        print(f"\n{name}: {len(verdicts)} numbers in {DRAFTS} drafts, {seconds:.1f} s")
        print(describe(verdicts))
        print("any equal cell:")
        print(describe([pair for d, facts in zip(drafts, tables, strict=True) for pair in match_values(d, facts)]))
    for name in sorted(folder.name for folder in FOLDER.iterdir()):
        reports = [make_report(path, seed, ERRORS) for path in list_reports(name) for seed in range(REPORTS)]
        found = [
            pair_marks(r.marks, check_draft(read_text(r.text), make_facts(r.table, name)), is_same) for r in reports
        ]
        verdicts = [(label, verdict) for pairs in found for label, verdict, *_ in pairs]
        print(f"\n{name}: {len(verdicts)} numbers in {len(reports)} reports")
        print(describe(verdicts))


def pair_up(draft: Draft, checked: list[Checked]) -> list[tuple[str, str]]:
    """Return the label of each marked number (n, s or the kind of error) with the verdict that it got."""
    pairs, at = [], 0
    for _, text, label, _, kind in draft.marks:
        for number in range(at, min(at + 14, len(checked))):
            if is_same(text, checked[number].claim.text):
                pairs.append((kind or label, checked[number].verdict.verdict))
                at = number + 1
                break
        else:
            pairs.append((kind or label, "not found"))
    return pairs


def is_same(marked: str, told: str) -> bool:
    """Whether a number that was found is the one that was marked; it may have its sign."""
    told = told.replace("£", "").strip()
    return told.startswith(marked) and not re.match(r"\d|,\d|\.\d", told[len(marked) :])


def match_values(draft: Draft, facts: list[Fact]) -> list[tuple[str, str]]:
    """Return what the plain alternative says: contradicted where no cell of the table rounds to the number."""
    values = [f.value / f.scale for f in facts if f.value is not None]
    pairs = []
    for _, text, label, _, kind in draft.marks:
        digits = text.replace(",", "")
        if re.fullmatch(r"\d+(?:\.\d+)?", digits):
            places = len(digits.partition(".")[2])
            equal = any(abs(round(v, places) - float(digits)) < 1e-9 for v in values)
            pairs.append((kind or label, "supported" if equal else "contradicted"))
    return pairs


def describe(pairs: list[tuple[str, str]]) -> str:
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
