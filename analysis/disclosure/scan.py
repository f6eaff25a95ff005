"""The leak scan: every byte of every file of a release, unpacked and decoded, searched for what tells of people.

What it finds is named by file and kind, never by value. It is the last net, not the gate: nothing about people
should ever reach a release's folder.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from analysis.disclosure.patterns import find_kinds
from analysis.disclosure.views import PARTED, UnreadableError, get_texts, open_views

CONTROLS = bytes([*range(9), *range(14, 32)])
PACKED = (b"PK", b"\x89PNG", b"\x1f\x8b", b"wOF")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, order=True)
class Finding:
    """Something that must not be in a release: in which file (and what within it), of which kind; not its value."""

    file: str
    kind: str

    def __str__(self) -> str:
        return f"{self.file}: {self.kind}"


@dataclass
class _Search:
    """What is looked for, and what was found in bytes seen before: a release holds each chart many times.

    `words` holds the forbidden texts by their longest word, so that thousands are looked for at once.
    """

    words: dict[str, set[str]]
    permitted: set[str]
    seen: dict[bytes, frozenset[str]] = field(default_factory=dict)


def scan(
    folder: Path, forbidden: Iterable[str] = (), *, allowed: Collection[str] = (), names: Collection[str] = ()
) -> list[Finding]:
    """Return what leaks from any file below the folder, sorted; with `names`, from those files alone.

    `forbidden` holds texts that may be nowhere: pseudonymous ids, names, canaries, the analyst's own paths.
    `allowed` holds texts that may: the partnership's published postcode or e-mail address.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder.name)
    search = _Search(_group_by_word(forbidden), {_normalise(text) for text in allowed})
    found = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if names and name not in names:
            continue
        found |= {Finding(name, kind) for kind in _find_in_text(name.replace("/", " "), search)}
        found |= _scan_file(name, path.read_bytes(), search)
    return sorted(found)


def _group_by_word(forbidden: Iterable[str]) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for text in (_normalise(text) for text in forbidden):
        if found := WORD.findall(text):
            words.setdefault(max(found, key=len), set()).add(text.strip())
    return words


def _scan_file(name: str, data: bytes, search: _Search) -> set[Finding]:
    try:
        return {
            Finding(view.place, kind) for view in open_views(name, data) for kind in _find_in_bytes(view.data, search)
        }
    except UnreadableError:
        return {Finding(name, "cannot be read, so cannot be cleared")}


def _find_in_bytes(data: bytes, search: _Search) -> frozenset[str]:
    """Return the kinds of leak in some bytes. A picture or packing itself is searched for forbidden texts alone."""
    key = blake2b(data, digest_size=16).digest()
    if key not in search.seen:
        readable = _is_readable(data)
        find = _find_in_text if readable else _find_forbidden
        texts = get_texts(data, plain=not readable)
        search.seen[key] = frozenset(kind for text in texts for kind in find(text, search))
    return search.seen[key]


def _is_readable(data: bytes) -> bool:
    """Whether bytes are a text, rather than a picture, a font or a container."""
    sample = data[:4096].replace(b"\0", b"")
    odd = len(sample) - len(sample.translate(None, CONTROLS))
    return not data.startswith(PACKED) and odd <= 0.02 * max(len(sample), 1)


def _find_in_text(text: str, search: _Search) -> set[str]:
    return find_kinds(text, search.permitted) | _find_forbidden(text, search)


def _find_forbidden(text: str, search: _Search) -> set[str]:
    """Return whether a text holds one of the forbidden, not as part of a longer word, as a set of kinds."""
    if not search.words:
        return set()
    plain = _normalise(text)
    words = search.words.keys() & set(WORD.findall(plain))
    found = any(_has_word(plain, wanted) for word in words for wanted in search.words[word] if wanted in plain)
    return {"forbidden text"} if found else set()


def _has_word(text: str, wanted: str) -> bool:
    """Whether the text holds what is wanted, not as part of a longer word."""
    return re.search(rf"(?<![^\W_]){re.escape(wanted)}(?![^\W_])", text) is not None


def _normalise(text: str) -> str:
    return " ".join(text.replace(PARTED, " ").casefold().split())
