"""PDF/UA of the pages, where the optional extra `pdf` (WeasyPrint) is installed. HTML stays the main format."""

from pathlib import Path

from analysis.errors import CommandError

NEEDED = (
    "PDF needs the extra 'pdf': run pip install 'safeguarding-report[pdf]', and on Linux install the library "
    "pango (libpango-1.0-0 and libpangoft2-1.0-0), on Windows the GTK runtime"
)
VARIANT = "pdf/ua-1"


def write_pdf(folder: Path) -> list[Path]:
    """Write report.pdf, summary.pdf and a PDF beside each section's page; return their paths.

    Nothing but the pages themselves is read. Raises CommandError, saying how to get it, without WeasyPrint.
    """
    load_weasyprint()
    pages = [folder / "report.html", folder / "summary.html", *sorted((folder / "sections").glob("*.html"))]
    return [write_page_pdf(page) for page in pages if page.is_file()]


def load_weasyprint():
    """Return WeasyPrint. Raises CommandError where it, or the library under it, isn't installed."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise CommandError(NEEDED) from error
    return weasyprint


def write_page_pdf(page: Path) -> Path:
    """Write one page as a tagged PDF beside it. It may fetch only what it holds in itself."""
    weasyprint = load_weasyprint()
    path = page.with_suffix(".pdf")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    html = weasyprint.HTML(string=page.read_text(encoding="utf-8"), url_fetcher=fetcher)
    html.write_pdf(path, pdf_variant=VARIANT)
    return path
