"""A copy of a draft with what was found: comments on the very runs of a Word file, else a page with marked numbers."""

from collections.abc import Sequence
from copy import deepcopy
from html import escape
from itertools import groupby
from pathlib import Path

from lxml import etree

from analysis.drafts.document import Block
from analysis.drafts.telling import TOLD
from analysis.drafts.verdict import NOT_A_CLAIM, SUPPORTED, Checked
from analysis.errors import CommandError

AUTHOR, INITIALS = "safeguarding verify", "SV"
STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "mark{padding:0 .15em;border-bottom:2px solid;background:#eee;color:inherit}"
    "mark.contradicted{border-bottom-style:double;border-bottom-width:4px;font-weight:bold}"
    "td,th{border:1px solid #777;padding:.2em .5em;text-align:left}table{border-collapse:collapse}sup{font-size:.75em}"
)


def write_annotated(draft: Path, path: Path, blocks: Sequence[Block], checked: Sequence[Checked]) -> None:
    """Write the copy. Raises CommandError where it would take the draft's own place, or a Word draft another form."""
    if path.resolve() == draft.resolve():
        raise CommandError(f"--annotate {path.name!r} is the draft itself; allowed: another file")
    is_word = draft.suffix.lower() == ".docx"
    if (path.suffix.lower() == ".docx") != is_word or path.suffix.lower() not in (".docx", ".html", ".htm"):
        raise CommandError(
            f"--annotate {path.name!r}; allowed here: a name that ends in {'.docx' if is_word else '.html'}"
        )
    if is_word:
        annotate_word(draft, checked).save(str(path))
    else:
        path.write_text(make_page(draft.name, blocks, checked), encoding="utf-8")


def tell_remark(checked: Checked) -> str:
    """Return what is said beside a number."""
    verdict = checked.verdict
    about = f" [{verdict.fact.id}]" if verdict.fact else "".join(f" [{c.fact.id}]" for c in verdict.candidates)
    expected = (
        f" Expected: {verdict.expected:g}."
        if verdict.expected is not None and verdict.verdict == "contradicted"
        else ""
    )
    return f"{TOLD[verdict.verdict].capitalize()}: {verdict.reason}.{expected}{about}"


def needs_remark(checked: Checked) -> bool:
    """Whether an author has something to look at."""
    return checked.verdict.verdict not in (SUPPORTED, NOT_A_CLAIM)


def annotate_word(draft: Path, checked: Sequence[Checked]):
    """Return the draft as a document with its comments; of headers, notes and text boxes in one at the beginning."""
    from analysis.drafts.word import open_document, read_document

    document = open_document(draft)
    remarks = [c for c in checked if needs_remark(c)]
    by_order = match_blocks(checked, read_document(document))
    elsewhere = []
    for one in reversed(remarks):  # from the end, so that a run split for one number leaves the places of those before
        runs = by_order[id(one.claim.block)].source
        if runs.part == "body":
            marked = cut_runs(runs, one.claim.numeral.start, one.claim.numeral.end)
            document.add_comment(wrap(document, marked), tell_remark(one), AUTHOR, INITIALS)
        else:
            elsewhere.append(f"{runs.part}: {one.claim.text}: {tell_remark(one)}")
    first = next((p for p in document.paragraphs if p.runs), None)
    if elsewhere and first is not None:
        document.add_comment(first.runs, "\n".join(reversed(elsewhere)), AUTHOR, INITIALS)
    return document


def match_blocks(checked: Sequence[Checked], blocks: list[Block]) -> dict[int, Block]:
    """Return the same blocks of the newly opened document by the identity of those that were checked."""
    ours = list({id(c.claim.block): c.claim.block for c in checked}.values())
    found, at = {}, 0
    for block in ours:
        while blocks[at].text != block.text:
            at += 1
        found[id(block)], at = blocks[at], at + 1
    return found


def wrap(document, elements: list[etree._Element]):
    """Return runs of a document as python-docx has them."""
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    parent = Paragraph(elements[0].getparent(), document._body)
    return [Run(element, parent) for element in elements]


def cut_runs(runs, start: int, end: int) -> list[etree._Element]:
    """Return the runs that hold a stretch of a paragraph's text and nothing else, split where it begins and ends."""
    inside = []
    for at, (first, last, run) in enumerate(list(runs.runs)):
        if first < end and start < last:
            kept = split_run(run, max(start, first) - first, min(end, last) - first)
            inside.append(kept)
            runs.runs[at] = (first, max(start, first), run) if kept is not run else (first, last, run)
    return inside


def split_run(run: etree._Element, start: int, end: int) -> etree._Element:
    """Return the run that holds a stretch of another's text, which is cut in up to three; one of other parts stays."""
    from docx.oxml.ns import qn

    texts = run.findall(qn("w:t"))
    others = [c for c in run if c.tag not in (qn("w:t"), qn("w:rPr"))]
    if len(texts) != 1 or others or (start == 0 and end == len(texts[0].text)):
        return run
    text = texts[0].text
    middle, last = deepcopy(run), deepcopy(run)
    for piece, words in ((run, text[:start]), (middle, text[start:end]), (last, text[end:])):
        piece.find(qn("w:t")).text = words
        piece.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(middle)
    if text[end:]:
        middle.addnext(last)
    return middle


def make_page(name: str, blocks: Sequence[Block], checked: Sequence[Checked]) -> str:
    """Return the draft as a page, each number to look at marked, with its remark at the foot."""
    remarks = [c for c in checked if needs_remark(c)]
    numbers = {id(c): n for n, c in enumerate(remarks, 1)}
    body = "\n".join(render(group, remarks, numbers) for group in group_cells(blocks))
    notes = "".join(
        f'<li id="n{n}">{escape(c.claim.text)}: {escape(tell_remark(c))}</li>' for n, c in enumerate(remarks, 1)
    )
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(name)}, checked</title>'
        f"<style>{STYLE}</style></head><body>{body}<h2>Remarks</h2><ol>{notes}</ol></body></html>\n"
    )


def group_cells(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the blocks, the cells of one row together."""
    return [list(group) for _, group in groupby(blocks, key=lambda b: (b.kind == "cell" and b.sentence) or id(b))]


def render(group: list[Block], remarks: Sequence[Checked], numbers: dict[int, int]) -> str:
    """Return a block, or the cells of a row, as HTML."""
    texts = [mark(block, remarks, numbers) for block in group]
    if group[0].kind == "cell":
        return f"<table><tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr></table>"
    tag = f"h{min(max(group[0].level, 1), 6)}" if group[0].kind == "heading" else "p"
    return f"<{tag}>{texts[0]}</{tag}>"


def mark(block: Block, remarks: Sequence[Checked], numbers: dict[int, int]) -> str:
    """Return a block's text with its numbers marked."""
    text, at = "", 0
    for one in (c for c in remarks if c.claim.block is block):
        start, end, number = one.claim.numeral.start, one.claim.numeral.end, numbers[id(one)]
        opening = f'<mark class="{one.verdict.verdict}" title="{escape(tell_remark(one), quote=True)}">'
        note = f'<sup><a href="#n{number}">{number}</a></sup>'
        text += escape(block.text[at:start]) + opening + escape(block.text[start:end]) + "</mark>" + note
        at = end
    return text + escape(block.text[at:])
