"""Turn a year of agencies' returns into a safeguarding partnership's report.

`import analysis as sg` is the way in for analysts. Nothing is loaded or read until a name is used:

    sg.open_release()                               the default release: figures, sections, findings, returns
    sg.open_release().figure("contacts").by("month").control_chart()
    sg.open_section("08_children_social_care")      a section as its page shows it
    sg.partnerships(), sg.sections(), sg.releases() whose, of what, and what was built
    sg.find_measures("section 47")                  what is counted
    sg.measure("contacts")                          what is known of one measure
    sg.tables(), sg.records("D16.contacts")         records: internal, never shared
    sg.rows("contacts")                             the rows behind a measure: internal too
    sg.journey("D18.episodes", "referral_date", "icpc_date")     how far cases came, and how soon: internal too
    sg.problems()                                   what is wrong with a year's returns
    sg.check_draft("There were 329 children looked after.")     each number of a draft, and what bears it out
    sg.comparators("referrals")                     published figures of council, region, England, neighbours
    sg.chart_kinds(), sg.chart(frame, label=..., value=..., title=...)     a chart of one's own
"""

from typing import Any

__all__ = [
    "chart",
    "chart_kinds",
    "check_draft",
    "comparators",
    "find_measures",
    "journey",
    "measure",
    "open_release",
    "open_section",
    "partnerships",
    "problems",
    "records",
    "releases",
    "rows",
    "sections",
    "tables",
]


def __getattr__(name: str) -> Any:
    """Return a name of the front door, loaded when it is first used. Raises AttributeError naming the nearest."""
    if name in __all__:
        from analysis import desk

        return getattr(desk, name)
    if name.startswith("__"):  # asked for by Python itself
        raise AttributeError(name)
    from analysis.errors import unknown

    raise AttributeError(unknown("name of the front door", name, __all__))


def __dir__() -> list[str]:
    return sorted(__all__)
