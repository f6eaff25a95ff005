"""The leak scan finds what was planted, wherever, and leaves a clean release alone. All persons are made up."""

import base64
import gzip
import io
import json
import zipfile

import matplotlib
import pytest

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from analysis.disclosure.patterns import find_births, is_nhs_number
from analysis.disclosure.scan import Finding, scan

CANARY = "CANARY-0042"
# 943 476 5919 is the worked example of the NHS Data Catalogue; the UPN has no such pupil.
PLANTS = {
    "NHS number": [
        "943 476 5919",
        "9434765919",
        "943-476-5919",
        "NHS9434765919",
        "nhs_9434765919",
        "#9434765919",
        "943.476.5919",
        "NHS no.9434765919",
        "x943 476 5919",
        "9434765919.",
        "(9434765919)",
        "9434765919abc",
        "943_476_5919",
    ],
    "UPN": [
        "H801200001001",
        "A98765432101B",
        "h801200001001",
        "upn_H801200001001",
        "H 801 2000 01001",
        "h-801-2000-01001",
    ],
    "postcode": [
        "UB8 1UW",
        "SW1A1AA",
        "ub8 1uw",
        "ub81uw",
        "UB81UW",
        "sw1a1aa",
        "at_UB81UW",
        "E10 2ND",
        "S42 2AB",
        "M1-1AE",
        "Ub8 1Uw",
        "SW1A_1AA",
    ],
    "e-mail address": ["ada.synthetic@example.org"],
    "telephone number": [
        "01895 556633",
        "(01895) 556633",
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "+447700900123",
        "+44 (0)20 7946 0958",
        "020 7946 0958",
        "0161-496-0000",
        "tel07700900123",
        "0044 7700 900123",
        "00447700900123",
        "07700.900123",
        "020.7946.0958",
        "+44.7700.900123",
    ],
    "National Insurance number": ["AB123456C", "ab 12 34 56 c", "AB-12-34-56-C", "ni_AB123456C"],
    "date of birth": [
        "DOB: 03/02/2011",
        "date of birth 3 February 2011",
        "born on 2011-02-03",
        "date_of_birth,2011-02-03",
        "born March 3rd 2009",
        "born 3rd of March 2009",
        "born 3/3/09",
        "dob 030309",
        "DOB=20090312",
        "d.o.b. 3 Mar 09",
        "birthday: 3.3.2009",
        "Born 3 3 2009",
        "20090312",
        "CH20090312",
        "smith_20090312",
        "dob_2009-03-12",
        "12/03/2009 (DOB)",
        "12 March 2009, date of birth",
        "2009-03-12 birth",
        "date of birth: 2009 Mar 12",
    ],
    "path on a machine": [
        "/home/analyst/returns.csv",
        "C:\\Users\\analyst\\returns",
        "/Users/analyst/x",
        "file:///d/x",
    ],
    "forbidden text": [CANARY, "canary-0042"],
}


def zipped(name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(name, data)
    return held.getvalue()


def pictured(text: str, **more) -> bytes:
    held = io.BytesIO()
    figure, axes = plt.subplots(figsize=(2, 1))
    axes.plot([0.1234567891, 9434765919.5], [1, 2])
    figure.savefig(held, metadata={"Title": text}, **more)
    plt.close(figure)
    return held.getvalue()


HIDING_PLACES = {
    "page.html": lambda text: f"<html><p>{text}</p></html>".encode(),
    "data.csv": lambda text: f"a,b\n1,{text}\n".encode(),
    "entities.html": lambda text: "".join(f"&#{ord(sign)};" for sign in text).encode(),
    "escaped.json": lambda text: ('"' + "".join(f"\\u{ord(sign):04x}" for sign in text) + '"').encode(),
    "chart.svg": lambda text: f"<svg><text>{'</tspan><tspan>'.join(text)}</text></svg>".encode(),
    "comment.html": lambda text: f"<!-- {text} -->".encode(),
    "wide.txt": lambda text: text.encode("utf-16"),
    "broken.html": lambda text: "\u200b".join(text).encode(),
    "report.docx": lambda text: zipped("word/document.xml", f"<w:t>{text}</w:t>".encode()),
    "nested.zip": lambda text: zipped("in.zip", zipped("tables.xlsx", zipped("xl/s.xml", text.encode()))),
    "log.jsonl.gz": lambda text: gzip.compress(text.encode()),
    "uri.html": lambda text: (
        b'<img src="data:image/svg+xml;base64,%s">'
        % base64.b64encode(f"<svg><desc>{text}, and more words</desc></svg>".encode())
    ),
    "section.ipynb": lambda text: json.dumps(
        {"image/png": base64.encodebytes(pictured(text, format="png")).decode()}
    ).encode(),
    "chart.png": lambda text: pictured(text, format="png"),
}


@pytest.mark.parametrize("place", HIDING_PLACES)
@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in PLANTS.items() for text in texts[:1]])
def test_what_is_planted_is_found_everywhere(tmp_path, place, kind, text):
    (tmp_path / place).write_bytes(HIDING_PLACES[place](text))
    assert kind in {found.kind for found in scan(tmp_path, [CANARY])}


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in PLANTS.items() for text in texts])
def test_every_form_is_found(tmp_path, kind, text):
    (tmp_path / "page.html").write_text(f"before {text} after")
    assert [found.kind for found in scan(tmp_path, [CANARY])] == [kind]


@pytest.mark.parametrize("written", ["SYN-00123", "syn-00123", "SYN 00123", "SYN00123", "syn_00123", "Syn–00123"])
def test_a_key_is_found_however_it_is_written(tmp_path, written):
    (tmp_path / "page.html").write_text(f"of {written}, who", encoding="utf-8")
    assert [found.kind for found in scan(tmp_path, ["SYN-00123"])] == ["forbidden text"]


@pytest.mark.parametrize("written", ["SYN-001234", "XSYN-00123", "SYN, see also page 00123", "00123"])
def test_another_key_is_none(tmp_path, written):
    (tmp_path / "page.html").write_text(f"of {written}, who", encoding="utf-8")
    assert scan(tmp_path, ["SYN-00123"]) == []


@pytest.mark.parametrize("written", ["Carol", "CAROL", "carol", "Karol", "Carole", "Carroll", "Caryl"])
def test_a_name_is_found_by_its_sound(tmp_path, written):
    (tmp_path / "page.html").write_text(f"what became of {written}.")
    assert scan(tmp_path, people=["Carol"])


@pytest.mark.parametrize(
    "written", ["Quorick, Zelandra", "Zelander Quorrick", "zelandra quorrick", "Zelandra-Quorrick"]
)
def test_a_full_name_is_found_by_the_sound_of_both(tmp_path, written):
    (tmp_path / "page.html").write_text(f"what became of {written}.")
    found = scan(tmp_path, people=["Zelandra Quorrick", "Quorrick Zelandra"])
    assert found and "Zel" not in str(found)


@pytest.mark.parametrize("written", ["Crawley", "the control", "Caroline", "Care of London", "a coral reef"])
def test_other_words_are_no_name(tmp_path, written):
    (tmp_path / "page.html").write_text(f"what became of {written}.")
    assert scan(tmp_path, people=["Carol", "Zelandra Quorrick"]) == []


def test_file_names_and_names_within_a_pack_are_read(tmp_path):
    (tmp_path / f"{CANARY}.csv").write_text("nothing")
    (tmp_path / "a.zip").write_bytes(zipped(f"{CANARY}.csv", b"nothing"))
    assert len(scan(tmp_path, [CANARY])) == 2


def test_findings_say_where_but_not_what(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page.html").write_text(CANARY)
    found = scan(tmp_path, [CANARY])
    assert found == [Finding("a/page.html", "forbidden text")] and CANARY not in str(found[0])


def test_what_cannot_be_opened_is_not_cleared(tmp_path):
    (tmp_path / "broken.zip").write_bytes(zipped("a", b"nothing at all")[:40])
    assert [found.kind for found in scan(tmp_path)] == ["cannot be read, so cannot be cleared"]


def test_a_locked_pack_is_not_cleared(tmp_path):
    pack = bytearray(zipped("a", b"nothing at all"))
    pack[6] |= 1  # the sign of encryption, in both headers
    pack[pack.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(pack))
    assert [found.kind for found in scan(tmp_path)] == ["cannot be read, so cannot be cleared"]


def test_a_clean_release_is_clean(tmp_path):
    """Charts, coordinates, colours, hashes, times and sizes of a page look like nobody."""
    (tmp_path / "chart.svg").write_bytes(pictured("LADO outcomes", format="svg"))
    (tmp_path / "chart.png").write_bytes(pictured("LADO outcomes", format="png"))
    (tmp_path / "manifest.json").write_text(
        json.dumps({"sha256": "9434765919" * 6 + "abcd", "at": "2024-03-31T12:00:00", "value": 0.9434765919})
    )
    (tmp_path / "page.html").write_text(
        '<p style="color:#EC13AA">253 contacts, April 2023 to March 2024, 12.87%</p><a href="/home">home</a>'
        "<p>version 1.2.0, E10000009, children born before 2010, 0.20090312, S47 2AB, the E10 2ND quarter, 20231345</p>"
        "<p>31/03/2024 birth rate 9.1; 31/03/2024 births: 30; at 31 March 2024, born abroad</p>"
        f"<p>{'And so on. ' * 4}</p>"
        "<p>01.04.2023 12:30, 01.04.2023 to 31.03.2024, 0.00447700900123, 012.345, 1012.345.6789, m12_2lado</p>"
        "<p>2018-19 to 2023-24, 01/04/2023 to 31/03/2024, 1,234,567,890 pounds, 0.0123456789, code 0.1.0 (b81ae2d)</p>"
        '<svg><path id="m9434765919" d="M 943 476 L 5919 9434765919 Q 1747 4666 1415 4234"/></svg>'
    )
    assert scan(tmp_path, [CANARY]) == []


def test_a_published_address_may_stand(tmp_path):
    (tmp_path / "page.html").write_text("Write to safeguarding@example.org, UB8 1UW")
    assert len(scan(tmp_path)) == 2
    assert scan(tmp_path, allowed=["safeguarding@example.org", "UB8 1UW"]) == []


@pytest.mark.parametrize(
    "text, real", [("9434765919", True), ("9434765918", False), ("4444444444", False), ("123", False)]
)
def test_check_digit_of_an_nhs_number(text, real):
    assert is_nhs_number(text) is real


@pytest.mark.parametrize(
    "text",
    [
        "<tr><td>943</td> <td>476</td><td>5919</td></tr>",
        "<row><c><v>943</v></c><c><v>476</v></c> <c><v>5919</v></c></row>",
        '<svg><text x="1">943</text> <text>476</text> <text>5919</text></svg>',
        '<w:shd w:color="F5F8EE" w:fill="F5F8EE"/><w:color w:val="F5F8EE"/><a:srgbClr val="F5F8EE"/>',
    ],
)
def test_neighbours_of_a_table_are_no_number_and_a_colour_is_no_postcode(tmp_path, text):
    (tmp_path / "page.xml").write_text(text)
    assert scan(tmp_path) == []


@pytest.mark.parametrize(
    "text",
    ["<p>943 <b>476</b> 5919</p>", "<td>9434765919</td>", "<w:r><w:t>943</w:t></w:r><w:r><w:t>4765919</w:t></w:r>"],
)
def test_a_number_that_other_tags_divide_is_found(tmp_path, text):
    (tmp_path / "page.xml").write_text(text)
    assert [found.kind for found in scan(tmp_path)] == ["NHS number"]


def test_a_name_in_two_cells_is_found(tmp_path):
    (tmp_path / "page.html").write_text("<tr><td>Zelandra</td><td>Quorrick</td></tr>")
    assert [found.kind for found in scan(tmp_path, ["Zelandra Quorrick"])] == ["forbidden text"]


def test_the_same_bytes_are_named_in_every_file(tmp_path):
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(f"seen {CANARY}")
    assert [found.file for found in scan(tmp_path, [CANARY])] == ["a.html", "b.html"]


def test_a_postcode_in_quotes_is_no_colour(tmp_path):
    (tmp_path / "data.csv").write_text('a,"BD58AA"')
    assert [found.kind for found in scan(tmp_path)] == ["postcode"]


def test_a_birth_is_found_wherever_it_stands_in_a_long_page_and_far_dates_are_not_tried():
    filler = " It is well known how many came to the council at 31 March 2024, 12/03/2009 and 1 of 2. " * 40
    page = f"{filler}born on {' ' * 24}3 May 2011{filler}12 March 2009, date of birth{filler}Born abroad.{filler}"
    assert [hit.split()[-1] for hit in find_births(page)] == ["2011", "birth"]
    assert list(find_births(f"{'1' * 99}12 March 2009, born")) == []  # the end of a longer number is no day
