"""A shared store doesn't change with what it hides: then no page, chart, sentence, order, axis or id made of it can."""

import csv
import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from analysis.cli.main import run
from analysis.figures.model import Statistic
from analysis.release import stages
from analysis.release.stages import prepare

STAGES = {"risk assessment": ("1", "2"), "police investigation": ("3", "2")}
SECTORS = {"agency school staff": ("3", "4"), "foster carers": ("2", "1")}


def change(hillingdon, indicator: str, values: dict[str, tuple[str, str]]) -> None:
    """Change figures of the partnership's own copy from the first value to the second."""
    (path,) = [
        p for p in (hillingdon / "2023-24" / "returns").glob("*.csv") if f"\n{indicator}," in p.read_text("utf-8")
    ]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [row for row in rows if row["indicator"] == indicator and row["category"] in values]
    assert [row["value"] for row in found] == [values[row["category"]][0] for row in found]
    assert len(found) == len(values)
    for row in found:
        row["value"] = values[row["category"]][1]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def make(release: str) -> dict:
    """Return the release as plain values, without the moment at which it was made."""
    return msgspec.to_builtins(prepare("hillingdon", "2023-24", release).release) | {"made_at": ""}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """Both releases of the partnership as it ships."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path_factory.mktemp("outputs")))
        patch.delenv("SAFEGUARDING_DATA", raising=False)
        return {release: make(release) for release in ("shared", "internal")}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("indicator", "values"), [("lado_open_cases", STAGES), ("lado_substantiated", SECTORS)], ids=["stages", "sectors"]
)
def test_other_hidden_numbers_with_the_same_totals_make_the_same_store(shipped, hillingdon, indicator, values):
    before = shipped["shared"]
    change(hillingdon, indicator, values)
    after = make("shared")
    assert {part for part in after if repr(after[part]) != repr(before[part])} == set()
    assert repr(make("internal")) != repr(shipped["internal"])


HIDDEN_IN_EXAMPLESHIRE = {
    "plans_started.ethnicity.other.count": 1,
    "plans_started.ethnicity.mixed.count": -1,
    "housing_cases.home.hotel.count": 1,
    "housing_cases.home.temporary-accommodation.count": -1,
    "child_protection_plans.ethnicity.other.count": -1,
    "child_protection_plans.ethnicity.mixed.count": 1,
    "child_protection_plans.category_of_abuse.sexual-abuse.count": -1,
    "child_protection_plans.category_of_abuse.physical-abuse.count": 1,
    "looked_after_started.age_band.under-1.count": 1,
    "looked_after_started.age_band.18-and-over.count": -1,
    "uasc_population.sex.male.count": 1,
    "uasc_population.sex.female.count": -1,
    "nrm_referrals_of_children.exploitation.sexual.count": 1,
    "nrm_referrals_of_children.exploitation.labour.count": -1,
    "lado_open_cases.stage.risk-assessment.count": 1,
    "lado_open_cases.stage.internal-investigation.count": -1,
    "idva_referrals_accepted.source.other.percent": -1,
    "idva_referrals_accepted.source.voluntary.percent": 1,
    "cait_positive_outcomes.offence_group.neglect.percent": 1,
    "cait_positive_outcomes.offence_group.other.percent": -1,
    "abuse_type.abuse_type.discriminatory.percent": 1,
    "meeting_attendance.agency.adult_services.percent": -1,
    "meeting_attendance.agency.probation.percent": 1,
    "risk_reduced_or_removed.month.2023-05.percent": 1,
    "risk_reduced_or_removed.month.2023-06.percent": -1,
    "fire_deaths.count": 1,
    "domestic_homicide_reviews.count": -1,
    "sar_referrals_considered.count": 1,
    "second_plans.month.2023-04.percent": 1,
    "second_plans.month.2023-08.percent": -1,
}


def move(s: Statistic) -> Statistic:
    """Return a figure of exampleshire with another hidden number, or number above its line, of the same totals."""
    step = HIDDEN_IN_EXAMPLESHIRE.get(s.statistic_id, 0)
    if not step or s.measure_type == "count":
        return replace(s, value=s.value + step) if step else s
    part = s.numerator + step
    return replace(s, numerator=part, value=round(100 * part / s.denominator, s.decimals))


CLOCK = re.compile(
    r"\d{4}-\d\d-\d\d(?:T| at )\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|\+00:00| UTC)?"
    r"|\d{1,2} \w+ \d{4} at \d\d:\d\d UTC"
    r'|(?<="seconds": )[\d.]+|(?<="duration": )[\d.]+'
)


LOG = "log.jsonl"


def read_folder(folder: Path) -> dict[str, str]:
    """Return every file of a release, packed ones file by file, less when it was made and how long that took."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name in [name for name, data in files.items() if data.startswith(b"PK")]:
        with ZipFile(BytesIO(files.pop(name))) as pack:
            files |= {f"{name}!{inner}": pack.read(inner) for inner in pack.namelist()}
    told = {name: CLOCK.sub("", data.decode("utf-8", errors="surrogateescape")) for name, data in files.items()}
    return told | {LOG: "\n".join(sorted(told[LOG].splitlines()))}  # its lines stand in the order of their ends


def list_differences(before: Path, after: Path) -> set[str]:
    one, other = read_folder(before), read_folder(after)
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


@pytest.mark.slow
def test_other_hidden_numbers_make_the_same_folder_to_the_byte(hillingdon, releases, tmp_path):
    for indicator, values in (("lado_open_cases", STAGES), ("lado_substantiated", SECTORS)):
        change(hillingdon, indicator, values)
    assert run(["build", "--jobs", "2"]) == 0
    made = tmp_path / "outputs" / "hillingdon" / "2023-24" / "shared"
    assert list_differences(releases["shared"], made) == set()
    assert list_differences(releases["internal"], made)


@pytest.mark.slow
def test_other_hidden_numbers_of_records_make_the_same_folder_to_the_byte(
    exampleshire_release, exampleshire_beside, tmp_path, monkeypatch
):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path))
    counted = exampleshire_beside.counted
    moved = list(map(move, counted.statistics))
    assert sum(a != b for a, b in zip(moved, counted.statistics, strict=True)) == len(HIDDEN_IN_EXAMPLESHIRE)
    monkeypatch.setattr(stages, "count", lambda *_, **__: replace(counted, statistics=moved))
    assert run(["build", "--partnership", "exampleshire", "--jobs", "2"]) == 0
    made = tmp_path / "exampleshire" / "2023-24" / "shared"
    shown = {s["statistic_id"]: s["symbol"] for s in json.loads((made / "statistics.json").read_text("utf-8"))}
    assert {shown[id] for id in HIDDEN_IN_EXAMPLESHIRE} == {"[c]"}
    assert list_differences(exampleshire_release, made) == set()
