"""What a catalogue refuses at load, in one line with file and measure. Each dictionary is a few lines of text."""

import pytest

from analysis.errors import DataError
from analysis.measures.catalogue import load_catalogue

CONTACTS = 'contacts = {title = "Contacts", unit = "contacts"}\n'
SHARE = 'title = "Contacts in time"'
DEFAULTS = '[defaults]\nterm = "contact"\nsections = ["one"]\ninterpretation = ""\n'


def load(folder, measures: str, splits: str = ""):
    """Return the catalogue of contacts, the measures given and a few words."""
    (folder / "measures").mkdir()
    (folder / "units.csv").write_text(
        "unit,singular,plural,kind\ncontacts,contact,contacts,count\npercent,%,%,percent\n"
    )
    (folder / "terms.csv").write_text(
        "code,singular,plural,population,stage,definition,not_to_be_confused_with\n"
        "contact,contact,contacts,children,contact,A message.,\n"
    )
    (folder / "splits.toml").write_text(splits)
    (folder / "sections.toml").write_text("")
    (folder / "topics.toml").write_text("")
    (folder / "measures" / "x.toml").write_text(CONTACTS + measures + DEFAULTS)
    return load_catalogue(folder)


def test_a_share_of_contacts_is_taken(tmp_path):
    measures = load(tmp_path, f'in_time = {{{SHARE}, of = "contacts", of_only = "that were decided"}}\n').measures
    assert (measures["in_time"].of, measures["in_time"].measure) == ("contacts", "percent")


def test_a_base_that_no_report_shows_needs_no_base_of_its_own(tmp_path):
    assert not load(tmp_path, 'seen = {title = "Share seen", shown = false}\n').measures["seen"].shown


@pytest.mark.parametrize(
    ("measures", "problem"),
    [
        (f"in_time = {{{SHARE}}}\n", "x.toml: in_time: a percent needs `of`"),
        (f'in_time = {{{SHARE}, of = "contact"}}\n', "in_time: unknown measure 'contact'; allowed: contacts"),
        ('a = {title = "A", of = "b"}\nb = {title = "B", of = "a"}\n', "a: its base goes round in a circle"),
        ('a = {title = "A", unit = "contacts", of_only = "seen"}\n', "a: `of_only` says which of a base count"),
        (
            f'in_time = {{{SHARE}, of = "contacts", numerator = ["contacts/outcome/met"]}}\n',
            "in_time: contacts/outcome/met: unknown split 'outcome'",
        ),
        ('a = {title = "contacts", unit = "contacts"}\n', "a: its title is that of 'contacts' too"),
        ('Contacts = {title = "A", unit = "contacts"}\n', "Contacts: its name is that of 'contacts' too"),
        ('sex = {title = "A", unit = "contacts"}\n', "sex: its name is also that of a split"),
        (
            'a = {title = "A", unit = "contacts", by.kind = {part = "of {category}", categories = ["x", "y", "x"]}}\n',
            "a: split 'kind': category 'x' is given twice",
        ),
        (
            'a = {title = "A", unit = "contacts", '
            'by.kind = {part = "of {category}", categories = ["x"], words = {z = "zed"}}}\n',
            "a: split 'kind': words for unknown category 'z'; allowed: x",
        ),
        (
            'a = {title = "A", unit = "contacts", by."" = {categories = ["x"]}}\n',
            "a: a split without a dimension needs a noun",
        ),
        ('a = {title = "A", unit = "contacts", splits = ["age"]}\n', "a: unknown split 'age'; allowed: sex"),
        ('a = {title = "A", unit = "contact"}\n', "a: unknown unit 'contact'; allowed: contacts, percent"),
        ('a = {title = "A", unit = "contacts", term = "call"}\n', "a: unknown term 'call'; allowed: contact"),
        (
            'a = {title = "A", unit = "contacts", by.kind = {part = "of {category}", codes = "kinds"}}\n',
            "a: unknown code list 'kinds'",
        ),
        (
            'a = {title = "A", unit = "contacts", by.kind = {categories = ["x"]}}\n',
            "a: split 'kind' needs `part`, how a category follows what is counted",
        ),
        (
            'a = {title = "A", unit = "contacts", by.kind = {part = "about {categry}", categories = ["x"]}}\n',
            "a: split 'kind': unknown place '{categry}'; allowed: {category}, {team}, {group}, {small}",
        ),
        (
            'a = {title = "A", unit = "contacts", by.kind = {part = "about {category", categories = ["x"]}}\n',
            "a: split 'kind': a brace of 'about {category' has no other",
        ),
        ('a = {title = "A", unit = "contacts", topic = "call"}\n', "a: unknown topic 'call'; allowed: "),
        (
            'a = {title = "A", unit = "contacts", relations = [{kind = "twin", whole = ["contacts"]}]}\n',
            "a: unknown relation 'twin'; allowed: within",
        ),
        (
            'a = {title = "A", unit = "contacts", splits = ["sex"], '
            'relations = [{kind = "part", whole = ["contacts"], part = ["sexes"]}]}\n',
            "a: a/sexes: unknown split 'sexes'; allowed: sex",
        ),
        (
            'a = {title = "A", unit = "contacts", splits = ["sex"], charts = [{kind = "bars", by = "sex"}]}\n',
            "a: its charts are on no page; they need `topic`",
        ),
    ],
)
def test_one_line_says_where_and_what(tmp_path, measures, problem):
    with pytest.raises(DataError) as error:
        load(tmp_path, measures, splits="[sex]\nfound = true\npart = 'who were {category}'\n")
    assert str(error.value).startswith("x.toml: ") and problem in str(error.value)
    assert "\n" not in str(error.value)


TOPIC = '[one.many]\ntitle = "T"\nwhat = "w"\nwhy = "y"\nheadline = []\n'


@pytest.mark.parametrize(
    ("rest", "problem"),
    [
        ('statistics = ["contact"]\n', "one.many: unknown measure 'contact'; allowed: contacts"),
        ('statistics = ["contacts/outcom"]\n', "contacts/outcom: unknown split 'outcom'"),
        (
            'statistics = ["contacts/channel/!phone"]\n',
            "unknown category 'phone'; allowed: tel",
        ),
        (
            'statistics = ["contacts/*"]\ncharts = [{id = "a", kind = "pie", select = ["contacts"], title = "P"}]\n',
            "one.many: unknown chart kind 'pie'; allowed: ",
        ),
        (
            'statistics = []\ncharts = [{id = "a", kind = "flow", select = ["contacts", "plans"], title = "P"}]\n',
            "one.many, chart a: a flow draws parts of its first stage, and 'plans' is none of 'contacts'; use 'bars'",
        ),
    ],
)
def test_a_topic_names_only_what_there_is(tmp_path, rest, problem):
    measures = tmp_path / "measures"
    load(tmp_path, "")
    words = 'words = {"" = "by way", tel = "by telephone"}'
    split = f'{{part = "{{category}}", categories = ["tel"], {words}}}'
    channel = f'[contacts]\ntitle = "C"\nunit = "contacts"\nby.channel = {split}\n'
    apart = '[plans]\ntitle = "P"\nunit = "contacts"\ncomes_from = "contacts"\n'
    (measures / "x.toml").write_text(channel + apart + DEFAULTS)
    (tmp_path / "topics.toml").write_text(TOPIC + rest)
    with pytest.raises(DataError) as refused:
        load_catalogue(tmp_path)
    assert problem in str(refused.value)


def test_a_measure_is_of_the_sections_whose_topics_show_it(tmp_path):
    with pytest.raises(DataError, match="contacts: it is on no page; it needs `topic`"):
        load_bare(tmp_path, "", topics="")
    words = 'title = "T"\nwhat = ""\nwhy = ""\nheadline = []\n'
    topics = f'[two.many]\n{words}statistics = ["contacts"]\n[one.few]\n{words}statistics = ["contacts/*", "plans"]\n'
    plans, held = (
        'plans = {title = "P", unit = "contacts"}\n',
        'held = {title = "H", unit = "contacts", topic = "few"}\n',
    )
    measures = load_bare(tmp_path, plans + held, topics=topics).measures
    assert {name: measure.sections for name, measure in measures.items()} == {
        "contacts": ("two", "one"),  # in the order of the topics
        "plans": ("one",),
        "held": ("one",),  # that of the topic it names
    }


def load_bare(folder, measures: str, *, topics: str):
    """Return the catalogue of measures that name no section themselves."""
    if not (folder / "measures").is_dir():
        load(folder, "")
    (folder / "topics.toml").write_text(topics)
    (folder / "measures" / "x.toml").write_text(CONTACTS + measures + DEFAULTS.replace('sections = ["one"]\n', ""))
    return load_catalogue(folder)


def test_a_topic_that_lists_no_figures_has_all_of_its_headlines_measures(tmp_path):
    load(tmp_path, "")
    words = 'title = "T"\nwhat = ""\nwhy = ""\nheadline = ["contacts/month/x", "contacts"]\n'
    (tmp_path / "topics.toml").write_text(f"[one.few]\n{words}[one.none]\n{words}statistics = []\n")
    (tmp_path / "measures" / "x.toml").write_text(
        CONTACTS.replace("}", ', by.month = {categories = ["x"]}}') + DEFAULTS
    )
    assert [topic.statistics for topic in load_catalogue(tmp_path).topics] == [("contacts/*",), ()]
