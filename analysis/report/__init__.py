"""What a notebook shows, and the pages made of it. A section notebook starts with `open_section`, any other with
`open_release`."""

from analysis.report.carried import describe
from analysis.report.opened import open_release, open_section

__all__ = ["describe", "open_release", "open_section"]
