"""A claim: one number of a draft with what is said of it."""

from dataclasses import dataclass, field

from analysis.drafts.document import Block, Sentence
from analysis.drafts.numerals import Numeral
from analysis.drafts.periods import Span
from analysis.drafts.vocabulary import Word

NO_DIRECTION = (0, "")
LEVEL, EARLIER, CHANGE, BASE = "level", "earlier", "change", "base"


@dataclass
class Claim:
    """A number that a draft claims: where, what its part of the sentence says, and what kind of claim it is.

    `own` are the words of its own part of the sentence, `said` those with the part that it leans on, `around` those of
    the rest; `asked` the period named for it, `against` the one that a change is told from; `direction` is +1 or -1
    where a rise or fall is told, with the word; `excuse` says why it is no claim; `share` is the percentage whose count
    or base it is; `before` and `after` are the words up to the numbers beside it; of "from A to B" A has B as `other`,
    and B has A.
    """

    numeral: Numeral
    block: Block
    sentence: Sentence
    own: list[Word] = field(default_factory=list)
    around: list[Word] = field(default_factory=list)
    role: str = LEVEL
    asked: Span | None = None
    against: Span | None = None
    direction: tuple[int, str] = NO_DIRECTION
    qualifier: str = ""
    excuse: str = ""
    number: int = 0
    part: str = ""
    said: list[Word] = field(default_factory=list)
    said_part: str = ""
    share: "Claim | None" = None
    before: str = ""
    after: str = ""
    other: "Claim | None" = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The words of the number as the draft has them."""
        return self.numeral.text
