"""Drafts of every form, the command, and the annotated copy."""

import json

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from analysis.cli.main import run
from analysis.drafts.reading import read_draft

TABLE = "id,words,value,unit,period\nbur,Residential burglaries,1187,offences,2023-24\n"
WRONG = "There were 1,178 residential burglaries in 2023-24."


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def write_word(path):
    """A paragraph whose number is cut into runs, a deleted and an inserted word, a table, a header."""
    document = docx.Document()
    paragraph = document.add_paragraph("There were 1,1")
    paragraph.add_run("78 residential").bold = True
    paragraph.add_run(" burglaries in 2023-24.")
    change = document.add_paragraph("We counted ")
    space = 'xml:space="preserve"'
    change._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText {space}>999 </w:delText></w:r></w:del>"))
    change._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t {space}>1,187 burglaries</w:t></w:r></w:ins>"))
    cells = [cell for row in document.add_table(2, 2).rows for cell in row.cells]
    for cell, text in zip(cells, ("", "2023-24", "Residential burglaries", "1,187"), strict=True):
        cell.text = text
    document.sections[0].header.paragraphs[0].text = "Residential burglaries: 1,188 in 2023-24"
    document.save(path)
    return path


def test_word_is_read_whole_and_without_what_was_struck_out(tmp_path):
    blocks = read_draft(write_word(tmp_path / "draft.docx"))
    assert [b.text for b in blocks if b.text][:2] == [WRONG, "We counted 1,187 burglaries"]
    assert [(b.row, b.column) for b in blocks if b.text == "1,187"] == [("Residential burglaries", "2023-24")]
    assert [b.text for b in blocks if b.kind == "header"] == ["Residential burglaries: 1,188 in 2023-24"]


def test_comments_stand_on_the_very_runs(tmp_path, table):
    draft, copy = write_word(tmp_path / "draft.docx"), tmp_path / "checked.docx"
    assert run(["verify", str(draft), "--statistics", str(table), "--quiet", "--annotate", str(copy)]) == 1
    document = docx.Document(copy)
    assert document.paragraphs[0].text == WRONG
    assert [r.text for r in document.paragraphs[0].runs if r.text] == [
        "There were ",
        "1,1",
        "78",
        " residential",
        " burglaries in 2023-24.",
    ]
    assert sorted(c.text[:12] for c in document.comments) == ["Contradicted", "header: 1,18"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("draft.md", f"# Crime\n\n{WRONG}\n"),
        ("draft.txt", f"Crime\n\n{WRONG}\n"),
        ("draft.html", f"<html><head><title>4</title></head><body><h1>Crime</h1><p>{WRONG}</p></body></html>"),
    ],
)
def test_the_command_tells_every_number_and_exits_1_where_one_is_wrong(tmp_path, table, capsys, name, text):
    draft = tmp_path / name
    draft.write_text(text, encoding="utf-8")
    assert run(["verify", str(draft), "--statistics", str(table), "--json"]) == 1
    wrong, year = json.loads(capsys.readouterr().out)["mentions"]
    assert wrong["sentence"] == WRONG
    assert (wrong["text"], wrong["value"], wrong["verdict"], wrong["statistic_id"], wrong["expected"]) == (
        "1,178",
        1178,
        "contradicted",
        "bur",
        1187,
    )
    assert (year["text"], year["verdict"], year["reason"]) == ("2023-24", "not_a_claim", "a year")


def test_a_page_marks_what_is_to_be_looked_at_and_escapes_the_rest(tmp_path, table):
    draft, copy = tmp_path / "draft.md", tmp_path / "checked.html"
    draft.write_text(f"A <script>alert(1)</script> of ours.\n\n{WRONG}\n", encoding="utf-8")
    run(["verify", str(draft), "--statistics", str(table), "--quiet", "--annotate", str(copy)])
    page = copy.read_text(encoding="utf-8")
    assert '<mark class="contradicted"' in page and "<script>" not in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no.md"], "no draft 'no.md'"),
        (["draft.odt"], "unknown form of draft '.odt'"),
        (["draft.md", "--statistics", "none.csv"], "no table 'none.csv'"),
    ],
)
def test_a_wrong_command_is_told_in_a_line(tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text("Nothing.", encoding="utf-8")
    (tmp_path / "draft.odt").write_text("Nothing.", encoding="utf-8")
    assert run(["verify", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_table_without_the_columns_is_told(tmp_path, capsys):
    (tmp_path / "draft.md").write_text("Nothing.", encoding="utf-8")
    (tmp_path / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(["verify", str(tmp_path / "draft.md"), "--statistics", str(tmp_path / "table.csv")]) == 1
    assert "no column for id, words, value" in capsys.readouterr().err
