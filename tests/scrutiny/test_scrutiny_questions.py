"""The register of what committees ask: read strictly, its status held to the release that ships, its links followed."""

from collections import Counter
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from analysis.errors import DataError
from analysis.release.store import read_store
from analysis.report.scrutiny import Asked
from analysis.returns.register import ReturnEntry
from analysis.scrutiny.questions import COLUMNS, load_questions, tell_questions
from analysis.settings import REPOSITORY, STORE
from tests.examples import HERE

DICTIONARY = REPOSITORY / "data" / "dictionary"
FULL = 150  # of 192, on a partnership whose returns all came
REC = "follow_up.html#recommendations"
ROW = "A-1,H20,7,Q,F3,Who came?,full,figure|board_attendance/agency,,"


@pytest.fixture
def register(shipped_catalogue):
    return load_questions(DICTIONARY, shipped_catalogue)


def written(folder, *rows):
    (folder / "questions.toml").write_bytes((DICTIONARY / "questions.toml").read_bytes())
    (folder / "questions.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return folder


def test_every_point_of_the_minutes_has_one_row(register):
    assert Counter(point.source for point in register.points) == {"H20": 23, "HFD": 49, "HF": 21, "HAV": 28, "H24": 71}
    assert {name for point in register.points for name in point.features} == set(register.features)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ROW.replace("H20", "H21"), "unknown source 'H21'"),
        (ROW.replace(",Q,", ",X,"), "unknown kind 'X'"),
        (ROW.replace("F3", "F33"), "unknown feature 'F33'"),
        (ROW.replace("F3", ""), "no feature"),
        (ROW.replace("full", "fully"), "unknown status 'fully'"),
        (ROW.replace("board_attendance", "board_atendance"), "unknown measure 'board_atendance'"),
        (ROW.replace("board_attendance/agency", "return.html#register"), "unknown page"),
        (ROW + "D99.seat: who came (name)", "unknown dataset 'D99'"),
        (ROW.replace("figure|", "figures|"), "unknown rule 'figures'"),
        (ROW.replace("figure|", ""), "status full without a direct answer"),
        (ROW.replace("full", "partly") + "D04", "unknown dataset ''"),
        (ROW.replace("full", "partly") + "D04.seat", "a return that would be needed isn't told"),
        (ROW.replace("full", "none"), "it has an answer"),
        (ROW.replace("full", "partly"), "status partly without the field that would be needed"),
        (ROW.replace("figure|board_attendance/agency", ""), "status full without a direct answer"),
        (ROW.replace("board_attendance/agency", REC), "unknown words ''"),
        (ROW.replace("board_attendance/agency", f"{REC}/sources/review:state"), "unknown field 'sources'"),
        (ROW.replace("board_attendance/agency", f"{REC}/source/review:status"), "unknown words 'status'"),
    ],
)
def test_a_row_that_does_not_hold_is_told_with_its_place(tmp_path, shipped_catalogue, row, message):
    with pytest.raises(DataError, match=f"row 2, A-1: {message}"):
        load_questions(written(tmp_path, row), shipped_catalogue)


def test_an_id_stands_once(tmp_path, shipped_catalogue):
    with pytest.raises(DataError, match="its id stands twice"):
        load_questions(written(tmp_path, ROW, ROW), shipped_catalogue)


@pytest.mark.parametrize("answer", ["returns.html#register", f"{REC}:state"])
def test_what_sums_up_answers_one_point_and_rows_as_many_as_ask_for_them(tmp_path, shipped_catalogue, answer):
    rows = [ROW.replace("A-1", id).replace("board_attendance/agency", answer) for id in ("A-1", "A-2")]
    with pytest.raises(DataError, match="row 2, A-1: .* sums up, and answers another point too"):
        load_questions(written(tmp_path, *rows), shipped_catalogue)
    named = [row.replace(answer, f"{REC}/source/{id}:state") for row, id in zip(rows, ("audit", "review"), strict=True)]
    assert len(load_questions(written(tmp_path, *named), shipped_catalogue).points) == 2


def test_no_two_points_have_the_same_answers(register):
    answers = Counter(point.answers for point in register.points if point.answers)
    assert {point.id: point.answers for point in register.points if answers[point.answers] > 1} == {}


def test_a_row_that_does_not_exist_is_no_answer(exampleshire_release):
    asked = Asked(read_store(exampleshire_release / STORE))
    for name, given in ((f"{REC}/answers/H24-02:state", True), (f"{REC}/answers/H24-99:state", False)):
        assert [answer["given"] for answer in asked.list_answers(name)] == [given], name


def test_the_partnerships_own_committees_come_first_and_others_by_name_are_refused(register, shipped_catalogue):
    told = tell_questions(register, replace(HERE, committees=("HAV",)), [], shipped_catalogue)
    assert [*told.sources][:2] == ["HAV", "H20"] and told.points[0].id == "HAV-01"
    with pytest.raises(DataError, match="unknown committee 'HAVE'"):
        tell_questions(register, replace(HERE, committees=("HAVE",)), [], shipped_catalogue)


def test_a_blank_names_the_field_its_form_and_who_would_return_it(register, shipped_catalogue):
    entries = [ReturnEntry(agency="Bow Team", section="one", dataset="D04")]
    told = tell_questions(register, HERE, entries, shipped_catalogue)
    (lacks,) = {point.id: point for point in told.points}["H20-04"].returns
    assert (
        lacks.startswith("whether a seat is a lay member's")
        and "(yes or no, a seat): the field “lay_member” of" in lacks
    )
    assert lacks.endswith("Board and subgroup attendance (D04) from Bow Team")
    assert told.senders["board_members_on_many_groups"] == (
        "People who sit on three boards and subgroups or more",
        "Board and subgroup attendance (D04) from Bow Team",
    )


def test_the_status_of_each_point_is_what_the_synthetic_release_answers(exampleshire_release):
    release = read_store(exampleshire_release / STORE)
    asked = Asked(release)
    states = {point.id: asked.tell(point)["state"] for point in release.questions.points}
    assert {id: state for id, state in states.items() if state != dict(_statuses(release))[id]} == {}
    assert sum(state == "full" for state in states.values()) >= FULL


def _statuses(release):
    return ((point.id, point.status) for point in release.questions.points)


@pytest.mark.parametrize("name", ["exampleshire", "hillingdon"])
def test_no_link_of_the_questions_is_dead(name, releases, exampleshire_release):
    folder = {"exampleshire": exampleshire_release, "hillingdon": releases["shared"]}[name]
    pages = {}
    for page in ("scrutiny.html", "themes.html", "follow_up.html", "glossary.html"):
        for link in BeautifulSoup((folder / page).read_text(encoding="utf-8"), "lxml").main.find_all("a", href=True):
            file, _, anchor = link["href"].partition("#")
            path = folder / (file or page)
            if path not in pages:
                found = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").find_all(id=True)
                pages[path] = {tag["id"] for tag in found}
            assert anchor in pages[path], f"{page}: {link['href']}"
