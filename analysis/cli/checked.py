"""What the last check of a year found, kept beside the outputs, so that `status` tells it at once."""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from analysis.cli.lines import count_words
from analysis.errors import DataError, Problem
from analysis.partnership import load_partnership
from analysis.settings import get_data_root, get_output_root

CHECKED = ".checked.json"  # what the last check found, and a mark of each thing that it read


def keep_check(name: str, year: str, problems: Sequence[Problem]) -> str:
    """Keep beside the outputs how many problems a check found, and a mark of all that it read; return the words."""
    from analysis.release.keys import list_inputs

    path, words = get_path(name, year), count_words(problems)
    with suppress(OSError, DataError):  # a partnership that can't be read; a folder that can't be written to
        home = load_partnership(name, get_data_root())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"words": words, **list_inputs(home)}), encoding="utf-8")
    return words


def get_path(name: str, year: str) -> Path:
    """Return where what the last check of a year found is kept."""
    return get_output_root() / name / year / CHECKED
