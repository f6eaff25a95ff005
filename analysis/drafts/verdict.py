"""What can be found of a claim."""

from dataclasses import dataclass

from analysis.drafts.claim import Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate
from analysis.drafts.vocabulary import Word

SUPPORTED, CONTRADICTED, UNSUPPORTED = "supported", "contradicted", "unsupported"
AMBIGUOUS, NOT_COMPARABLE, NOT_A_CLAIM = "ambiguous", "not_comparable", "not_a_claim"
VERDICTS = (SUPPORTED, CONTRADICTED, UNSUPPORTED, AMBIGUOUS, NOT_COMPARABLE, NOT_A_CLAIM)


@dataclass(frozen=True)
class Spoken:
    """What was spoken of near a claim: the facts that others of its sentence or row tell, those of the sentence before,
    nearest first, and the words of that sentence; `parallel` is what the number is about that a claim stands in a row
    with: "41 boys and 52 girls; the year before, 38 and 47"."""

    beside: tuple[Fact, ...] = ()
    before: tuple[Fact, ...] = ()
    words: tuple[Word, ...] = ()
    parallel: Fact | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All of them, once each."""
        return tuple(dict.fromkeys((*self.beside, *self.before)))


@dataclass(frozen=True)
class Verdict:
    """What is found of a claim: `fact` is the statistic that it is about, `expected` what the statistic says, `how` the
    kind of difference (value, direction, base, points, rounding, year, qualifier), `reason` all of it in a sentence."""

    verdict: str
    reason: str = ""
    fact: Fact | None = None
    expected: float | None = None
    how: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_found(self) -> bool:
        """Whether it was found which statistic the number is about."""
        return self.fact is not None and self.verdict in (SUPPORTED, CONTRADICTED)


@dataclass(frozen=True)
class Checked:
    """A number of a draft with its verdict; `candidates` are the statistics that its words may mean, best first."""

    claim: Claim
    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
