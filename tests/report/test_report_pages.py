"""Pages: what the exporter lets through, the content policy, contents, and many pages in one."""

import base64
import hashlib
import re

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import DataError
from analysis.report.exporter import PageExporter
from analysis.report.pages import demote, make_page

HEAD = '<header class="page-head"><h1>Heading</h1></header>'


def page_of(*outputs, source="print(1)", markdown=""):
    cells = [new_code_cell(source, outputs=list(outputs))]
    if markdown:
        cells.append(new_markdown_cell(markdown))
    return PageExporter().from_notebook_node(new_notebook(cells=cells))[0]


def html(text):
    return new_output("display_data", {"text/html": text, "text/plain": "plain"})


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


def test_a_bare_picture_is_refused():
    with pytest.raises(DataError, match="bare image/png"):
        page_of(new_output("display_data", {"image/png": "AAAA"}))


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
    assert body.h1 is not None
