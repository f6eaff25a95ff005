"""The leak scan: every byte of every file of a release, unpacked and decoded, searched for what tells of people.

What it finds is named by file and kind, never by value. It is the last net, not the gate: nothing about people
should ever reach a release's folder.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.disclosure.views import UnreadableError, View, get_texts, open_views

POSTCODE = r"(?:[A-Z]{1,2}[0-9][A-Z0-9]?|GIR) ?[0-9][ABD-HJLNP-UW-Z]{2}"
DATE = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4})"
BIRTH = r"(?:\bd\.?o\.?b\b\.?|\bdate[ _-]?of[ _-]?birth|\bbirth[ _-]?date|\bborn(?: on)?\b)"
PATTERNS = {
    "NHS number": re.compile(r"(?<![\w.#-])[3-9]\d{2}[ -]?\d{3}[ -]?\d{4}(?![\w-]|\.\d)"),
    "UPN": re.compile(r"(?<![\w#])[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z](?!\w)"),
    "postcode": re.compile(rf"(?<![\w#&.])(?:{POSTCODE}|(?i:[a-z]{{1,2}}\d[a-z\d]? \d[abd-hjlnp-uw-z]{{2}}))(?!\w)"),
    "e-mail address": re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[A-Za-z]{2,24}\b"),
    "date of birth": re.compile(rf"(?i:{BIRTH}).{{0,30}}?{DATE}"),
    "path on a machine": re.compile(
        r"(?<![\w/.:])/(?:home|Users|root|mnt|tmp|private|var/folders)/[\w.-]+|\b[A-Za-z]:\\{1,2}Users\\{1,2}[\w.-]+|file:///\w"
    ),
}
CONTROLS = bytes([*range(9), *range(14, 32)])
WORD = re.compile(r"[^\W_]+")
Search = dict[str, set[str]]


@dataclass(frozen=True, order=True)
class Finding:
    """Something that must not be in a release: in which file (and what within it), of which kind; not its value."""

    file: str
    kind: str

    def __str__(self) -> str:
        return f"{self.file}: {self.kind}"


def scan(folder: Path, forbidden: Iterable[str] = (), *, allowed: Collection[str] = ()) -> list[Finding]:
    """Return what leaks from any file below the folder, sorted.

    `forbidden` holds texts that may be nowhere: pseudonymous ids, names, canaries, the analyst's own paths.
    `allowed` holds texts that may: the partnership's published postcode or e-mail address.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder.name)
    search, permitted = _make_search(forbidden), {_normalise(text) for text in allowed}
    found = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        found |= {Finding(name, kind) for kind in _find_in_text(name.replace("/", " "), search, permitted)}
        found |= set(_scan_file(name, path.read_bytes(), search, permitted))
    return sorted(found)


def _make_search(forbidden: Iterable[str]) -> Search:
    """Return the forbidden texts by their longest word, so that a text is searched for thousands of them at once."""
    search: Search = {}
    for text in (_normalise(text) for text in forbidden):
        if words := WORD.findall(text):
            search.setdefault(max(words, key=len), set()).add(text.strip())
    return search


def _has_forbidden(text: str, search: Search) -> bool:
    """Whether a normalised text holds one of the forbidden, not as part of a longer word."""
    words = search.keys() & set(WORD.findall(text))
    return any(_has_word(text, wanted) for word in words for wanted in search[word] if wanted in text)


def _has_word(text: str, wanted: str) -> bool:
    """Whether the text holds what is wanted, not as part of a longer word."""
    return re.search(rf"(?<![^\W_]){re.escape(wanted)}(?![^\W_])", text) is not None


def _normalise(text: str) -> str:
    return " ".join(text.casefold().split())


def _scan_file(name: str, data: bytes, search: Search, permitted: set[str]) -> Iterator[Finding]:
    try:
        for view in open_views(name, data):
            yield from (Finding(view.place, kind) for kind in _find_in_view(view, search, permitted))
    except UnreadableError:
        yield Finding(name, "cannot be read, so cannot be cleared")


def _find_in_view(view: View, search: Search, permitted: set[str]) -> set[str]:
    """Return the kinds of leak in one view. The picture or packing itself is searched for forbidden texts alone."""
    kinds: set[str] = set()
    readable = _is_readable(view.data)
    for text in get_texts(view.data, plain=not readable):
        if readable:
            kinds |= _find_in_text(text, search, permitted)
        elif _has_forbidden(_normalise(text), search):
            kinds.add("forbidden text")
    return kinds


def _is_readable(data: bytes) -> bool:
    """Whether bytes are a text, rather than a picture, a font or a container."""
    sample = data[:4096].replace(b"\0", b"")
    odd = len(sample) - len(sample.translate(None, CONTROLS))
    return not data.startswith((b"PK", b"\x89PNG", b"\x1f\x8b", b"wOF")) and odd <= 0.02 * max(len(sample), 1)


def _find_in_text(text: str, search: Search, permitted: set[str]) -> set[str]:
    kinds = {"forbidden text"} if _has_forbidden(_normalise(text), search) else set()
    for kind, pattern in PATTERNS.items():
        hits = (found[0] for found in pattern.finditer(text))
        if any(_normalise(hit) not in permitted and _is_real(kind, hit) for hit in hits):
            kinds.add(kind)
    return kinds


def _is_real(kind: str, hit: str) -> bool:
    return kind != "NHS number" or is_nhs_number(hit)


def is_nhs_number(text: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number (NHS Data Dictionary: modulus 11)."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[9] if check != 10 else False
