"""A stock is of the year's own returns: five SSDA903 sets as councils send them, each of the children of its year.

A set names the children whose care goes on, began or ended in its year. Earlier sets leave children without an end:
keys of a system that was replaced, duplicates that were merged, care that a later set forgot. Nobody of these is looked
after any more, however many years are held. All children are synthetic.
"""

from datetime import date

import pytest

from analysis.counting.year import count_records, gather_year
from analysis.measures.periods import parse_year
from analysis.returns.files import read_file
from analysis.returns.register import COLUMNS, ReturnEntry

STAYING = {
    "2019-20": 240,
    "2020-21": 195,
    "2021-22": 135,
    "2022-23": 89,
    "2023-24": 55,
}  # at the end of each set's year
LEAVING, FORGOTTEN = 12, 7  # of each set: those whose care ends in its year, and those whom the next one doesn't have


def write_set(folder, year: str) -> list:
    """Write a year's set of two files; the third year's system has keys of its own."""
    start, system = int(year[:4]), "N" if year >= "2021-22" else "A"
    children = [f"{system}{number:05}" for number in range(STAYING[year] + LEAVING)]
    children[:FORGOTTEN] = [f"{system}{year[:4]}{number}" for number in range(FORGOTTEN)]
    header = ["CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"]
    episodes = ["CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"]
    for number, child in enumerate(children):
        header.append(f"{child},{1 + number % 2},{date(2010, 1 + number % 12, 5):%d/%m/%Y},WBRI,,,")
        end = f"{date(start, 10, 1 + number % 28):%d/%m/%Y},E4A" if number >= STAYING[year] else ","
        episodes.append(f"{child},{date(2018, 1 + number % 12, 9):%d/%m/%Y},S,C2,N1,U6,PR1,{end},,,,")
    files = {f"{year}_header.csv": header, f"{year}_episodes.csv": episodes}
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [folder / name for name in files]


def gather_set(folder, year: str, catalogue):
    read = {path.name: read_file(path, ["ssda903"], catalogue, agency="A") for path in write_set(folder, year)}
    assert [problem for one in read.values() for problem in one.problems if problem.severity == "error"] == []
    said = {**dict.fromkeys(COLUMNS, ""), "agency": "A", "dataset": "ssda903", "status": "received"}
    return gather_year(read, [ReturnEntry(**{**said, "file": file}) for file in read])


@pytest.mark.parametrize("year", STAYING)
def test_children_looked_after_are_those_of_the_years_own_set(tmp_path, shipped_catalogue, year):
    years = [gather_set(tmp_path, one, shipped_catalogue) for one in STAYING if one <= year]
    for held in (years[-1:], years[-2:], years):
        counted = count_records(held, parse_year(year), "Here", shipped_catalogue)
        whole = {one.indicator: one.value for one in counted if not one.dimension and one.measure_type == "count"}
        assert whole["children_looked_after"] == STAYING[year]
        assert whole["looked_after_ceased"] == LEAVING
