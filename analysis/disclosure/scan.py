"""The leak scan: every byte of every file of a release, unpacked and decoded, searched for what tells of people.

What it finds is named by file and kind, never by value. It is the last net, not the gate: nothing about people
should ever reach a release's folder.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from analysis.disclosure.patterns import find_kinds
from analysis.disclosure.views import PARTED, UnreadableError, get_texts, open_views

CONTROLS = bytes([*range(9), *range(14, 32)])
PACKED = (b"PK", b"\x89PNG", b"\x1f\x8b", b"wOF")
FEW = 40  # words that are looked for one by one sooner than a text is parted into its own
WORD = re.compile(r"[^\W_]+")
CAPITAL = re.compile(r"(?<![^\W_])[A-Z][a-z]{2,}(?![^\W_])")
SOUNDS = (
    (r"ph", "f"),
    (r"c(?=[eiy])", "s"),
    (r"ck|[cqg]", "k"),
    (r"z", "s"),
    (r"d", "t"),
    (r"b", "p"),
    (r"v", "f"),
    (r"(?<=.)[aeiouyh]|^h", ""),
    (r"(.)\1+", r"\1"),
)


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

    `words` holds the forbidden texts, in parts, by their longest part and by all of it in one, so that thousands are
    looked for at once; `sounds` what the names sound like.
    """

    words: dict[str, set[tuple[str, ...]]]
    sounds: frozenset[str]
    permitted: set[str]
    seen: dict[bytes, frozenset[str]] = field(default_factory=dict)


def scan(
    folder: Path,
    forbidden: Iterable[str] = (),
    *,
    people: Iterable[str] = (),
    allowed: Collection[str] = (),
    names: Collection[str] = (),
    seen: dict[bytes, frozenset[str]] | None = None,
) -> list[Finding]:
    """Return what leaks from any file below the folder, sorted; with `names`, from those files and folders alone.

    `forbidden` holds texts that may be nowhere, however they are parted or written: pseudonymous ids, canaries, the
    analyst's own paths. Names of `people` may be nowhere either, nor words with a capital that sound like them.
    `allowed` holds texts that may: the partnership's published postcode or e-mail address. `seen` recalls what bytes
    held that were searched for the same before, by their digest, and is filled.
    """
    if not folder.is_dir():
        raise NotADirectoryError(folder.name)
    people = list(people)
    sounds = frozenset(" ".join(map(get_sound, name.split())) for name in people)
    search = _Search(
        _group_by_word([*forbidden, *people]),
        sounds,
        {_normalise(text) for text in allowed},
        {} if seen is None else seen,
    )
    wanted, found = set(names), set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if names and wanted.isdisjoint((name, *map(str, PurePosixPath(name).parents))):
            continue
        found |= {Finding(name, kind) for kind in _find_in_text(name.replace("/", " "), search)}
        found |= _scan_file(name, path.read_bytes(), search)
    return sorted(found)


def _group_by_word(forbidden: Iterable[str]) -> dict[str, set[tuple[str, ...]]]:
    words: dict[str, set[tuple[str, ...]]] = {}
    for text in forbidden:
        if parts := tuple(WORD.findall(_normalise(text))):
            for key in {max(parts, key=len), "".join(parts)}:
                words.setdefault(key, set()).add(parts)
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
    key = digest(data)
    if key not in search.seen:
        readable = _is_readable(data)
        find = _find_in_text if readable else _find_forbidden
        texts = get_texts(data, plain=not readable)
        search.seen[key] = frozenset(kind for text in texts for kind in find(text, search))
    return search.seen[key]


def digest(data: bytes) -> bytes:
    """Return the mark by which bytes that were searched are known again."""
    return blake2b(data, digest_size=16).digest()


def _is_readable(data: bytes) -> bool:
    """Whether bytes are a text, rather than a picture, a font or a container."""
    sample = data[:4096].replace(b"\0", b"")
    odd = len(sample) - len(sample.translate(None, CONTROLS))
    return not data.startswith(PACKED) and odd <= 0.02 * max(len(sample), 1)


def _find_in_text(text: str, search: _Search) -> set[str]:
    sounding = {"name of a person"} if search.sounds and _has_sound(text, search.sounds) else set()
    return find_kinds(text, search.permitted) | _find_forbidden(text, search) | sounding


def _find_forbidden(text: str, search: _Search) -> set[str]:
    """Return whether a text holds one of the forbidden, not as part of a longer word, as a set of kinds."""
    if not search.words:
        return set()
    plain = _normalise(text)
    few = len(search.words) <= FEW
    words = [word for word in search.words if word in plain] if few else search.words.keys() & set(WORD.findall(plain))
    found = any(_has_word(plain, wanted) for word in words for wanted in search.words[word])
    return {"forbidden text"} if found else set()


def _has_word(text: str, parts: tuple[str, ...]) -> bool:
    """Whether the text holds the parts one after the other, however parted, not within a longer word."""
    wanted = r"[\W_]{0,3}".join(map(re.escape, parts))
    return re.search(rf"(?<![^\W_]){wanted}(?![^\W_])", text) is not None


def _has_sound(text: str, sounds: Collection[str]) -> bool:
    """Whether words with a capital, alone or two together, sound like a name."""
    words = [get_sound(word) for word in CAPITAL.findall(text)]
    pairs = (" ".join(pair) for pair in zip(words, words[1:], strict=False))
    return not sounds.isdisjoint(words) or not sounds.isdisjoint(pairs)


@cache
def get_sound(word: str) -> str:
    """Return what a word sounds like, by its consonants: Carol, Karole and Caryl are one (after Soundex, with the first
    letter by its sound too)."""
    sound = word.casefold()
    for letters, like in SOUNDS:
        sound = re.sub(letters, like, sound)
    return sound


def _normalise(text: str) -> str:
    return " ".join(text.replace(PARTED, " ").casefold().split())
