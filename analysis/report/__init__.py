"""What a notebook shows, and the pages made of it. A section notebook starts with `open_section`."""

from analysis.report.section import open_section

__all__ = ["open_section"]
