"""A chart's SVG in fewer bytes: what is drawn and said stays, what no reader sees goes."""

import pytest
from lxml import etree

from analysis.report.slimming import shorten, slim

FONT = "font-family: 'Arial', sans-serif"
SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>A  title</title><desc>12.3456%</desc>
 <g id="figure_1"><g id="empty"/>
  <path id="used" d="M 1.234567 2
L -3.000001 4" style="fill: none; stroke-linecap: butt; stroke: #123456"/>
  <use href="#used" clip-path="url(#clip)"/>
  <text style="font-size: 14px; {FONT}; text-anchor: start" x="1.999999"
   transform="rotate(-0 1 2)">12.3456  per cent</text>
  <text style="{FONT}; text-anchor: end" transform="rotate(90 1 2)">end</text>
 </g>
 <defs><clipPath id="clip"><rect width="1"/></clipPath></defs>
</svg>"""


@pytest.fixture
def small():
    return etree.fromstring(slim(SVG))


def test_words_that_are_drawn_stay_as_they_are_and_those_that_an_image_never_tells_go(small):
    assert (small.find("{*}title"), small.find("{*}desc")) == (None, None)
    assert [text.text for text in small.iter("{*}text")] == ["12.3456  per cent", "end"]


def test_coordinates_are_rounded_and_on_one_line(small):
    assert small.find(".//{*}path").get("d") == "M1.23 2L-3 4"
    assert small.find(".//{*}text").get("x") == "2"


def test_only_ids_that_something_refers_to_are_kept(small):
    assert {element.get("id") for element in small.iter(etree.Element)} == {None, "used", "clip"}
    assert list(small.iter("{*}g")) == []


def test_the_typeface_is_said_once_and_only_a_real_turn_is_kept(small):
    assert small.get("font-family") == "'Arial', sans-serif"
    first, second = small.iter("{*}text")
    assert (first.get("style"), first.get("transform")) == ("font-size:14px", None)
    assert (second.get("style"), second.get("transform")) == ("text-anchor:end", "rotate(90 1 2)")


def test_a_style_that_several_have_is_said_once():
    svg = """<svg xmlns="http://www.w3.org/2000/svg"><style>*{a:b}</style><path style="fill: red"/><g><path
     style="fill: red"/></g><path style="fill: blue"/></svg>"""
    root = etree.fromstring(slim(svg))
    assert root.findtext("{*}style") == "*{a:b}.c0{fill:red}"
    assert [(path.get("class"), path.get("style")) for path in root.iter("{*}path")] == [
        ("c0", None),
        ("c0", None),
        (None, "fill:blue"),
    ]


@pytest.mark.parametrize(("value", "short"), [("0.125 1.5", "0.12 1.5"), ("12.004", "12"), ("#123456", "#123456")])
def test_only_long_decimals_are_shortened(value, short):
    assert shorten(value) == short


def test_an_entity_in_a_picture_is_not_opened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    svg = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]><svg><text>&x;</text></svg>'
    assert "secret</text>" not in slim(svg)


def test_a_real_chart_loses_a_third_of_its_bytes_and_no_word():
    from analysis.charts.chart import Mark
    from analysis.charts.kinds import draw

    marks = [Mark(label=name, value=value, display=str(value)) for name, value in (("One", 10.0), ("Two", 30.0))]
    chart = draw("bars", marks, id="c", title="T", subtitle="S", source="S")
    before, after = chart.svg(), slim(chart.svg())
    assert len(after) < 0.67 * len(before)
    read = [[text.text for text in etree.fromstring(svg.encode()).iter("{*}text")] for svg in (before, after)]
    assert read[0] == read[1]
    assert len(read[0]) == 4
