"""The register of what committees ask: read strictly, its status held to the release that ships, its links followed."""

from collections import Counter
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from analysis.errors import DataError
from analysis.release.store import read_store
from analysis.report.direct import BLANK, HIDDEN, VERDICTS
from analysis.report.scrutiny import Asked
from analysis.returns.register import ReturnEntry
from analysis.scrutiny.questions import CLAUSES, COLUMNS, REPLY, load_questions, tell_questions
from analysis.settings import REPOSITORY, STORE
from tests.examples import HERE

DICTIONARY = REPOSITORY / "data" / "dictionary"
FULL = 165  # of 192, on a partnership whose returns all came
REC, SIGNED = "follow_up.html#recommendations", "follow_up.html#sign_off"
ROW = "A-1,H20,7,Q,F3,Who came?,"
CLAUSE = "A-1,Who:,figure,board_attendance/agency,"


@pytest.fixture
def register(shipped_catalogue):
    return load_questions(DICTIONARY, shipped_catalogue)


def written(folder, rows=(ROW,), clauses=(CLAUSE,)):
    (folder / "questions.toml").write_bytes((DICTIONARY / "questions.toml").read_bytes())
    (folder / "questions.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    (folder / "clauses.csv").write_text("\n".join([",".join(CLAUSES), *clauses]) + "\n", encoding="utf-8")
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
    ],
)
def test_a_point_that_does_not_hold_is_told_with_its_place(tmp_path, shipped_catalogue, row, message):
    with pytest.raises(DataError, match=f"questions.csv: row 2, A-1: {message}"):
        load_questions(written(tmp_path, [row]), shipped_catalogue)


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        ("A-1,Who:,,,", "neither an answer nor a blank"),
        ("A-2,Who:,figure,board_attendance/agency,", "unknown point 'A-2'"),
        (CLAUSE.replace("board_attendance", "board_atendance"), "unknown measure 'board_atendance'"),
        (CLAUSE.replace("board_attendance/agency", "return.html#register"), "unknown page"),
        (CLAUSE.replace("figure", "figures"), "unknown rule 'figures'"),
        (CLAUSE.replace("figure", ""), "unknown rule ''"),
        ("A-1,Who:,figure,,D04.seat: who came (name)", "a rule without an answer"),
        (CLAUSE + "D99.seat: who came (name)", "unknown dataset 'D99'"),
        (CLAUSE + "D04", "unknown dataset ''"),
        (CLAUSE + "D04.seat", "the field that it lacks isn't told"),
        (CLAUSE.replace("board_attendance/agency", REC), "unknown words ''"),
        (CLAUSE.replace("board_attendance/agency", f"{REC}/sources/review:state"), "unknown field 'sources'"),
        (CLAUSE.replace("board_attendance/agency", f"{REC}/source/review:status"), "unknown words 'status'"),
    ],
)
def test_a_clause_that_does_not_hold_is_told_with_its_place(tmp_path, shipped_catalogue, clause, message):
    with pytest.raises(DataError, match=f"clauses.csv: row 2, A-[12]: {message}"):
        load_questions(written(tmp_path, clauses=[clause]), shipped_catalogue)


def test_a_point_without_a_clause_is_told(tmp_path, shipped_catalogue):
    with pytest.raises(DataError, match="row 2, A-1: no clause of it stands in clauses.csv"):
        load_questions(written(tmp_path, clauses=[]), shipped_catalogue)


BLANKED = "A-1,When:,,,D04.seat: when (a day)"


@pytest.mark.parametrize(
    ("clauses", "status"),
    [
        ([CLAUSE], "full"),
        ([CLAUSE, BLANKED], "partly"),
        ([f"{CLAUSE}D04.seat: who (name)"], "partly"),  # what stands in for a blank is no full answer
        ([BLANKED], "none"),
        ([f"A-1,When:,reply,{SIGNED}/answers/A-1:reply,D04.seat: when (a day)"], "full"),  # a reply tells it
    ],
)
def test_the_status_of_a_point_follows_from_its_clauses(tmp_path, shipped_catalogue, clauses, status):
    (point,) = load_questions(written(tmp_path, clauses=clauses), shipped_catalogue).points
    assert point.status == status


def test_an_id_stands_once(tmp_path, shipped_catalogue):
    with pytest.raises(DataError, match="its id stands twice"):
        load_questions(written(tmp_path, [ROW, ROW]), shipped_catalogue)


@pytest.mark.parametrize("answer", ["returns.html#register", f"{REC}:state"])
def test_what_sums_up_is_all_that_answers_one_point_and_rows_as_many_as_ask_for_them(
    tmp_path, shipped_catalogue, answer
):
    rows = [ROW.replace("A-1", id) for id in ("A-1", "A-2")]
    clauses = [CLAUSE.replace("A-1", id).replace("board_attendance/agency", answer) for id in ("A-1", "A-2")]
    with pytest.raises(DataError, match="row 2, A-1: .* sums up, and is all that answers this point and another"):
        load_questions(written(tmp_path, rows, clauses), shipped_catalogue)
    named = [
        row.replace(answer, f"{REC}/source/{id}:state") for row, id in zip(clauses, ("audit", "review"), strict=True)
    ]
    assert len(load_questions(written(tmp_path, rows, named), shipped_catalogue).points) == 2


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
    (lacks,) = (one.blank for one in {point.id: point for point in told.points}["H20-04"].clauses if one.blank)
    assert (
        lacks.startswith("whether a seat is a lay member's") and "(yes or no, a seat): field “lay_member” of" in lacks
    )
    assert lacks.endswith("Board and subgroup attendance (D04) from Bow Team")
    assert told.senders["board_members_on_many_groups"] == (
        "People who sit on three boards and subgroups or more",
        "Board and subgroup attendance (D04) from Bow Team",
    )


def test_a_blank_that_a_return_may_hold_says_that_no_figure_counts_it(register, shipped_catalogue):
    told = tell_questions(register, HERE, [], shipped_catalogue)
    blanks = [one.blank for point in told.points for one in point.clauses if one.blank]
    assert len(blanks) > 60 and all("(" in one and "field “" in one and ") from " in one for one in blanks)
    counted = [one.partition("field “")[2].partition("”")[0] for one in blanks if "(which no figure counts yet)" in one]
    assert "target_pct" in counted and "lay_member" not in counted  # D15 has the one column, D04 not the other


def test_the_status_of_each_point_is_what_the_synthetic_release_answers(exampleshire_release):
    release = read_store(exampleshire_release / STORE)
    asked = Asked(release)
    told = {point.id: (point.status, asked.tell(point)) for point in release.questions.points}
    odd = {id for id, (status, one) in told.items() if one["state"] != status}
    hidden = {id for id, (_, one) in told.items() if any(lead.word == HIDDEN for lead in one["leads"])}
    assert odd <= hidden, "what is answered otherwise than the register says has a figure that is hidden"
    assert sum(one["state"] == "full" for _, one in told.values()) >= FULL
    assert all("answers" not in one or one["lacks"] == [] for _, one in told.values()), "all returns came"


def test_every_clause_of_the_synthetic_release_has_a_plain_verdict_or_a_figure_and_never_in_part(exampleshire_release):
    """A property of all 192 answers: a word of the closed set, a count, a figure, or a blank that names its field."""
    release = read_store(exampleshire_release / STORE)
    asked = Asked(release)
    for point in release.questions.points:
        for one, lead in zip(point.clauses, asked.tell(point)["leads"], strict=True):
            assert lead.word != "In part", point.id
            assert lead.word or one.rule in ("note",), point.id
            assert (lead.word == BLANK) == (not one.answers and bool(one.blank)), point.id
            assert ".." not in f"{lead.word} {lead.gist}" and "from 0" not in lead.word, point.id
            named = lead.word in VERDICTS or any(letter.isdigit() for letter in lead.word) or one.rule in IN_WORDS
            assert named, (point.id, lead.word)
            assert not one.blank or one.rule == REPLY or "field “" in lead.gist, point.id
            assert not lead.word.startswith("Lower") or "was" in lead.gist, point.id


IN_WORDS = ("note", "words", "state", "figure", "change")


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
