"""Whether a number, as it is printed and qualified, says what a value is."""

from analysis.drafts.claim import Claim

ROUNDED, ABOUT = 0.05, 0.1  # how far a round number reaches: of itself, bare and with "about"
NEAR = 0.07  # how far "nearly" reaches: of the number
FRACTION_POINTS = 3.0  # how far a bare fraction may be from the share it tells, in percentage points
PERCENT_POINTS = 5.0
BARE_POINTS = 10.0  # how far "over 60%" reaches at least
ROUND_REACH = (0.5, 0.25, 0.03)  # how far "over" reaches by the digits of its number: 2,000, 2,100, 2,070
MOST_POINTS = 16.0  # how far "over half" reaches


def agrees(claim: Claim, value: float, *, held_qualifier: str = "") -> bool:
    """Return whether a claim tells a value rightly, at its printed precision and with its qualifier."""
    said, qualifier = claim.numeral.value, claim.qualifier
    if claim.numeral.form == "fraction":
        return agrees_fraction(said, qualifier, value)
    if held_qualifier and abs(said - value) < 1e-9:
        return not (qualifier and opposed(qualifier, held_qualifier))
    return CHECKS[qualifier](claim, said, value)


def opposed(one: str, other: str) -> bool:
    """Whether two qualifiers place the value on different sides."""
    above, below = ("over", "at_least"), ("nearly", "under", "just_under", "up_to")
    return (one in above and other in below) or (one in below and other in above)


def precision_of(claim: Claim) -> float:
    """Return half the last printed place of a number."""
    return 0.5 * claim.numeral.scale * 10**-claim.numeral.decimals


def trailing_step(value: float) -> float:
    """Return the step that a round number seems rounded to: 1,500 to 100, 13,886 to 1."""
    step = 1.0
    while value and value == int(value) and value % (step * 10) == 0:
        step *= 10
    return step


def exact(claim: Claim, said: float, value: float) -> bool:
    """Whether the value, rounded to the printed places, is the number."""
    if abs(said - value) <= precision_of(claim) * (1 + 1e-6) + 1e-9:
        return True
    step = trailing_step(said)
    # a large round number is read as rounded where nothing says so: 1,500 of 1,466, 1,940 of 1,936
    reach = min(step / 2, ROUNDED * said)
    return claim.numeral.form == "number" and said >= 1000 and step >= 10 and abs(said - value) <= reach


def about(claim: Claim, said: float, value: float) -> bool:
    """Whether the value lies about the number."""
    reach = (
        PERCENT_POINTS / 2
        if claim.numeral.form == "percent"
        else max(0.05 * abs(value), min(trailing_step(said) / 2, ABOUT * said))
    )
    return abs(said - value) <= max(reach, precision_of(claim))


def nearly(claim: Claim, said: float, value: float) -> bool:
    """Whether the value lies a little below the number, or is the number at its printed precision."""
    step = min(trailing_step(said) / 2, 0.125 * abs(said))
    reach = PERCENT_POINTS if claim.numeral.form == "percent" else max(NEAR * abs(said), step, 1)
    return said - reach <= value <= said + 1e-9


def over(claim: Claim, said: float, value: float) -> bool:
    """Whether the value lies above the number, and not so far that a rounder one would be said."""
    return said - 1e-9 <= value <= said + reach_beyond(claim)


def under(claim: Claim, said: float, value: float) -> bool:
    """Whether the value lies below the number, and not so far that a rounder one would be said."""
    return said - reach_beyond(claim) <= value <= said + 1e-9


def reach_beyond(claim: Claim) -> float:
    """Return how far beyond a number "over" and "under" reach: the rounder it is, the further."""
    said = abs(claim.numeral.value) / claim.numeral.scale
    digits = f"{said:.{claim.numeral.decimals}f}".replace(".", "").strip("0")
    share = ROUND_REACH[min(len(digits), len(ROUND_REACH)) - 1] if digits else 0.0
    least = BARE_POINTS if claim.numeral.form == "percent" else trailing_step(said)
    return claim.numeral.scale * max(share * said, least if len(digits) < len(ROUND_REACH) else 0, 1)


CHECKS = {"": exact, "about": about, "nearly": nearly, "over": over, "at_least": over, "under": under, "up_to": under}


def agrees_fraction(said: float, qualifier: str, value: float) -> bool:
    """Whether a share told as a fraction is about a percentage, on the side that its qualifier tells."""
    reach = min(MOST_POINTS, max(FRACTION_POINTS + 1, 0.32 * said))  # a nearer fraction would be said beyond
    if qualifier in ("over", "at_least"):
        return said - 0.05 <= value <= said + reach
    if qualifier == "under":
        return said - reach <= value <= said + 0.05
    if qualifier in ("nearly", "up_to"):
        return said - 6 <= value <= said + 0.05
    return abs(said - value) <= (4 if qualifier == "about" else FRACTION_POINTS)
