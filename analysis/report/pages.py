"""Pages: the frame round every body, with contents, styles and a content policy that allows nothing else."""

import base64
import hashlib
from functools import cache

from bs4 import BeautifulSoup, Tag

from analysis.report.blocks import TEMPLATES, render

LANGUAGE = "en-GB"
WORDS_A_MINUTE = 220


@cache
def get_style() -> tuple[str, str]:
    """Return the style sheet and the hash that lets the content policy allow it alone."""
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return css, f"sha256-{digest}"


def make_page(body: BeautifulSoup, *, title: str = "", contents: bool = True) -> str:
    """Return a whole page of a body: its head first, then contents, the rest as main, its foot.

    The title is that of the body's only h1 unless one is given.
    """
    minutes = count_minutes(body)
    head = "".join(str(tag.extract()) for tag in body.select(".page-head"))
    foot = "".join(str(tag.extract()) for tag in body.select(".page-foot"))
    heading = BeautifulSoup(head, "lxml").h1 or body.h1
    css, digest = get_style()
    return render(
        "page.html.j2",
        language=LANGUAGE,
        title=title or (heading.get_text(" ", strip=True) if heading else "Report"),
        css=css,
        digest=digest,
        head=head,
        reading=f"About {minutes} {'minute' if minutes == 1 else 'minutes'} to read",
        contents=list_contents(body) if contents else [],
        main="".join(str(child) for child in (body.body or body).children).strip(),
        foot=foot,
    )


def count_minutes(body: Tag) -> int:
    """Return how long a page's body takes to read, without what is folded: at least one minute."""
    folded = sum(len(tag.get_text(" ").split()) for tag in body.find_all("details") if not tag.find_parent("details"))
    return max(1, round((len(body.get_text(" ").split()) - folded) / WORDS_A_MINUTE))


def list_contents(body: BeautifulSoup) -> list[tuple[str, str]]:
    """Return the id and text of each second-level heading that has an id, in reading order."""
    return [(tag["id"], tag.get_text(" ", strip=True)) for tag in body.find_all("h2") if tag.get("id")]


def demote(body: Tag, prefix: str) -> Tag:
    """Make a page's body fit for a page that holds several, and return it: headings one level down, ids told apart."""
    for level in (5, 4, 3, 2, 1):
        for heading in body.find_all(f"h{level}"):
            heading.name = f"h{level + 1}"
    for tag in body.find_all(["section", "div"], attrs={"aria-labelledby": True}):
        name_within(tag, body, prefix)
    for tag in body.find_all(id=True):
        tag["id"] = f"{prefix}-{tag['id']}"
    for name in ("aria-labelledby", "aria-describedby"):
        for tag in body.find_all(attrs={name: True}):
            tag[name] = f"{prefix}-{tag[name]}"
    return body


def name_within(tag: Tag, body: Tag, prefix: str) -> None:
    """Name a landmark so that no other section's has its name: a section is told by its heading alone."""
    if tag.name == "section":
        del tag["aria-labelledby"]
    elif tag.get("role") == "region":
        words = body.find(id=tag["aria-labelledby"]).get_text(" ", strip=True)
        del tag["aria-labelledby"]
        tag["aria-label"] = f"{words} ({prefix.replace('_', ' ')})"
