"""What earlier releases printed, found by what each figure is, and what the gate makes of it."""

import json
from dataclasses import replace

import pytest

from analysis.disclosure.apply import gate
from analysis.disclosure.describe import list_findings
from analysis.disclosure.earlier import read_earlier, recall
from analysis.disclosure.ledger import BUILT, SHARED, adopt, list_releases, write_entry
from analysis.disclosure.policy import Policy
from analysis.errors import DataError
from analysis.release.store import write_store
from analysis.runs.files import write_statistics
from tests.examples import HERE, LAST, a_release, made, seen

MET, NOT_MET = {"dimension": "threshold", "category": "met"}, {"dimension": "threshold", "category": "not met"}


CONCERNS = {"indicator": "safeguarding_concerns", "period": LAST}


def printed(folder, catalogue, year, *observations):
    """Write the shared release of a year, as a build would, and return the output folder."""
    release = folder / year / "shared"
    release.mkdir(parents=True)
    write_statistics(made(catalogue, *observations, year=year), release)
    return folder


def remember(statistics, folder):
    return recall(statistics, read_earlier(folder, HERE, "2023-24"), lambda s: s)


def opened(catalogue, folder, *observations):
    """Return what the gate makes of this year's figures when every reader has the earlier releases."""
    earlier = read_earlier(folder, HERE, "2023-24")
    return gate(made(catalogue, *observations), [], catalogue, Policy(), release="shared", earlier=earlier)


def hidden(gated):
    return {s.statistic_id for s in gated.statistics if not s.published}


def test_a_figure_is_known_again_under_another_id(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2022-23", seen(value=202.0, period=LAST))
    (figure,) = made(catalogue, seen(value=202.0, period=LAST))
    assert figure.statistic_id.endswith("y-1")
    found = remember([figure], folder)
    assert (found.released, found.revisions, found.gone) == ({figure.statistic_id: 202.0}, {}, ())


def test_a_later_release_is_known_as_well_as_the_one_to_be_replaced(tmp_path, catalogue):
    printed(tmp_path, catalogue, "2024-25", seen(value=250.0))
    printed(tmp_path, catalogue, "2023-24", seen(value=252.0))
    (figure,) = made(catalogue, seen(value=253.0))
    found = remember([figure], tmp_path)
    assert found.released == {figure.statistic_id: 252.0}  # the nearest tells most
    assert found.revisions == {figure.statistic_id: 1.0}


def test_what_was_hidden_before_is_not_known(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2023-24", seen(value=None, symbol="[c]"))
    assert remember(made(catalogue, seen()), folder).released == {}


def test_what_the_report_of_its_own_year_hid_stays_hidden(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2022-23", seen(value=None, symbol="[c]", period=LAST))
    gated = opened(catalogue, folder, seen(value=202.0, period=LAST), seen(value=253.0))
    assert hidden(gated) == {"lado_contacts.count.y-1"}
    assert gated.protection.hidden["lado_contacts.count.y-1"] == "held"
    assert gated.audit.passed


def test_what_a_draft_of_this_year_hid_may_be_shown_once_it_is_corrected(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2023-24", seen(value=None, symbol="[c]"))
    assert hidden(opened(catalogue, folder, seen(value=253.0))) == set()


def test_a_hidden_part_that_is_not_counted_any_more_still_has_its_place_in_the_sum(tmp_path, catalogue):
    folder = printed(
        tmp_path,
        catalogue,
        "2022-23",
        *(
            seen(**at, value=value, symbol=symbol, period=LAST)
            for at, value, symbol in (
                ({}, 202.0, ""),
                (MET, None, "[c]"),
                (NOT_MET, None, "[c]"),
            )
        ),
    )
    gated = opened(catalogue, folder, seen(value=202.0, period=LAST))
    assert [s.value for s in remember([], folder).gone] == [202.0, None, None]
    assert gated.audit.passed
    assert hidden(gated) == set()


def test_a_figure_that_is_not_returned_any_more_is_still_known(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2023-24", seen(), seen(**MET, value=107.0))
    found = remember(made(catalogue, seen()), folder)
    assert [(s.category, s.value, s.offset) for s in found.gone] == [("met", 107.0, 0)]


def test_the_earlier_years_of_a_releases_charts_are_known_as_well(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2022-23")
    drawn, unseen = made(catalogue, seen(value=202.0), seen(**MET, value=None, symbol="[c]"))
    write_store(a_release(history=(drawn, unseen)), folder / "2022-23" / "shared")
    assert remember(made(catalogue, seen(value=202.0), seen(**MET, value=100.0)), folder).released == {
        "lado_contacts.count": 202.0
    }


def test_a_numerator_that_moved_by_one_is_a_revision(tmp_path, catalogue):
    share = {**MET, "measure_type": "percent", "unit": "percent", "value": 42.3, "decimals": 1, "denominator": 253.0}
    folder = printed(tmp_path, catalogue, "2023-24", seen(**share, numerator=107.0))
    (figure,) = made(catalogue, seen(**share, numerator=108.0))
    assert remember([figure], folder).revisions == {figure.statistic_id: 1.0}


def test_a_release_that_cannot_be_read_stops_everything(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2022-23", seen(period=LAST))
    (folder / "2022-23" / "shared" / "statistics.json").write_text("[{")
    with pytest.raises(DataError, match="2022-23/shared/statistics.json cannot be read"):
        read_earlier(folder, HERE, "2023-24")


@pytest.mark.parametrize(("before", "shown"), [(253.0, True), (252.0, False), (249.0, False), (248.0, True)])
def test_a_revision_by_few_people_is_hidden_on_its_boundary(tmp_path, catalogue, before, shown):
    folder = printed(tmp_path, catalogue, "2023-24", seen(value=before))
    gated = opened(catalogue, folder, seen(value=253.0))
    assert gated.statistics[0].published == shown
    assert gated.audit.passed
    assert any("differs by few people" in line for line in list_findings(gated)) != shown


def test_what_an_earlier_release_printed_protects_nothing(tmp_path, catalogue):
    figures = [seen(value=253.0), seen(**MET, value=3.0), seen(**NOT_MET, value=250.0)]
    alone = opened(catalogue, tmp_path, *figures)
    assert {"lado_contacts.threshold.met.count", "lado_contacts.threshold.not-met.count"} == hidden(alone)
    folder = printed(tmp_path, catalogue, "2024-25", seen(**NOT_MET, value=250.0))
    both = opened(catalogue, folder, *figures)
    assert {"lado_contacts.count", "lado_contacts.threshold.met.count"} <= hidden(both)
    assert both.audit.passed


def test_what_is_out_already_is_named_without_its_value_and_stops_nothing(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2022-23", seen(value=3.0, period=LAST))
    gated = opened(catalogue, folder, seen(value=3.0, period=LAST), seen(value=253.0))
    assert gated.audit.passed
    (finding,) = list_findings(gated)
    assert finding.startswith("lado_contacts.count.y-1 is hidden, but an earlier release gave it away")
    assert "3" not in finding.replace("2023", "")


def test_a_total_that_earlier_releases_give_away_stops_nothing_but_hides_what_it_can(tmp_path, catalogue):
    # whole and part were printed by a release whose gate was weaker: the small rest is out, whatever is done now
    folder = printed(tmp_path, catalogue, "2024-25", seen(value=253.0), seen(**NOT_MET, value=250.0))
    gated = opened(catalogue, folder, seen(value=253.0), seen(**MET, value=3.0), seen(**NOT_MET, value=250.0))
    assert gated.audit.passed
    assert "lado_contacts.threshold.met.count" in hidden(gated)
    assert any("met" in finding and "gave it away" in finding for finding in list_findings(gated))


def test_a_release_repeated_unchanged_is_the_same_release(tmp_path, catalogue):
    figures = [seen(value=253.0), seen(**MET, value=3.0), seen(**NOT_MET, value=250.0)]
    first = opened(catalogue, tmp_path, *figures)
    release = tmp_path / "2023-24" / "shared"
    release.mkdir(parents=True)
    write_statistics(first.statistics, release)
    assert json.loads((release / "statistics.json").read_text())
    assert opened(catalogue, tmp_path, *figures).statistics == first.statistics


def noted(folder, gated, way=BUILT):
    """Note in the ledger what a release of this year prints, as a build does, and return the output folder."""
    write_entry(folder, "2023-24", way, [*gated.statistics, *gated.history])
    return folder


def test_a_correction_built_twice_stays_hidden(tmp_path, catalogue):
    noted(tmp_path, opened(catalogue, tmp_path, seen(value=100.0)))
    first = opened(catalogue, tmp_path, seen(value=101.0))
    assert hidden(first) == {"lado_contacts.count"}
    second = opened(catalogue, noted(tmp_path, first), seen(value=101.0))
    assert second.statistics == first.statistics
    assert hidden(opened(catalogue, noted(tmp_path, second), seen(value=100.0))) == set()  # it was told already


def test_what_was_built_before_there_was_a_ledger_is_noted_once(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2023-24", seen(value=100.0))
    assert list_releases(folder, BUILT) == [folder / "2023-24" / "shared"]
    adopt(folder)
    adopt(folder)
    (entry,) = list_releases(folder, BUILT)
    assert entry.parent == folder / "ledger"
    assert hidden(opened(catalogue, folder, seen(value=101.0))) == {"lado_contacts.count"}


@pytest.mark.parametrize(("way", "counts"), [(BUILT, False), (SHARED, True)])
def test_where_only_what_was_handed_over_counts_a_draft_does_not(tmp_path, catalogue, way, counts):
    noted(tmp_path, opened(catalogue, tmp_path, seen(value=100.0)), way)
    assert bool(read_earlier(tmp_path, HERE, "2023-24", SHARED)) == counts
    assert read_earlier(tmp_path, HERE, "2023-24", BUILT)


def test_a_release_built_and_handed_over_is_one_release(tmp_path, catalogue):
    gated = opened(catalogue, tmp_path, seen(value=100.0))
    for way in (BUILT, SHARED, BUILT):
        noted(tmp_path, gated, way)
    assert len(list((tmp_path / "ledger").iterdir())) == 2
    assert len(list_releases(tmp_path, BUILT)) == 1


def test_an_entry_of_the_ledger_that_cannot_be_read_stops_everything(tmp_path, catalogue):
    noted(tmp_path, opened(catalogue, tmp_path, seen(value=100.0)))
    next((tmp_path / "ledger").iterdir()).write_text("{")
    with pytest.raises(DataError, match="earlier release .*ledger/2023-24-built-.*json cannot be read"):
        read_earlier(tmp_path, HERE, "2023-24")


@pytest.mark.parametrize("spoil", [{"display": None}, {"value": "a few"}, {"period_start": "last spring"}])
def test_an_entry_whose_row_lacks_a_column_or_holds_no_number_stops_everything_in_one_line(tmp_path, catalogue, spoil):
    noted(tmp_path, opened(catalogue, tmp_path, seen(value=100.0)))
    entry = next((tmp_path / "ledger").iterdir())
    held = json.loads(entry.read_text())
    held["figures"][0] |= spoil
    if spoil == {"display": None}:
        del held["figures"][0]["display"]
    entry.write_text(json.dumps(held))
    with pytest.raises(DataError, match="earlier release .*ledger/2023-24-built-.*json cannot be read") as stopped:
        read_earlier(tmp_path, HERE, "2023-24")
    assert "\n" not in str(stopped.value)


def test_a_measure_that_is_gone_since_an_earlier_release_stops_nothing_and_is_said(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2022-23", seen(value=202.0, period=LAST))
    file = folder / "2022-23" / "shared" / "statistics.json"
    file.write_text(file.read_text().replace("lado_contacts", "lado_calls"))
    gated = opened(catalogue, folder, seen(value=253.0))
    assert gated.audit.passed and hidden(gated) == set()
    (line,) = list_findings(gated)
    assert line.startswith("earlier releases printed lado_calls, which is no measure any more")


def test_a_release_of_a_year_with_an_entry_is_adopted_where_it_printed_something_else(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2023-24", seen(value=100.0))
    write_entry(folder, "2023-24", BUILT, made(catalogue, seen(value=150.0)))
    assert len(list_releases(folder, BUILT)) == 2
    assert hidden(opened(catalogue, folder, seen(value=101.0))) == {"lado_contacts.count"}
    adopt(folder)
    assert len(list((folder / "ledger").iterdir())) == len(list_releases(folder, BUILT)) == 2


def test_a_release_and_its_entry_have_one_mark_with_earlier_years_and_in_any_order(tmp_path, catalogue):
    share = {**MET, "measure_type": "percent", "unit": "percent", "value": 42.0, "decimals": 1, "denominator": 253.0}
    now = made(catalogue, seen(value=253.0), seen(**share, numerator=106.3))
    before = made(catalogue, seen(value=202.0, period=LAST), seen(**MET, value=None, symbol="[c]", period=LAST))
    release = tmp_path / "2023-24" / "shared"
    release.mkdir(parents=True)
    write_statistics(now, release)
    write_store(a_release(statistics=tuple(now), history=tuple(before)), release)
    write_entry(tmp_path, "2023-24", SHARED, [*reversed(before), *now])
    adopt(tmp_path)
    assert len(list((tmp_path / "ledger").iterdir())) == len(list_releases(tmp_path, BUILT)) == 1


MEAN = {"measure_type": "mean", "unit": "days", "decimals": 1, "value": 8.0, "denominator": 10.0}


@pytest.mark.parametrize(
    ("value", "of", "shown"),
    [
        (8.3, 11.0, False),
        (8.3, 14.0, False),
        (8.3, 15.0, True),
        (8.0, 11.0, False),  # the eleventh scored 8, too
        (8.3, 10.0, False),  # the score of one of the ten was corrected
        (8.0, 10.0, True),
    ],
)
@pytest.mark.parametrize("kind", ["mean", "median"])
def test_a_mean_that_few_late_records_moved_is_hidden(tmp_path, catalogue, kind, value, of, shown):
    mean = {**MEAN, "measure_type": kind}
    folder = printed(tmp_path, catalogue, "2022-23", seen(**mean, period=LAST))
    gated = opened(catalogue, folder, seen(**{**mean, "value": value, "denominator": of}, period=LAST))
    assert gated.statistics[0].published == shown
    assert gated.audit.passed


def test_a_mean_that_moved_is_hidden_where_its_number_of_people_was_not_printed(tmp_path, catalogue):
    folder = printed(tmp_path, catalogue, "2022-23", seen(**{**MEAN, "denominator": None}, period=LAST))
    moved = {**MEAN, "value": 8.3, "denominator": 30.0}
    assert hidden(opened(catalogue, folder, seen(**moved, period=LAST))) == {"lado_contacts.mean.y-1"}


@pytest.mark.parametrize(("value", "shown"), [(8100.0, False), (8000.0, True)])
def test_a_sum_that_one_late_record_moved_is_hidden(tmp_path, catalogue, value, shown):
    amount = {"measure_type": "amount", "unit": "gbp", "period": LAST}
    folder = printed(tmp_path, catalogue, "2022-23", seen(**amount, value=8000.0))
    assert opened(catalogue, folder, seen(**amount, value=value)).statistics[0].published == shown


@pytest.mark.parametrize(("value", "shown"), [(42.7, False), (45.0, True)])
def test_a_share_without_numbers_that_few_moved_is_hidden(tmp_path, catalogue, value, shown):
    share = {**MET, "measure_type": "percent", "unit": "percent", "decimals": 1}
    total = seen(value=253.0)
    folder = printed(tmp_path, catalogue, "2023-24", total, seen(**share, value=42.3))  # of 253: 0.4 % are one
    assert opened(catalogue, folder, total, seen(**share, value=value)).statistics[1].published == shown


@pytest.mark.parametrize("compared", [False, True])
def test_a_late_record_hides_what_it_moved_and_nothing_else(tmp_path, shipped_catalogue, compared):
    # a later report compares with these, without their numbers: it says of none that it is what it was;
    # the shares read as they did; those above the line of the second were printed, and still are elsewhere
    def year(concerns, police, repeated):
        sources = {"police": police, "other": 2952.0}
        split = [seen(value=n, dimension="source", category=name, **CONCERNS) for name, n in sources.items()]
        share = {"measure_type": "percent", "unit": "percent", "decimals": 1, "denominator": concerns, "period": LAST}
        repeat = seen(**share, indicator="repeat_concerns", value=20.3, numerator=repeated)
        led = seen(**share, indicator="concern_to_section42_conversion", value=28.7, numerator=951.0)
        enquiries = seen(indicator="section42_enquiries", value=951.0, period=LAST)
        return [seen(value=concerns, **CONCERNS), *split, repeat, led, enquiries]

    before = year(3308.0, 356.0, 671.0)
    folder = printed(tmp_path, shipped_catalogue, "2022-23", *before)
    if compared:
        printed(folder, shipped_catalogue, "2024-25", *(replace(o, numerator=None, denominator=None) for o in before))
    gated = opened(shipped_catalogue, folder, *year(3309.0, 357.0, 672.0))
    names = {"count", "source.police.count"}
    moved = {f"safeguarding_concerns.{name}.y-1" for name in names} | {"repeat_concerns.percent.y-1"}
    assert hidden(gated) == moved | {"concern_to_section42_conversion.percent.y-1"}
    assert gated.audit.passed and gated.audit.narrowest >= 5
    assert gated.protection.known_before == ()
