"""Damaged files: whatever is done to them, reading gives problems or a refusal, and never a value of a record.

The suite makes a few hundred; `SAFEGUARDING_EXAMPLES=25` makes 25 times as many.
"""

import random
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from analysis.errors import DataError
from analysis.returns.contracts import contract
from analysis.returns.statutory.cin_census import read_census
from analysis.returns.statutory.ssda903 import read_ssda903_xml
from tests.chance import MORE
from tests.returns.frames import read_return

TRIES = 400 * MORE
SECRET = "zqxjv"  # stands in every value about a person  # noqa: S105
NASTY = [
    b"\x00",
    b'"',
    b"'",
    b",",
    b";",
    b"\n",
    b"\r",
    b"<",
    b">",
    b"&",
    b"\xff",
    b"=1+1",
    b"99999999999",
    b"\xef\xbb\xbf",
]
NASTY += [b"[c]", b"-", b"<!--", b"]]>", b"31/02/2023", b"1e308", b"nan", b"\t", b"\xc3\x28", b"NaN", b"inf", b"-1"]


def bookings(folder):
    head = "session_id,person_pseudo_id,agency,sector,role,new_account,booked_on,status,charge_applied"
    rows = [f"s{n},{SECRET}{n},police,police,{SECRET},no,2023-04-0{n + 1},attended,yes" for n in range(8)]
    path = folder / "bookings.csv"
    path.write_text("\n".join([head, *rows]))
    return path


def workbook(folder):
    book = Workbook()
    book.active.title = "bookings"
    book.active.append(["session_id", "person_pseudo_id", "agency", "status", "booked_on"])
    for n in range(8):
        book.active.append([f"s{n}", f"{SECRET}{n}", "police", "attended", date(2023, 4, 1 + n)])
    book.save(folder / "bookings.xlsx")
    return folder / "bookings.xlsx"


def census(folder):
    child = (
        f"<Child><ChildIdentifiers><LAchildID>{SECRET}</LAchildID><PersonBirthDate>2015-03-27</PersonBirthDate>"
        "<Sex>F</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
        "<CINdetails><CINreferralDate>2023-10-06</CINreferralDate><ReferralSource>1A</ReferralSource>"
        "<Section47><S47ActualStartDate>2023-11-02</S47ActualStartDate><ICPCnotRequired>0</ICPCnotRequired></Section47>"
        "<ReferralNFA>0</ReferralNFA></CINdetails></Child>\n"
    )
    path = folder / "census.xml"
    path.write_text(f"<Message><Header/><Children>{child * 4}</Children></Message>")
    return path


def looked_after(folder):
    head = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
    path = folder / "header.csv"
    path.write_text("\n".join([head, *(f"{SECRET}{n},1,27/03/2008,WBRI,{SECRET},," for n in range(8))]))
    return path


def looked_after_xml(folder):
    child = f"<CHILD><HEADER><CHILDID>{SECRET}</CHILDID><SEX>1</SEX><DOB>27/03/2008</DOB></HEADER></CHILD>"
    path = folder / "903.xml"
    path.write_text(f"<EXPSSDA903>{child * 4}</EXPSSDA903>")
    return path


def told(tables):
    return [problem for records in tables.values() for problem in records.problems]


READERS = {
    "csv": (bookings, lambda path: told(read_return(path, contract("D13")))),
    "workbook": (workbook, lambda path: told(read_return(path, contract("D13")))),
    "annex_a": (workbook, lambda path: told(read_return(path, contract("annex_a")))),
    "census": (census, lambda path: list(read_census(path).problems)),
    "ssda903": (looked_after, lambda path: told(read_return(path, contract("ssda903")))),
    "ssda903_xml": (looked_after_xml, lambda path: told(read_ssda903_xml(path))),
    "sac": (bookings, lambda path: told(read_return(path, contract("sac")))),
}


def damaged(held, chance):
    """Return the bytes after one to four acts: cut, drop, double, overwrite, insert."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(held) + 1), chance.randrange(1, 40)
        held = chance.choice(
            [
                held[:at],
                held[:at] + held[at + length :],
                held[:at] + held[at : at + length] * 2 + held[at + length :],
                held[:at] + bytes(chance.randrange(256) for _ in range(length)) + held[at + length :],
                held[:at] + chance.choice(NASTY) + held[at:],
                held[:at] + chance.choice(NASTY) + held[at + 1 :],
            ]
        )
    return held


@pytest.mark.parametrize("kind", READERS)
def test_a_damaged_file_gives_problems_or_a_refusal_and_never_a_value(kind, tmp_path):
    make, read = READERS[kind]
    sound = make(tmp_path).read_bytes()
    chance = random.Random(f"{kind} of the returns")
    outcomes = set()
    for attempt in range(TRIES // len(READERS)):
        path = tmp_path / f"damaged{Path(make(tmp_path)).suffix}"
        path.write_bytes(damaged(sound, chance))
        try:
            messages = "\n".join(map(str, read(path)))
            outcomes.add("read")
        except DataError as fault:
            messages = str(fault)
            outcomes.add("refused")
        assert SECRET not in messages, f"attempt {attempt} shows a value"
    assert outcomes
