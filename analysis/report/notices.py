"""What every page and file says of its report: its name, what it is and isn't, where it comes from."""

from collections.abc import Sequence
from typing import Any

from analysis.release.release import Release, Return
from analysis.report.ages import say_as_at, say_moment

RELEASE_WORDS = {
    "shared": "Shared release: figures that could tell of a person are not shown",
    "internal": "INTERNAL: not for sharing. Figures about small numbers of people are shown",
}
REBUILT = "Rebuilt from figures that the partnership published; this is not the partnership's own publication"
SYNTHETIC = "Synthetic data: invented for testing, about no real person or place"
UNAUDITED = "Draft: disclosure audit not run"
UNSCANNED = "Draft: not yet scanned as a whole for what may tell of a person"
SET_ASIDE = "Incomplete: faulty returns were set aside and count as not received: "
FAILED = "Do not share: the disclosure audit failed"


def list_origins(release: Release) -> list[str]:
    """Return what is said of the partnership's data as a whole: rebuilt, synthetic."""
    about = release.partnership
    return [words for flag, words in ((about.rebuilt, REBUILT), (about.synthetic, SYNTHETIC)) if flag]


def list_notices(release: Release) -> list[str]:
    """Return what every page says of itself: rebuilt, synthetic, which returns were set aside, why a shared release
    isn't yet fit to be shared."""
    audit = release.disclosure
    notices = [*list_origins(release), *(SET_ASIDE + "; ".join(release.set_aside) for _ in release.set_aside[:1])]
    if not release.shared or audit.complete:
        return notices
    return [*notices, {None: UNAUDITED, False: FAILED, True: UNSCANNED}[audit.passed]]


def say_protection(release: Release) -> str:
    """Return how many figures of a shared report are hidden, and that the audit passed; nothing for any other."""
    about = release.disclosure
    if not (release.shared and about.complete):
        return ""
    return f"Of its {about.of} figures {about.hidden} are not shown, to protect people; the audit passed."


def list_provenance(release: Release, returns: Sequence[Return]) -> list[tuple[str, str]]:
    """Return what a page's foot says of its figures; `returns` are those behind the page."""
    return [
        ("Data as at", say_as_at(returns)),
        ("Made", say_moment(release.made_at)),
        ("Code version", release.code_version),
        ("Release", RELEASE_WORDS[release.kind]),
        *(("Protection", words) for words in [say_protection(release)] if words),
    ]


def say_origin(release: Release, *, returns: str) -> str:
    """Return when, by what and from what a file was made; `returns` says where its returns are listed."""
    made = f"{release.made_at:%Y-%m-%d at %H:%M}"
    origin = f"Made {made} UTC by version {release.code_version}, from the returns listed {returns}."
    return " ".join(filter(None, (origin, say_protection(release))))


def frame(release: Release) -> dict[str, Any]:
    """Return what every page says of its report, for its template."""
    return {
        "report_name": release.name,
        "period": release.period.label,
        "release": release.kind,
        "release_words": RELEASE_WORDS[release.kind],
        "notices": list_notices(release),
        "credit": release.partnership.credit,
        "provenance": list_provenance(release, release.returns),
    }
