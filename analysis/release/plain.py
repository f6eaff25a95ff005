"""A release as the plain values that its readers took before it was typed; gone when the last of them is converted."""

from typing import Any

import msgspec

from analysis.release.release import Release


def as_plain(release: Release) -> dict[str, Any]:
    """Return the release by the names of old, its statistics as they are."""
    plain = msgspec.to_builtins(release)
    days = ("as_at", "due_date", "received_date")
    return plain | {
        "period": release.period.label,
        "period_end": release.period.end.isoformat() if release.period.end else "",
        "release": release.kind,
        "returns": [entry | {day: entry[day] or "" for day in days} for entry in plain["returns"]],
        "indicators": plain["measures"],
        "statistics": list(release.statistics),
        "history": list(release.history),
        "signals": [finding | {"since": finding["since"] or ""} for finding in plain["findings"]],
        "signal_heads": plain["heads"],
    }
