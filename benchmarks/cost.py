"""What disclosure control costs: figures hidden and why, what is kept, and the time of gate and attack apart.

    python -m benchmarks cost

Each year is made with the releases of the partnership before it out.
"""

import tempfile
from pathlib import Path

from benchmarks.late import make, use

RELEASES = (("exampleshire", "2022-23"), ("exampleshire", "2023-24"), ("hillingdon", "2023-24"))
REASONS = ("primary", "secondary", "consequential", "mined")


def main() -> None:
    """Print the table of docs/disclosure.md."""
    print(f"| | hidden | {' | '.join(REASONS)} | people's figures kept | narrowest | found | gate | attack |")
    print(f"|{'---|' * (len(REASONS) + 7)}")
    with tempfile.TemporaryDirectory() as place:
        use(Path(place), *dict(RELEASES))
        for name, year in RELEASES:
            made = make(name, year)
            done = made.release.disclosure
            why = " | ".join(str(done.reasons.get(reason, 0)) for reason in REASONS)
            print(
                f"| {name} {year} | {done.hidden} of {done.of} | {why} | {done.kept} % | {done.narrowest:.0f}", end=""
            )
            print(f" | {len(made.found)} | {made.gate:.1f} s | {made.attack:.1f} s |", flush=True)
