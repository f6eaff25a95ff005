"""The pack for scrutineers: a shared release as one zip file, the same bytes for the same release.

Only what is named here goes in: a file that somebody left in the folder doesn't.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from analysis.release.release import Release
from analysis.report.notices import list_notices
from analysis.report.rows import make_legend

PAGES = (
    "index.html",
    "summary.html",
    "report.html",
    "returns.html",
    "follow_up.html",
    "scrutiny.html",
    "themes.html",
    "glossary.html",
)
FILES = (*PAGES, "report.docx", "tables.xlsx", "statistics.csv", "statistics.json")
FOLDERS = {"sections": (".html", ".pdf", ".json"), "charts": (".svg", ".png", ".csv")}
README, STATEMENT, CHECKSUMS = "README.txt", "disclosure-statement.txt", "checksums.txt"
OLDEST = (1980, 1, 1, 0, 0, 0)  # the first date that a zip file can say: the pack tells nothing of when it was made
READABLE = 0o100644 << 16

ABOUT = {
    "index.html": "start here: what the report holds, its headline figures, what is missing",
    "summary.html": "the report on one sheet",
    "report.html": "the whole report as one long page",
    "returns.html": "what each agency sent",
    "follow_up.html": "what was expected to change and did, recommendations, and what the law asks of the report",
    "scrutiny.html": "what committees ask, and where the report answers",
    "themes.html": "the figures that bear on each theme of an inspection",
    "glossary.html": "the words of the report, in alphabetical order",
    "report.docx": "the same for Word",
    "tables.xlsx": "its tables as a workbook",
    "statistics.csv": "its figures, a row each",
    "statistics.json": "the same figures for programs",
    "sections": "a page for each section, and its figures and duties for programs (.json)",
    "charts": "each chart as a picture, and its figures",
    STATEMENT: "what is hidden to protect people, and why",
    CHECKSUMS: "a SHA-256 sum of every file, to see that none was changed",
}


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a release that go into the pack, by their names in it, sorted."""
    top = [folder / name for name in FILES]
    below = [
        path for name, suffixes in FOLDERS.items() for path in (folder / name).rglob("*") if path.suffix in suffixes
    ]
    found = {path.relative_to(folder).as_posix(): path for path in (*top, *below) if path.is_file()}
    return {name: found[name].read_bytes() for name in sorted(found)}


def make_pack(files: Mapping[str, bytes], release: Release) -> bytes:
    """Return the zip file of a release's files, with a word to its readers, the disclosure statement and checksums."""
    root = f"{release.partnership.id}-{release.year}"
    held = {
        **files,
        README: _encode(make_readme(files, release)),
        STATEMENT: _encode(make_statement(release)),
    }
    held[CHECKSUMS] = _encode(make_checksums(held))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for name in sorted(held):
            entry = zipfile.ZipInfo(f"{root}/{name}", OLDEST)
            entry.external_attr, entry.create_system, entry.compress_type = READABLE, 3, zipfile.ZIP_DEFLATED
            pack.writestr(entry, held[name], compresslevel=9)
    return packed.getvalue()


def make_readme(files: Mapping[str, bytes], release: Release) -> str:
    """Return what a reader needs to know who has only the pack."""
    here = {name.split("/")[0] for name in files} | {STATEMENT, CHECKSUMS}
    lines = [
        release.name,
        f"Period: {release.period.label}",
        *(f"{words}." for words in list_notices(release)),
        "",
        "Unpack the folder and open index.html in any browser. Nothing needs a network or an installation.",
        "",
        *(f"{name}: {words}" for name, words in ABOUT.items() if name in here),
        "",
        f"Made by version {release.code_version}.",
        release.partnership.credit,
    ]
    return "\n".join(lines)


def make_statement(release: Release) -> str:
    """Return the disclosure statement: policy, how many figures are hidden and why, the audit, the symbols."""
    about = release.disclosure
    lines = [
        f"Disclosure statement: {release.name}",
        "",
        about.statement,
        f"Of the figures about people {about.kept:.1f}% are shown.",
        *(
            [f"An attacker who has only these files finds {about.openings} of the hidden figures."]
            if about.openings
            else []
        ),
        "Every file of this pack was searched for details of people before it was handed over; none was found.",
        "",
        *(f"{symbol} {words}" for symbol, words in make_legend(release.statistics)),
    ]
    return "\n".join(lines)


def make_checksums(files: Mapping[str, bytes]) -> str:
    """Return a line a file: its SHA-256 sum and its name, as `sha256sum --check` reads them."""
    return "\n".join(f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(files.items()))


def _encode(text: str) -> bytes:
    """Return a text for any machine's editor."""
    return (text.rstrip() + "\n").encode("utf-8")
