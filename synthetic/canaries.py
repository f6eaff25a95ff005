"""Strings that look like the details of a person, planted where agencies do leave them, so that a leak can be seen.

None belongs to anyone: names are made of invented syllables, numbers come from ranges that are never issued (NHS
numbers from 999, National Insurance from TN, telephone numbers set aside for drama), postcodes from an area that
doesn't exist, addresses from the domain `example`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.draws import stream

EACH = 28
FIRST = ("Zel", "Quor", "Vith", "Jax", "Yrs", "Brem", "Oxl", "Thiv")
SECOND = ("andra", "imund", "ophy", "wick", "elda", "oric", "unia", "asto")
FAMILY = ("Quorrick", "Vexmoor", "Zyltham", "Brindlox", "Ythwell", "Oxqueth", "Javrold", "Threnwyk")
TEXTS = (  # columns of free text, about which no figure is asked for
    ("D06", "feedback", "did"),
    ("D08", "recommendations", "evidence_link"),
    ("D10", "grades", "comments_theme"),
    ("D11", "standards", "evidence"),
    ("D11", "standards", "reply"),
    ("D24", "schools", "escalation_outcome"),
    ("D26", "concerns", "setting"),
    ("D44", "complaints", "learning"),
)
KEYS = (  # columns of pseudonyms, in which an agency has left the real thing
    ("D16", "contacts", "contact_id"),
    ("D23", "contacts", "setting_pseudo"),
    ("D26", "concerns", "contact_id"),
    ("D32", "offences", "offence_pseudo"),
)
PHRASES = ("spoke with {}", "see {} on file", "per {}", "rang back: {}", "note: {}, seen twice")
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # of unique pupil numbers: without I, O and S


@dataclass(frozen=True)
class Canary:
    """One planted string: its kind, and the dataset, table and column in which it stands in every year."""

    text: str
    kind: str
    dataset: str
    table: str
    column: str


def list_canaries(seed: int) -> list[Canary]:
    """Return every planted string, at least 200. No release may hold any of them."""
    free = [(kind, text) for kind, texts in _strings(stream(seed, "canaries")).items() for text in texts]
    found = [Canary(text, kind, *TEXTS[place % len(TEXTS)]) for place, (kind, text) in enumerate(free)]
    keys = [(kind, text) for kind, texts in _keys(stream(seed, "canary keys")).items() for text in texts]
    return found + [Canary(text, kind, *KEYS[place % len(KEYS)]) for place, (kind, text) in enumerate(keys)]


def _strings(rng: np.random.Generator) -> Mapping[str, list[str]]:
    """Return the strings for free text, by kind, no two alike."""
    numbers = rng.permutation(900)[:EACH] + 100
    names = [FIRST[n % 8] + SECOND[n // 8 % 8] + " " + FAMILY[n // 64 % 8] for n in rng.permutation(512)[: 2 * EACH]]
    days = np.datetime64("1931-01-01") + rng.integers(0, 29000, EACH)
    return {
        "name": names[:EACH],
        "nhs_number": [_nhs_number(int(n)) for n in numbers],
        "upn": [_upn(int(n)) for n in numbers],
        "postcode": [f"QX{n % 90 + 10} {n % 9 + 1}{LETTERS[n % 23]}{LETTERS[n // 23 % 23]}" for n in numbers],
        "email": [name.lower().replace(" ", ".") + "@post.example" for name in names[EACH:]],
        "date_of_birth": [f"{day:%d/%m/%Y}" for day in pd.to_datetime(pd.unique(pd.Series(days)))],
        "phone": [f"07700 900{n}" for n in numbers],
        "national_insurance": [f"TN{n:03d}{n * 7 % 900 + 100}{'ABCD'[n % 4]}" for n in numbers],
    }


def _keys(rng: np.random.Generator) -> Mapping[str, list[str]]:
    """Return strings that pass for keys: numbers without spaces, names written as file names are."""
    numbers = rng.permutation(900)[:16] + 100
    names = [f"{FAMILY[n % 8].upper()}_{FIRST[n // 8 % 8]}{SECOND[n // 64 % 8]}" for n in rng.permutation(512)[:8]]
    return {"nhs_number_as_key": [_nhs_number(10000 + int(n)).replace(" ", "") for n in numbers], "name_as_key": names}


def _nhs_number(number: int) -> str:
    """Return the next number of ten digits from 999 that passes the check (modulus 11, NHS Data Catalogue)."""
    while (check := nhs_check(f"999{number:06d}")) == 10:
        number += 1000
    text = f"999{number:06d}{check}"
    return f"{text[:3]} {text[3:6]} {text[6:]}"


def nhs_check(nine: str) -> int:
    """Return the check digit of the first nine digits; 10 where no number is valid."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return 0 if rest == 11 else rest


def _upn(number: int) -> str:
    """Return a unique pupil number of an authority that doesn't exist (000), with its check letter (DfE guide)."""
    digits = f"00099992{number:04d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return LETTERS[total % 23] + digits


def plant_canaries(seed: int, year: str, tables: dict) -> dict:
    """Return a year's tables with every canary in its column, each in a row of its own."""
    rng = stream(seed, f"canaries {year}")
    planted: dict[tuple, list[Canary]] = {}
    for canary in list_canaries(seed):
        planted.setdefault((canary.dataset, canary.table, canary.column), []).append(canary)
    for (dataset, table, column), found in planted.items():
        frame = tables[dataset][table]
        rows = rng.permutation(len(frame))[: len(found)]
        phrases = rng.integers(0, len(PHRASES), len(found))
        keys = (dataset, table, column) in KEYS
        said = [
            canary.text if keys else PHRASES[n].format(canary.text) for canary, n in zip(found, phrases, strict=True)
        ]
        frame.loc[frame.index[rows], column] = said
    return tables
