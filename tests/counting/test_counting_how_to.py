"""docs/add_an_indicator.md, followed to the letter: its record, function and test give figure, sentence and chart."""

import re
import shutil
import tomllib

import pytest
import test_counting_front_door as neighbours
from made import YEAR, table, tallied

from analysis.counting import front_door
from analysis.counting.count import count_all
from analysis.counting.definition import NAMED
from analysis.counting.definitions import get_definitions
from analysis.figures.build import make_statistics
from analysis.measures import catalogue
from analysis.partnership import load_partnership
from analysis.report.drawings import Drawing, draw_checked, make_marks
from analysis.settings import REPOSITORY
from analysis.statements.statements import load_phrases, state_all
from analysis.statements.words import Telling

PAGE = (REPOSITORY / "docs" / "add_an_indicator.md").read_text(encoding="utf-8")
DICTIONARY = REPOSITORY / "data" / "dictionary"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def extended(tmp_path, monkeypatch):
    """The catalogue with the page's three records, and its function beside those of the front door."""
    folder = tmp_path / "dictionary"
    shutil.copytree(DICTIONARY, folder)
    with (folder / "measures" / "front_door.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(blocks("toml")))
    monkeypatch.setattr(catalogue, "get_dictionary_root", lambda: folder)
    catalogue.get_catalogue.cache_clear()
    get_definitions.cache_clear()
    function, test = blocks("python")
    names = dict(vars(front_door))
    exec(function, names)  # noqa: S102  the page's own code
    yield catalogue.get_catalogue(), names, test
    del NAMED["weekend_contacts"]
    get_definitions.cache_clear()
    catalogue.get_catalogue.cache_clear()


def test_the_page_has_three_records_a_function_and_a_test():
    assert [list(tomllib.loads(block)) for block in blocks("toml")] == [
        ["contacts_by_telephone"],
        ["weekend_contacts"],
        ["open_days_held"],
    ]
    assert len(blocks("python")) == 2


def test_the_pages_test_passes(extended, monkeypatch):
    _, names, test = extended
    monkeypatch.setattr(front_door, "count_weekend_contacts", names["count_weekend_contacts"], raising=False)
    found = dict(vars(neighbours))
    exec(test, found)  # noqa: S102  the page's own test
    found["test_weekend_contacts_are_those_of_saturday_and_sunday"]()


def test_a_choice_of_rows_is_counted_by_its_record_alone(extended):
    rows = [
        neighbours.contact(1, channel="phone", received_at="2023-04-01"),  # the first day
        neighbours.contact(2, channel="phone", received_at="2024-03-31 23:59"),  # the last minute
        neighbours.contact(3, channel="phone", received_at="2024-04-01"),  # the year after
        neighbours.contact(4, channel="portal"),
    ]
    found = tallied("contacts_by_telephone", {"D16.contacts": table("D16.contacts", *rows)})
    assert (found["", ""], found["month", "2023-04"], found["month", "2024-03"]) == (2, 1, 1)


def test_its_figures_are_stated_and_drawn(extended):
    home, partnership = extended[0], load_partnership("hillingdon", REPOSITORY / "data")
    days = [f"2023-06-{day:02d} 09:00" for day in (3, 4, 10, 11, 12)]  # the last is a Monday
    rows = [neighbours.contact(n, received_at=day, source_agency="3A" if n else "6") for n, day in enumerate(days)]
    records = {"D16.contacts": table("D16.contacts", *rows)}
    counted = count_all(records, YEAR, partnership.geography, {"D16": "Children's services"}, home)
    made = make_statistics(counted.observations, home, partnership, "2023-24")
    stated = {s.statistic_id: s for s in state_all(made, Telling(home, load_phrases(DICTIONARY)))}
    assert stated["weekend_contacts.count"].statement == (
        "There were 4 contacts to the children's front door at weekends in 2023-24."
    )
    assert stated["weekend_contacts.source.health-services.count"].statement == (
        "There were 3 contacts to the children's front door at weekends from health services in 2023-24."
    )
    topic = next(t for t in home.topics if (t.section, t.id) == ("08_children_social_care", "front_door"))
    plan = next(chart for chart in topic.charts if chart.id == "weekend_contacts_by_source")
    drawn = [s for s in stated.values() if (s.indicator, s.dimension) == ("weekend_contacts", "source")]
    words = {"subtitle": "Number", "source": "Source: Children's services.", "title": plan.title}
    assert isinstance(draw_checked(plan.kind, make_marks(plan, drawn), id=plan.id, **words), Drawing)


def test_disclosure_control_knows_that_it_is_part_of_all_contacts(extended):
    facts = {
        (row.kind, row.role, row.indicator) for row in extended[0].facts if row.fact.startswith("weekend_contacts:")
    }
    assert facts == {("part", "whole", "contacts"), ("part", "part", "weekend_contacts")}
