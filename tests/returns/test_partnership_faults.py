"""What is wrong in a partnership's file is told in one line, with what is allowed: nothing of it reaches a report."""

from datetime import date

import pytest

from analysis.errors import DataError
from analysis.local import load_local
from analysis.official.areas import check_place
from analysis.partnership import load_partnership

TEXT = """
name = "Here"
area_code = "E09000017"
geography = "Hillingdon"
region = "London"
region_code = "E12000007"
headlines = ["contacts"]

[[sections]]
id = "08_children_social_care"
number = "8"
title = "Children"
agency = "Council"

[[sections]]
id = "09_adult_social_care"
number = "9"
title = "Adults"
agency = "Council"

[[agencies]]
code = "council"
name = "Council"
sections = ["08_children_social_care", "09_adult_social_care"]

[[breaks]]
measure = "contacts"
since = 2023-04-01
reason = "a new front door"

[[totals]]
fact = "door"
kind = "part"
whole = "contacts"
parts = ["contacts/source/police"]

[years."2021-22"]
start = 2021-04-01
end = 2022-12-31
"""
FAULTS = [
    ('name = "Here"', 'name = " "', "name: is empty; allowed: words, or no such line"),
    ('name = "Here"', "name = 3", "partnership, name 3: is a whole number; allowed: text in quotes"),
    ('["contacts"]', '["contacts", "Contacts"]', "headlines 2: the same as an entry before; allowed: once"),
    ('["contacts"]', "3", "headlines 3: is a whole number; allowed: a list"),
    ('number = "9"', 'number = "8"', "sections: number '8' stands twice; allowed: once"),
    ('title = "Adults"', 'title = "CHILDREN"', "sections: title 'children' stands twice"),
    ('agency = "Council"', 'agency = "Counsel"', "sections: unknown agency 'Counsel'; allowed: Council"),
    ('code = "council"', 'code = "../council"', "agencies: code '../council'; allowed: small letters"),
    ('"09_adult_social_care"]', '"09_adult_care"]', "unknown section '09_adult_care'; allowed: 09_adult_social_care"),
    ("2023-04-01", "2203-04-01", "breaks 1, since: 2203-04-01; allowed: a day from 1990"),
    ("2023-04-01\n", '2023-04-01\nearlier = "contacts"\n', "breaks: earlier is the measure itself"),
    ('["contacts/source/police"]', '["contacts"]', "totals: a whole is among its own parts"),
    ('["contacts/source/police"]', "[]", "totals: no parts; allowed: one at least"),
    ('region = "London"', 'region = "London"\ngenerator = "synthetic"', "generator, or rebuilt, against synthetic"),
    ("[[sections]]\n", "[sections]\n", "cannot be read"),
    ("2022-12-31", '2022-12-31\n[years."2022-23"]\nstart = 2022-10-01\nend = 2023-03-31', "years: 2021-22 overlaps"),
    ("start = 2021-04-01", "start = 2022-04-01", "years: 2021-22 has no day of April 2021 to March 2022"),
    ("end = 2022-12-31", "end = 2022-12-31\nbegin = 2021-04-01", "years 2021-22: unknown key 'begin'"),
    ("London", "Londn", "region 'Londn' isn't that of Hillingdon; allowed: London"),
    ("E12000007", "E12000009", "region_code 'E12000009' isn't that of Hillingdon; allowed: E12000007"),
    ("E09000017", "E12000007", "area code that is no council's then \\(London\\) 'E12000007'"),
    ("E09000017", "E10000021", "no council's then \\(Northamptonshire\\)"),  # two councils since April 2021
    ('geography = "Hillingdon"', 'geography = "Ealing"', "geography 'Ealing' is another area than E09000017"),
]


def read(folder, text):
    (folder / "here").mkdir()
    (folder / "here" / "partnership.toml").write_text(text, encoding="utf-8")
    partnership = load_partnership("here", folder)
    check_place(partnership, date(2024, 3, 31))
    return load_local(partnership)


def test_a_sound_file_is_read(tmp_path):
    assert read(tmp_path, TEXT).own_facts


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_a_fault_is_told_in_one_line(tmp_path, old, new, message):
    with pytest.raises(DataError, match=message) as refused:
        read(tmp_path, TEXT.replace(old, new, 1))
    assert all(str(problem).startswith("partnership.toml: ") for problem in refused.value.problems)
