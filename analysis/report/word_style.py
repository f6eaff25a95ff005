"""The looks of the Word report as data: British English, one plain typeface, nothing told by colour alone."""

from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from analysis.release.release import Release
from analysis.report.notices import RELEASE_WORDS
from analysis.report.pages import LANGUAGE
from analysis.report.rows import plain
from analysis.report.word_parts import TEXT_WIDTH, add_field, add_run, element

TYPEFACE = "Arial"
INK, ACCENT, SOFT = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x12, 0x43, 0x6D), RGBColor(0x48, 0x4F, 0x57)
PARAGRAPHS = {
    # name: (based on, size, bold, colour, space before, space after, kept with what follows)
    "Normal": (None, 10.5, False, INK, 0, 6, False),
    "Title": ("Normal", 28, True, ACCENT, 120, 12, True),
    "Subtitle": ("Normal", 16, False, INK, 0, 18, False),
    "Heading 1": ("Normal", 18, True, ACCENT, 20, 6, True),
    "Heading 2": ("Normal", 13, True, INK, 14, 4, True),
    "Heading 3": ("Normal", 12, True, INK, 14, 4, True),
    "Cover Heading": ("Normal", 15, True, INK, 18, 6, True),
    "Caption": ("Normal", 10, True, INK, 8, 2, True),
    "Chart Subtitle": ("Normal", 9.5, False, SOFT, 0, 2, True),
    "Picture": ("Normal", 11, False, INK, 0, 2, True),
    "Source": ("Normal", 9, False, SOFT, 2, 6, False),
    "Statement": ("Normal", 10.5, False, INK, 0, 5, False),
    "Finding": ("Normal", 10.5, False, INK, 0, 8, False),
    "Author": ("Normal", 10.5, False, ACCENT, 2, 10, False),
    "Notice": ("Normal", 10.5, True, INK, 4, 6, False),
    "Table Text": ("Normal", 9, False, INK, 1, 1, False),
    "Table Head": ("Normal", 9, True, INK, 1, 1, True),
    "Table Detail": ("Normal", 8, False, SOFT, 0, 1, False),
    "List Bullet": ("Normal", 10.5, False, INK, 0, 4, False),
    "toc 1": ("Normal", 11, False, INK, 0, 5, False),
    "Header": ("Normal", 8.5, False, SOFT, 0, 0, False),
    "Footer": ("Normal", 8.5, False, SOFT, 0, 0, False),
}
TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
<w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="6" w:space="0" w:color="484F57"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="8A9199"/></w:tblBorders>
<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="12" w:space="0" w:color="0B0C0C"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""
NOTICE_BORDER = f"""<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="0B0C0C"/></w:pBdr>"""
HEADING_RULE = f"""<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="12" w:space="6" w:color="12436D"/></w:pBdr>"""
MODERN = f"""<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"""


def make_document(release: Release) -> Document:
    """Return an empty document with the report's styles, language, properties, header and page numbers."""
    document = docx.Document()
    for name, looks in PARAGRAPHS.items():
        set_style(document, name, *looks)
    document.styles.element.append(parse_xml(TABLE_STYLE))
    _border(document, "Notice", NOTICE_BORDER)
    _border(document, "Heading 1", HEADING_RULE)
    contents = document.styles["toc 1"].paragraph_format
    contents.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    add_reference_style(document)
    set_language(document)
    set_properties(document, release)
    set_page(document, release)
    return document


def set_style(
    document: Document, name: str, base: str | None, size: float, bold: bool, colour: RGBColor, before, after, keep
) -> None:
    """Set a paragraph style, making it where the default document has none."""
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles[base] if base else None
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, colour
    style.font.italic = False
    set_typeface(style)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(before), Pt(after), keep
    shape.line_spacing = 1.0 if name.startswith("Table") else 1.05
    shape.widow_control = True
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def set_typeface(style: Any) -> None:
    """Set the typeface for every script; a theme's typeface would win over it."""
    style.font.name = TYPEFACE
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), TYPEFACE)


def _border(document: Document, name: str, border: str) -> None:
    """Put a border into a paragraph style, where its schema wants it."""
    properties = document.styles[name].element.get_or_add_pPr()
    later = ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")
    after = next((child for child in properties if child.tag in {qn(f"w:{tag}") for tag in later}), None)
    made = parse_xml(border)
    if after is None:
        properties.append(made)
    else:
        after.addprevious(made)


def add_reference_style(document: Document) -> None:
    """Add the character style of a statistic's id: hidden; shown, small and grey, yet readable (7.9:1 on white)."""
    style = document.styles.add_style("Reference", WD_STYLE_TYPE.CHARACTER)
    style.font.size, style.font.color.rgb, style.font.hidden = Pt(8), SOFT, True
    style.element.get_or_add_rPr().append(element("noProof"))


def set_language(document: Document) -> None:
    """Make British English the language of all text."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    for old in settings.findall(qn("w:compat")):
        old.addprevious(parse_xml(MODERN))
        settings.remove(old)


def set_properties(document: Document, release: Release) -> None:
    """Set title, author, language and the time that the figures were made."""
    about = document.core_properties
    about.title = plain(release.name)[:255]
    about.author = about.last_modified_by = plain(release.partnership.name)[:255]
    about.subject = plain(release.period.label)[:255]
    about.comments = RELEASE_WORDS[release.kind]
    about.keywords = ""
    about.language = LANGUAGE
    about.created = about.modified = release.made_at


def set_page(document: Document, release: Release) -> None:
    """Set A4, what every page says of the release at its head, and report and page number at its foot."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    add_run(page.header.paragraphs[0], RELEASE_WORDS[release.kind])
    foot = page.footer.paragraphs[0]
    for stop in list(foot.paragraph_format.tab_stops):
        stop._tab.getparent().remove(stop._tab)
    foot.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    add_run(foot, f"{release.name}\tPage ")
    add_field(foot, "PAGE", "1")
    add_run(foot, " of ")
    add_field(foot, "NUMPAGES", "1")
