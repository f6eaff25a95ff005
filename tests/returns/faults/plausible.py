"""Wrong returns that look right: nothing in them is impossible, and an analyst would publish them."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.returns.faults.years import Rows

Change = Callable[[Rows, Rows], Rows]  # this year's rows and those of the year before, to the rows that are sent
DAYS = ("received_on", "decision_date", "initial_meeting_date", "outcome_date")
THIS = {"period_start": "2023-04-01", "period_end": "2024-03-31"}


def _every(rows: Rows, **cells: str | Callable[[str], str]) -> Rows:
    """Return the rows with cells written, or changed where they hold anything."""
    return [
        row | {name: (said(row[name]) if row[name] else "") if callable(said) else said for name, said in cells.items()}
        for row in rows
    ]


def _where(rows: Rows, wanted: Callable[[dict[str, str]], bool], **cells) -> Rows:
    return [_every([row], **cells)[0] if wanted(row) else row for row in rows]


def _later(days: int) -> Callable[[str], str]:
    return lambda text: f"{date.fromisoformat(text[:10]) + timedelta(days)}{text[10:]}"


def _renewed(rows: Rows, *names: str) -> Rows:
    """Return the rows with other keys."""
    return [row | {name: f"n{place}{name[:2]}" for name in names} for place, row in enumerate(rows)]


def _copied(rows: Rows, times: int, key: str) -> Rows:
    return [row | {key: f"k{n}{row[key]}"} for n in range(times) for row in rows]


def _swapped(words: dict[str, str]) -> Callable[[str], str]:
    return lambda text: words.get(text, text)


def _nth(number: int) -> Callable[[dict[str, str]], bool]:
    return lambda row: int(row["contact_id"][3:8]) % number == 0


def _of_month(rows: Rows, *months: int) -> Rows:
    return [row for row in rows if int(row["received_on"][5:7]) in months]


def _without_month(rows: Rows, *months: int) -> Rows:
    return [row for row in rows if int(row["received_on"][5:7]) not in months]


def _exchanged(rows: Rows, one: str, other: str) -> Rows:
    return [row | {one: row[other] or "other", other: row[one]} for row in rows]


def _values(rows: Rows, change: Callable[[int], float]) -> Rows:
    """Return counts with all their values changed, the share after them as it was."""
    return [*_every(rows[:9], value=lambda text: str(int(change(int(text))))), *rows[9:]]


def _sectors(rows: Rows, order: Callable[[list[str]], list[str]]) -> Rows:
    """Return counts with other values in one split."""
    values = order([row["value"] for row in rows[3:9]])
    return [*rows[:3], *(row | {"value": value} for row, value in zip(rows[3:9], values, strict=True)), *rows[9:]]


def _share(rows: Rows, top: int, base: int) -> Rows:
    said = {"numerator": str(top), "denominator": str(base), "value": f"{100 * top / base:.1f}"}
    return [*rows[:9], rows[9] | said]


def _number(rows: Rows, row: int, column: str = "value") -> int:
    return int(rows[row][column])


CONTACTS: dict[str, Change] = {
    "half of the rows lost": lambda now, old: now[::2],
    "the first half of a file": lambda now, old: now[: len(now) // 2],
    "the second half of a file": lambda now, old: now[len(now) // 2 :],
    "two thirds of the rows lost": lambda now, old: now[::3],
    "rows twice under new ids": lambda now, old: [*now, *_renewed(now, "contact_id")],
    "rows twice under new ids and settings": lambda now, old: [*now, *_renewed(now, "contact_id", "setting_pseudo")],
    "a fifth of rows twice": lambda now, old: [*now, *_renewed(now[::5], "contact_id")],
    "ten times as many": lambda now, old: _copied(now, 10, "contact_id"),
    "test records": lambda now, old: _where(now, lambda row: row is now[7], setting_pseudo="TEST"),
    "a dummy": lambda now, old: [now[0] | {"contact_id": "dummy 1"}, *now],
    "yes for no": lambda now, old: _every(now, threshold_met=_swapped({"yes": "no", "no": "yes"})),
    "all of one sector": lambda now, old: _every(now, employment_sector="other"),
    "nearly all of one sector": lambda now, old: _where(now, lambda row: not _nth(12)(row), employment_sector="other"),
    "all of one level": lambda now, old: _every(now, contact_level="referral"),
    "no month after December": lambda now, old: [row for row in now if row["received_on"] < "2024-01"],
    "no month before July": lambda now, old: [row for row in now if row["received_on"] >= "2023-07"],
    "a month left out": lambda now, old: _without_month(now, 10),
    "two months left out": lambda now, old: _without_month(now, 6, 7),
    "a month twice": lambda now, old: [*now, *_renewed(_of_month(now, 11), "contact_id")],
    "a month four times over": lambda now, old: [*now, *_copied(_of_month(now, 11), 3, "contact_id")],
    "1 January for a third": lambda now, old: _where(now, _nth(3), received_on="2024-01-01"),
    "the day of the extract for all": lambda now, old: _every(now, received_on="2024-03-28"),
    "the first of the month for all": lambda now, old: _every(now, received_on=lambda day: f"{day[:8]}01"),
    "last year's rows with this year's days": lambda now, old: _every(old, **dict.fromkeys(DAYS, _later(364))),
    "last year's rows beside this year's": lambda now, old: [*now, *_every(old, **dict.fromkeys(DAYS, _later(364)))],
    "keys in two cases": lambda now, old: [*now, *_every(now[:20], contact_id=str.upper)],
    "one sector left out": lambda now, old: [r for r in now if r["employment_sector"] != now[0]["employment_sector"]],
    "a column left empty": lambda now, old: _every(now, referrer_sector=""),
    "two columns exchanged": lambda now, old: _exchanged(now, "employment_sector", "referrer_sector"),
    "weeks for days": lambda now, old: _every(now, days_open=lambda text: str(int(text) // 7)),
    "hours for days": lambda now, old: _every(now, days_open=lambda text: str(int(text) * 24)),
    "one number for all": lambda now, old: _every(now, days_open="5"),
    "half of a column empty": lambda now, old: _where(now, _nth(2), outcome=""),
    "decided on the day received": lambda now, old: [row | {"decision_date": row["received_on"]} for row in now],
    "one setting for all": lambda now, old: _every(now, setting_pseudo="n1"),
    "two weeks of March twice": lambda now, old: [*now[:60], *now[-20:], *_renewed(now[-20:], "contact_id")],
    "outcomes all open": lambda now, old: _every(now, outcome="ongoing"),
}
ACTIVITIES: dict[str, Change] = {  # of nobody: a fifth and more must repeat another
    "a third of rows twice": lambda now, old: [*now, *_renewed(now[::3], "activity_id")],
}
EPISODES: dict[str, Change] = {
    "a locality left out": lambda now, old: [row for row in now if row["locality"] != "North"],
    "a locality renamed": lambda now, old: _every(now, locality=_swapped({"North": "Northern area"})),
    "all of one age": lambda now, old: _every(now, age_band=now[0]["age_band"] or now[1]["age_band"]),
    "all of one sex": lambda now, old: _every(now, sex="F"),
    "boys for girls": lambda now, old: _every(now, sex=_swapped({"F": "M", "M": "F"})),
    "no enquiry": lambda now, old: _every(now, s47_start="", icpc_date="", icpc_outcome=""),
    "no closing": lambda now, old: _every(now, closure_date="", closure_reason=""),
    "all closed on 31 March": lambda now, old: _every(now, closure_date="2024-03-31"),
    "new cases alone": lambda now, old: now[-150:],
    "every child three times": lambda now, old: _copied(now, 3, "child_pseudo"),
    "every need unknown": lambda now, old: _every(now, need_code="N0"),
}
COUNTS: dict[str, Change] = {
    "in hundreds": lambda now, old: _values(now, lambda value: round(value / 100)),
    "all ten times": lambda now, old: _values(now, lambda value: value * 10),
    "all half": lambda now, old: _values(now, lambda value: value / 2),
    "all half as much again": lambda now, old: _values(now, lambda value: value * 1.45),
    "nine months for twelve": lambda now, old: _values(now, lambda value: value * 0.72),
    "last year's figures with this year's days": lambda now, old: _every(old, **THIS),
    "figures of last year but for one": lambda now, old: [now[0], *_every(old[1:9], **THIS)],
    "met for not met": lambda now, old: [
        now[0], now[1] | {"value": now[2]["value"]}, now[2] | {"value": now[1]["value"]}, *now[3:]],
    "a split turned round": lambda now, old: _sectors(now, lambda values: values[::-1]),
    "a split shifted by a row": lambda now, old: _sectors(now, lambda values: [*values[1:], values[0]]),
    "all categories alike": lambda now, old: _sectors(now, lambda values: ["40"] * len(values)),
    "one category left out": lambda now, old: [*now[:3], *now[4:]],
    "half of the figures left out": lambda now, old: now[:5],
    "all rounded": lambda now, old: _values(now, lambda value: 5 * round(value / 5)),
    "the complement of a percentage": lambda now, old: _share(now, _number(now, 0) - 30, _number(now, 0)),
    "a share of the wrong base": lambda now, old: _share(now, _number(now, 9, "numerator"), _number(now, 1)),
    "parts that don't reach the whole": lambda now, old: [now[0] | {"value": str(_number(now, 0) + 90)}, *now[1:]],
    "the whole in place of a part": lambda now, old: _sectors(now, lambda v: [now[0]["value"], *v[1:]]),
}  # fmt: skip
