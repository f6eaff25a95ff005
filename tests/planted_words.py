"""300 strings that tell of people who don't exist, and every place of a year's files where somebody may write them.

Half of them stand in planted.toml, by kind: as somebody writes who means to get past a search.
"""

import csv
import json
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.disclosure.patterns import is_nhs_number

NAMES = ("Zelandra Quorrick", "Obadiah Vextrell", "Philippa Strandoak", "Ignatz Wolverbrook", "Tamsinette Oxley-Drumm")
NUMBERS = [str(n) for n in range(4_010_101_000, 4_010_102_000) if is_nhs_number(str(n))][:10]
NHS = [
    form.format(n[:3], n[3:6], n[6:])
    for n in NUMBERS
    for form in ("{} {} {}", "NHS{}{}{}", "nhs_{}{}{}", "#{}{}{}", "{}.{}.{}", "{}-{}-{}")
][:40]
PUPILS = [f"{letter}80120000{n}00{end}" for n, end in enumerate("1234B") for letter in "Hh"] + ["H 801 2000 01001"]
POSTCODES = [
    *("12 Zebedee Road, UB8 1UW", "at ub8 1uw", "flat 2, UB81UW", "ub81uw", "HA4 7TY", "ha47ty", "SW1A 1AA", "sw1a1aa"),
    *("lives at M1 1AE", "addr_M11AE", "EC1A1BB", "of B33 8TH"),
]
BIRTHS = [
    *(
        "born March 3rd 2009",
        "born 3/3/09",
        "dob 03/03/2009",
        "DOB: 3 March 2009",
        "d.o.b. 3.3.2009",
        "born on 2009-03-03",
    ),
    *("20090303", "CH20090312", "dob 030309", "date of birth 3 Mar 09", "birthday 3-3-2009"),
    "Born 3rd of March, 2009",
    *("date_of_birth,2009-03-03", "birth date 3/03/2009", "baby_20240211"),
]
TELEPHONES = [
    *(
        "01895 556633",
        "(01895) 556 634",
        "07700 900123",
        "07700900124",
        "+44 7700 900125",
        "+447700900126",
        "020 7946 0958",
    ),
    *("0161-496-0001", "tel07700900127", "+44 (0)20 7946 0959", "ring 01632 960001", "mum: 07700 900 128"),
]
INSURED = ["AB123456C", "ab 12 34 56 d", "AB-12-34-57-A", "ni_AB123458B", "JG 10 37 59 A", "jg103760b"]
ADDRESSES = [
    "zelandra@example.org",
    "mum of Z: z.quorrick@example.com",
    "OBADIAH_V@EXAMPLE.NET",
    "v+o@mail.example.org",
]
IDENTIFIERS = [*NHS, *PUPILS, *POSTCODES, *BIRTHS, *TELEPHONES, *INSURED, *ADDRESSES]
TALES = [
    tale.format(name)
    for name in NAMES
    for tale in (
        "{}",
        "{} told her teacher",
        "a single girl, {}, in Northmoor died",
        "spoke to {} of the Vextrell family",
        "the case of {}: mother found hanged",
        "{} (15) went missing from 12 Zebedee Road",
        "see the file on {}",
        "{}'s brother is the suspect",
        "rang {} back, who cried",
        "as the press said of {} in May",
    )
]
WRITTEN = tomllib.loads(Path(__file__).with_name("planted.toml").read_text(encoding="utf-8"))
DISGUISED = {text: kind for kind, texts in WRITTEN["identifiers"].items() for text in texts}
VEILED = [text for texts in WRITTEN["tales"].values() for text in texts]
PLANTED = [*IDENTIFIERS, *TALES, *DISGUISED, *VEILED]

Place = Callable[[Path, Sequence[str]], None]
YEAR = "2023-24"


def change_rows(path: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = change(list(csv.DictReader(file)))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def spread(rows: list[dict[str, str]], column: str, texts: Sequence[str], **more: str) -> list[dict[str, str]]:
    """Return the rows with every text in the column of one of them."""
    return [
        row | more | {column: " / ".join(texts[place :: len(rows)]) or row[column]} for place, row in enumerate(rows)
    ]


def in_register(column: str, **more: str) -> Place:
    return lambda home, texts: change_rows(
        home / YEAR / "returns.csv", lambda rows: spread(rows, column, texts, **more)
    )


def in_counts(column: str) -> Place:
    def plant(home: Path, texts: Sequence[str]) -> None:
        path = home / YEAR / "returns" / "lado.csv"
        change_rows(path, lambda rows: spread([row | {column: row.get(column, "")} for row in rows], column, texts))

    return plant


def in_file_names(home: Path, texts: Sequence[str]) -> None:
    def rename(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        files = [name for name in dict.fromkeys(row["file"] for row in rows) if name]
        seen = [text for text in texts if text.isprintable()]
        new = {file: seen[-1 - place].replace("/", "-") + ".csv" for place, file in enumerate(files)}
        for file, name in new.items():
            (home / YEAR / "returns" / file).rename(home / YEAR / "returns" / name)
        return [row | {"file": new.get(row["file"], "")} for row in rows]

    change_rows(home / YEAR / "returns.csv", rename)


def in_records(home: Path, texts: Sequence[str]) -> None:
    """Plant the texts as programmes, whose names are the categories of a split."""
    rows = ((f"CHILD-{place:05}", text, "2023-06-01") for place, text in enumerate(texts))
    with (home / YEAR / "returns" / "programmes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("child_pseudo", "programme", "start"), *rows])
    said = {"return_id": "programmes", "dataset": "D21", "file": "programmes.csv", "note": ""}
    change_rows(home / YEAR / "returns.csv", lambda rows: [*rows, rows[1] | said])


def in_own_words(entry: str) -> Place:
    """Plant the texts as words of partnership.toml."""

    def plant(home: Path, texts: Sequence[str]) -> None:
        more = "".join(f"\n{entry.format(json.dumps(text, ensure_ascii=False)[1:-1])}\n" for text in texts)
        path = home / "partnership.toml"
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")

    return plant


PLACES: dict[str, Place] = {
    "notes": in_register("note"),
    "reasons of breaks": in_register("break_reason", break_in_series="yes", break_date="2023-04-01"),
    "ids of returns": in_register("return_id"),
    "agencies": in_register("agency"),
    "systems": in_register("source_system"),
    "who signed": in_register("signed_off_by"),
    "areas of returns": in_register("geography"),
    "areas of figures": in_counts("geography"),
    "notes of figures": in_counts("note"),
    "agencies of figures": in_counts("agency"),
    "events": in_own_words('[[events]]\ndate = 2023-05-01\nwhat = "{}"\nindicators = ["lado_contacts"]'),
    "breaks": in_own_words('[[breaks]]\nmeasure = "lado_contacts"\nsince = 2023-04-01\nreason = "{}"'),
    "cautions": in_own_words('[[cautions]]\ntopic = "12_2_lado_and_education/lado_flow"\nwords = "{}"'),
    "categories of records": in_records,
    "names of files": in_file_names,
}
REFUSED: dict[str, Place] = {
    "versions": in_register("definition_version"),
    "sections": in_register("section"),
    "datasets": in_register("dataset"),
    "statuses": in_register("status"),
    "categories": in_counts("category"),
    "dimensions": in_counts("dimension"),
    "indicators": in_counts("indicator"),
    "versions of figures": in_counts("definition_version"),
}


def find_planted(text: str) -> list[str]:
    """Return what of the planted strings a text holds, however it is spaced."""
    plain, squeezed = text.casefold(), "".join(text.casefold().split())
    cores = {text: text.casefold() for text in (*IDENTIFIERS, *DISGUISED, *VEILED, *NAMES)}
    return [
        text for text, core in cores.items() if ("".join(core.split()) in squeezed if len(core) > 9 else core in plain)
    ]
