"""No sentence that is made of figures judges them: the words stay with sizes, places and chance."""

import re
import tomllib

import pytest

from analysis.measures.catalogue import get_catalogue
from analysis.official import load_definitions
from analysis.settings import get_dictionary_root

JUDGING = re.compile(
    r"\b(only|merely|just|very|strong|strongly|clearly|significant|significantly|alarming|worrying|worryingly"
    r"|excellent|impressive|unfortunately|sadly|disappointing|robust|remarkable|dramatic|dramatically)\b",
    re.IGNORECASE,
)
FOLDER = get_dictionary_root()


def texts_of(value):
    """Return every text within tables and lists."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in texts_of(part)]


@pytest.mark.parametrize("name", ["findings.toml", "phrases.toml", "titles.toml"])
def test_phrases_do_not_judge(name):
    told = texts_of(tomllib.loads((FOLDER / name).read_text(encoding="utf-8")))
    assert [text for text in told if JUDGING.search(text)] == []


def test_the_words_of_measures_that_stand_in_sentences_do_not_judge():
    measures = get_catalogue().measures.values()
    told = [words for one in measures for words in (one.title, one.noun, one.noun_one, one.share)]
    told += [one.title for one in load_definitions().comparators.values()]
    assert [text for text in told if JUDGING.search(text)] == []
