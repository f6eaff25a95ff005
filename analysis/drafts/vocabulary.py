"""Words as topics: a text becomes stems, phrases that mean one thing become one, mere prose is told apart."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from analysis.drafts.numerals import DIGITS, UNITS, WORDS, read_spelt
from analysis.settings import get_dictionary_root

WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z][A-Za-z&]*(?:['’](?!s\b)[a-z]+)?")
SMALL = (*UNITS, "twenty")
SUFFIX_WORDS = "isation ization ations ation ments ment ingly ings edly ing ied ies ers ed er es ly s"
SUFFIXES = tuple(SUFFIX_WORDS.split())
LEAST_STEM = 4  # letters that a suffix must leave
NOUN_SUFFIXES, LEAST_NOUN_STEM = ("ances", "ance", "ences", "ence", "ions", "ion"), 5


@dataclass(frozen=True)
class Word:
    """A word of a text: its stem and where it stands."""

    stem: str
    start: int
    end: int
    raw: str


@cache
def read_words() -> dict:
    """Return `data/dictionary/drafts.toml`."""
    return tomllib.loads((get_dictionary_root() / "drafts.toml").read_text(encoding="utf-8"))


@cache
def get_pattern(name: str) -> re.Pattern:
    """Return a pattern of `patterns` in data/dictionary/drafts.toml."""
    patterns = read_words()["patterns"]
    pattern = patterns[name].replace("\n    ", "").replace("DIGITS", DIGITS)
    for part in [key for key in patterns if key.isupper()]:
        pattern = pattern.replace(part, patterns[part].replace("\n    ", ""))
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word without its ending, in small letters: 'referrals' and 'referred' are both 'referr'."""
    word = word.lower().replace("’", "'").replace(",", "").replace("&", "")
    if word in SMALL:
        return str(SMALL.index(word))
    for suffix in NOUN_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST_NOUN_STEM:
            return _end(word[: -len(suffix)])
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST_STEM - (suffix == "s"):
            return _end(word[: -len(suffix)] + ("y" if suffix in ("ies", "ied") else ""))
    return _end(word)


def _end(word: str) -> str:
    """Return a stem without a last letter that its forms don't share."""
    word = word[:-1] + "y" if word.endswith("i") else word
    word = (
        word[:-1] if word[-2:] in ("tt", "ss", "rr", "ll", "pp", "nn", "gg", "mm") and len(word) > LEAST_STEM else word
    )
    return word[:-1] if len(word) > LEAST_STEM and word[-1] == "e" else word


@cache
def get_prose() -> frozenset[str]:
    """Return the stems that carry no topic."""
    return frozenset(stem(word) for word in read_words()["prose"].replace("-", " ").split())


@cache
def _get_phrases() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Return the phrases to be read as others, by their first stem, longest first."""
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for first, *others in read_words()["synonyms"]:
        target = tuple(stem(w) for w in first.split())
        for phrase in others:
            stems = tuple(stem(w) for w in WORD.findall(phrase))
            phrases.setdefault(stems[0], []).append((stems, target))
    return {head: sorted(found, key=lambda p: -len(p[0])) for head, found in phrases.items()}


@lru_cache(maxsize=50_000)
def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; a phrase that has synonyms as the words it is read as."""
    raw = [Word(stem(f[0]), f.start(), f.end(), f[0]) for f in WORD.finditer(text)]
    words, at = [], 0
    while at < len(raw):
        length, targets = _match_phrase(raw, at)
        first, last = raw[at], raw[at + length - 1]
        printed = text[first.start : last.end]
        words += [Word(target, first.start, last.end, printed) for target in targets]
        at += length
    return tuple(words)


def _match_phrase(raw: list[Word], at: int) -> tuple[int, tuple[str, ...]]:
    for stems, target in _get_phrases().get(raw[at].stem, ()):
        if tuple(w.stem for w in raw[at : at + len(stems)]) == stems:
            return len(stems), target
    return 1, (raw[at].stem,)


def write_digits(text: str) -> str:
    """Return a text as words with one space between them, its small numbers in digits: '10-15' is '10 to 15'."""
    plain = re.sub(r"(?<=\d)\s?[-–]\s?(?=\d)", " to ", text.lower())
    plain = WORDS.sub(lambda found: str(read_spelt(found[0])), plain)
    return " ".join(re.findall(r"\d[\d,.]*\d|\w+", plain))


def is_topic(word: str) -> bool:
    """Whether a stem may name what a figure is about."""
    return word not in get_prose() and (len(word) > 1 or word.isdigit())


@lru_cache(maxsize=50_000)
def list_topics(text: str) -> tuple[str, ...]:
    """Return the stems of a text that carry a topic."""
    return tuple(w.stem for w in split_words(text) if is_topic(w.stem))


@lru_cache(maxsize=200_000)
def resemble(one: str, other: str) -> float:
    """Return how far two stems are the same word: 1 where they are equal, 0.8 where they share their beginning."""
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    if shared >= 4 and shared >= 0.7 * max(len(one), len(other)):
        return 0.8
    return 0.7 if shared > LEAST_STEM and shared == min(len(one), len(other)) else 0.0  # managers, managerial
