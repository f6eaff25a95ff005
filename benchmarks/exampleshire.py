"""Making five synthetic years, beside drawing one table of them row by row in plain Python.

    python -m benchmarks.exampleshire

Both are told in processor time, so that a busy machine doesn't change the ratio. The row-by-row way makes only the
contacts of one year, without a child, a history or anything that follows.
"""

import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from synthetic.generate import YEARS, generate
from synthetic.returns import write_year
from synthetic.settings import load_settings


def main() -> None:
    """Measure and print: seconds, rows a second, the ratio, peak memory."""
    seed = load_settings()["seed"]
    records, seconds = timed(lambda: generate(seed))
    rows = sum(len(frame) for year in records.values() for tables in year.values() for frame in tables.values())
    made = f"{rows:,} rows, {rows / seconds:,.0f} a second"
    print(f"generate, {len(YEARS)} years: {seconds:.1f} s of processor time, {made}")
    wanted = len(records["2023-24"]["D16"]["contacts"])
    _, plain = timed(lambda: draw_row_by_row(seed, wanted))
    print(f"row by row, contacts of one year: {plain:.2f} s, {wanted:,} rows, {wanted / plain:,.0f} a second")
    print(f"ratio of rows a second: {rows / seconds / (wanted / plain):.2f}")
    with tempfile.TemporaryDirectory() as folder:
        _, writing = timed(lambda: write_year(Path(folder), "2023-24", records["2023-24"], seed))
    print(f"write one year as returns: {writing:.1f} s")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def timed(work: Callable) -> tuple:
    """Return what the work returns and the processor time that it took, in seconds."""
    before = time.process_time()
    found = work()
    return found, time.process_time() - before


def draw_row_by_row(seed: int, size: int) -> list[dict[str, object]]:
    """Return contacts drawn one at a time from the same shares."""
    rng, settings = random.Random(seed), load_settings()  # noqa: S311
    front, people = settings["front_door"], settings["population"]
    stream = front["streams"]["other"]

    def one(shares: dict[str, float]) -> str:
        return rng.choices(list(shares), list(shares.values()))[0]

    rows = []
    for number in range(size):
        received = datetime(2023, 4, 1) + timedelta(days=rng.randrange(366), hours=rng.uniform(8, 19))
        rows.append(
            {
                "contact_id": f"CO-{number:07x}",
                "received_at": received,
                "channel": one(stream["channel"]),
                "source_agency": one(stream["source"]),
                "reason_code": one(front["reason"]),
                "ethnicity": one(people["ethnicity"]),
                "locality": one(people["localities"]),
                "decided_at": received + timedelta(hours=rng.expovariate(1 / 20)),
                "outcome": one(front["outcome"]),
                "repeat_12m": rng.random() < 0.6,
            }
        )
    return rows


if __name__ == "__main__":
    main()
