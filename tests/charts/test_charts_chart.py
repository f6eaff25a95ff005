"""The files made of a chart: the same bytes each time, text as text, words within, no live formulas."""

import csv
import io
import re
import struct
from xml.etree import ElementTree

import matplotlib

from analysis.charts.chart import Chart, Mark
from analysis.charts.kinds import draw

MARKS = [
    Mark("Education & <early> years $x^2$", 60, "about 60"),
    Mark("=cmd()", 3.5, "3.5", lower=3, upper=4.25, note="+14 months", whole=False),
    Mark("-Health", None, "[c]"),
]


def chart(**words) -> Chart:
    texts = {"id": "sectors", "title": 'Contacts "by" <sector>', "subtitle": "Number, 2023-24", "source": "Source: x."}
    return draw("bars", MARKS, **texts | words)


def test_the_same_marks_give_the_same_bytes():
    assert chart().svg() == chart().svg()
    assert chart().png() == chart().png()


def test_saving_leaves_the_settings_of_the_notebook_alone():
    before = dict(matplotlib.rcParams)
    chart().svg()
    assert dict(matplotlib.rcParams) == before


def test_svg_is_whole_with_text_as_text_and_without_metadata():
    svg = chart().svg()
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own file
    texts = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Education & <early> years $x^2$" in " ".join(texts)
    assert "[c] number withheld" in texts
    assert not re.search(r"<!DOCTYPE|<metadata|<\?xml|Matplotlib v|20\d\d-\d\d-\d\dT", svg)


def test_svg_says_what_it_is_and_names_no_part_twice():
    svg = chart().svg()
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own file
    title, description = list(root)[:2]
    assert (root.get("role"), title.text, description.text) == ("img", 'Contacts "by" <sector>', chart().alt)
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))


def test_svg_names_faces_that_readers_have(house, monkeypatch):
    monkeypatch.setattr("analysis.charts.style._settings", lambda: house)
    assert "'Liberation Sans', 'Arial', 'Helvetica', 'DejaVu Sans', sans-serif" in chart().svg()


def test_png_has_the_size_asked_for():
    width, _ = struct.unpack(">II", chart().png(dpi=100)[16:24])
    assert width == 720


def test_csv_holds_every_mark_and_no_formula():
    rows = list(csv.reader(io.StringIO(chart().csv())))
    assert rows[0] == ["label", "group", "value", "display", "lower", "upper", "note"]
    assert rows[1] == ["Education & <early> years $x^2$", "", "60", "about 60", "", "", ""]
    assert rows[2] == ["'=cmd()", "", "3.5", "3.5", "3", "4.25", "'+14 months"]
    assert rows[3] == ["'-Health", "", "", "[c]", "", "", ""]


def test_csv_leaves_negative_numbers_numbers():
    marks = [Mark("a", -5, "-5%"), Mark("b", 2, "2%")]
    made = draw("dots", marks, id="x", title="Change", subtitle="s", source="s")
    assert made.csv().splitlines()[1] == "a,,-5,-5%,,,"
