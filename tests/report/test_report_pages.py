"""Pages: what the exporter lets through, the content policy, contents, and many pages in one."""

import base64
import hashlib
import re

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import CommandError, DataError
from analysis.report.blocks import OWN_MIME
from analysis.report.carried import describe
from analysis.report.exporter import PageExporter
from analysis.report.pages import demote, make_page

HEAD = '<header class="page-head"><h1>Heading</h1></header>'


def page_of(*outputs, source="print(1)", markdown=""):
    cells = [new_code_cell(source, outputs=list(outputs))]
    if markdown:
        cells.append(new_markdown_cell(markdown))
    return PageExporter().from_notebook_node(new_notebook(cells=cells))[0]


def html(text, release="shared"):
    return new_output("display_data", {"text/html": text, "text/plain": "plain", OWN_MIME: {"release": release}})


def test_the_exporter_is_registered_under_its_name():
    assert get_exporter("safeguarding") is PageExporter


def test_only_what_is_meant_for_readers_gets_through():
    stream = new_output("stream", name="stderr", text="/home/analyst/secret")
    page = page_of(html(HEAD), stream, source="password = 1", markdown="Some **words**.")
    assert "secret" not in page
    assert "password" not in page
    assert "plain" not in page.split("<body>")[1]
    assert "<strong>words</strong>" in page


def test_a_cell_for_analysts_is_no_part_of_the_page():
    note = new_markdown_cell("Only for analysts", metadata={"tags": ["analyst"]})
    page, _ = PageExporter().from_notebook_node(new_notebook(cells=[note, new_code_cell("", outputs=[html(HEAD)])]))
    assert "Only for analysts" not in page


def test_a_failed_notebook_makes_no_page():
    with pytest.raises(DataError, match="failed with ValueError"):
        page_of(new_output("error", ename="ValueError", evalue="a value", traceback=[]))


def test_the_policy_allows_exactly_the_pages_own_styles():
    page = page_of(html(HEAD))
    css = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert "style=" not in page.split("<body>")[1]


def test_the_head_comes_first_then_contents_then_the_rest():
    page = page_of(html(HEAD), html('<h2 id="one">One</h2><p>text</p>'), html('<footer class="page-foot">end</footer>'))
    order = [page.index(part) for part in ("<h1>", 'id="contents"', '<main id="main">', 'id="one"', "<footer")]
    assert order == sorted(order)
    assert '<a href="#one">One</a>' in page
    assert "<title>Heading</title>" in page


def test_a_page_without_a_head_takes_its_title_from_its_heading():
    assert "<title>Mine</title>" in make_page(BeautifulSoup("<h1>Mine</h1>", "lxml"))


def test_pages_in_one_file_have_headings_a_level_down_and_ids_of_their_own():
    body = BeautifulSoup(
        '<body><section aria-labelledby="a"><h1>A</h1><h2 id="a">B</h2>'
        '<div role="region" aria-labelledby="t" tabindex="0"><table><caption id="t">T</caption></table></div>'
        "</section></body>",
        "lxml",
    ).body
    found = demote(body, "12_2_lado")
    assert [tag.name for tag in found.find_all(["h1", "h2", "h3"])] == ["h2", "h3"]
    assert [tag["id"] for tag in found.find_all(id=True)] == ["12_2_lado-a", "12_2_lado-t"]
    assert found.find(role="region")["aria-label"] == "T (12 2 lado)"


def frame(text="<table><tr><th></th><th>a</th></tr><tr><th>0</th><td>1</td></tr></table>", **own):
    return new_output("execute_result", {"text/html": text, "text/plain": "a", **own})


def test_an_analysts_frame_is_a_table_with_scoped_headers_and_nothing_else_of_it_gets_through():
    from pandas import DataFrame

    made = DataFrame({"name": ["<script>alert(1)</script>", "b"], "n": [1, 2]})
    page = BeautifulSoup(page_of(html(HEAD), frame(f"<style>x</style><script>y</script>{made.to_html()}")), "lxml")
    (table,) = page.find_all("table")
    assert table.caption.get_text() == "Table of the analyst's own"
    assert [(cell["scope"], cell.get_text()) for cell in table.find_all("th")] == [
        ("col", "name"), ("col", "n"), ("row", "<script>alert(1)</script>"), ("row", "b"),
    ]  # fmt: skip
    assert table.parent["role"] == "region"
    assert page.script is None
    assert "border" not in table.attrs


def test_a_frame_with_names_for_its_rows_and_two_rows_of_heads_keeps_them():
    from pandas import DataFrame, MultiIndex

    made = DataFrame([[1, 2]], index=["x"], columns=MultiIndex.from_tuples([("a", "b"), ("a", "c")]))
    table = BeautifulSoup(page_of(html(HEAD), frame(made.to_html())), "lxml").table
    assert [cell.get_text() for cell in table.thead.find_all("th")] == ["Row", "a b", "a c"]
    assert table.tbody.th.get_text() == "x"


def test_a_bare_picture_is_left_out_and_that_is_said():
    page = page_of(html(HEAD), new_output("display_data", {"image/png": "AAAA", "text/plain": "<Figure>"}))
    assert "A picture of the notebook is left out here: it has no words" in page
    assert "<img" not in page
    assert "&lt;Figure" not in page


def test_a_picture_with_words_is_carried():
    from matplotlib.figure import Figure

    block = describe(Figure(figsize=(1, 1)), title="Mine", alt="A square.", source="Own work.")
    page = BeautifulSoup(page_of(html(HEAD), new_output("display_data", block._repr_mimebundle_())), "lxml")
    assert page.img["alt"] == "A square."
    with pytest.raises(CommandError, match="alt is empty"):
        describe(Figure(), title="Mine", alt=" ", source="Own work.")


def test_an_analysts_words_are_carried_and_an_address_in_memory_is_not():
    words = new_output("execute_result", {"text/plain": "'<b>12</b> of 20'"})
    page = page_of(html(HEAD), words, new_output("execute_result", {"text/plain": "<Axes: at 0x7f>"}))
    assert "<pre>&lt;b&gt;12" not in page  # begins like an object's address: left out
    page = page_of(html(HEAD), new_output("execute_result", {"text/plain": "'12 of <b>20</b>'"}))
    assert "<pre>12 of &lt;b&gt;20&lt;/b&gt;</pre>" in page


@pytest.mark.parametrize("own", [{"release": "internal"}, {"release": "internal", "frame": True}])
def test_a_shared_page_refuses_what_is_of_an_internal_release(own):
    with pytest.raises(DataError, match="the page is of a shared release and a cell shows an internal one"):
        page_of(html(HEAD), frame(**{OWN_MIME: own}))
    assert "<table>" in page_of(html(HEAD, release="internal"), frame(**{OWN_MIME: own}))


def test_a_part_shown_twice_has_ids_of_its_own():
    part = '<div role="region" aria-labelledby="t"><table><caption id="t">T</caption></table></div>'
    page = BeautifulSoup(page_of(html(HEAD), html(part), html(part), html(part)), "lxml")
    assert [tag["id"] for tag in page.find_all("caption")] == ["t", "t-2", "t-3"]
    assert [tag["aria-labelledby"] for tag in page.find_all(role="region")] == ["t", "t-2", "t-3"]


def test_a_page_says_how_long_it_takes_to_read_without_what_is_folded():
    long, folded = "word " * 660, f"<details><summary>More</summary>{'word ' * 2000}</details>"
    page = make_page(BeautifulSoup(f"<h1>Title</h1><p>{long}</p>{folded}", "lxml"))
    assert "About 3 minutes to read" in page
    assert "About 1 minute to read" in make_page(BeautifulSoup("<h1>Title</h1>", "lxml"))
