"""What makes a finding worth saying, in which order and words: data/dictionary/findings.toml, read strictly."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from analysis.errors import DataError
from analysis.measures.strict import fault, read_toml
from analysis.settings import get_dictionary_root

FILE = "findings.toml"
CHILDREN, ADULTS = "children", "adults"


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it stands there: numbers, points by fact, and wording by kind."""

    lead: int
    room: int
    least: int
    years: int
    echoes: int
    points: Mapping[str, int]
    margins: Mapping[str, float]
    work: Mapping[str, tuple[str, ...]]
    thresholds: tuple[str, ...]
    promises: tuple[str, ...]
    context: tuple[str, ...]
    no_level: tuple[str, ...]
    mixed: tuple[str, ...]
    shares: Mapping[str, str]
    themes: tuple[tuple[str, ...], ...]
    kinds: Mapping[str, Mapping[str, str]]
    methods: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, str]
    ask: Mapping[str, str]

    def work_of(self, section: str) -> str:
        """Return whose work a section tells of; empty for that of both."""
        return next((whose for whose, sections in self.work.items() if section in sections), "")

    def theme_of(self, measures: tuple[str, ...]) -> tuple[str, ...]:
        """Return the theme of a finding's measures; the measures themselves where they belong to none."""
        return next((theme for theme in self.themes if set(theme) & set(measures)), measures)


@lru_cache(maxsize=4)
def load_rules(folder: Path | None = None) -> Rules:
    """Return the rules. Raises DataError for a key that isn't known and for one that lacks."""
    path = (folder or get_dictionary_root()) / FILE
    try:
        return msgspec.convert(read_toml(path), Rules)
    except msgspec.ValidationError as error:
        raise DataError(fault(path, str(error))) from error
