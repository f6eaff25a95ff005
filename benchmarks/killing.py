"""Builds killed at random moments: what stays behind, which report stands, and whether the next build simply works.

A small partnership is built again and again, each time stopped by SIGKILL or SIGTERM at another moment; afterwards
processes, folders and the last good report are looked at. A slow check more than a measurement.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import psutil

from analysis.runs.made import digest_files
from tests.partial import make_partnership

SECTIONS = ("02_safeguarding_arrangements", "12_5_domestic_abuse")
COMMAND = (sys.executable, "-c", "from analysis.cli import main; main()", "build", "--partnership", "small", "--force")
KILLED = {signal.SIGKILL: 50, signal.SIGTERM: 15, signal.SIGINT: 5}
GRACE = 10.0  # seconds that a process may take to end
FIRST = 0.2  # seconds after which the program surely runs: before its first line an interrupt is the interpreter's own


class Place:
    """A folder of its own with a small partnership, built once."""

    def __init__(self, root: Path):
        make_partnership(root / "data", "small", "E10000008", SECTIONS)
        self.release = root / "output" / "small" / "2023-24" / "shared"
        (root / "scratch").mkdir()
        places = {
            "SAFEGUARDING_DATA": root / "data",
            "SAFEGUARDING_OUTPUT": root / "output",
            "TMPDIR": root / "scratch",
        }
        self.environment = {**os.environ, **{name: str(path) for name, path in places.items()}}
        self.scratch = root / "scratch"
        started = time.monotonic()
        self.build()
        self.seconds = time.monotonic() - started

    def build(self) -> None:
        """Build the report to its end."""
        subprocess.run(COMMAND, env=self.environment, check=True, capture_output=True)  # noqa: S603

    def list_processes(self) -> list[psutil.Process]:
        """Return the processes that a build of this place started and that still run."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            told: Mapping[str, str] = process.environ()
            alive = process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False
        output = self.environment["SAFEGUARDING_OUTPUT"]
        return alive and process.pid != os.getpid() and told.get("SAFEGUARDING_OUTPUT") == output

    def kill_one(self, number: int, after: float) -> list[str]:
        """Stop a build by a signal after so many seconds; return what is wrong afterwards."""
        before = digest_files(self.release)
        build = subprocess.Popen(  # noqa: S603
            COMMAND, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        time.sleep(after)
        ended = build.poll() is not None
        build.send_signal(number)
        told = build.communicate()[1]
        return [
            *self._find_processes(),
            *(["the report is half done"] if not self._is_whole(before) else []),
            *([f"a traceback was printed: {told[-400:]}"] if "Traceback" in told else []),
            *(["its exit status is 0"] if build.returncode == 0 and not ended else []),
            *(self._find_folders() if number != signal.SIGKILL else []),
        ]

    def _find_processes(self) -> list[str]:
        deadline = time.monotonic() + GRACE
        while (left := self.list_processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        for process in left:
            process.kill()
        return [f"{len(left)} processes still run"] if left else []

    def _is_whole(self, before: Mapping[str, str]) -> bool:
        """Whether the last good report stands, or the new one, whole."""
        after = digest_files(self.release)
        return after == before or after.keys() == before.keys()

    def _find_folders(self) -> list[str]:
        left = [path.name for path in self.release.parent.iterdir() if path.name.startswith((".staging", ".aside"))]
        return [f"left behind: {name}" for name in [*left, *(path.name for path in self.scratch.iterdir())]]

    def find_after_all(self) -> list[str]:
        """Build once more, to the end; return what is wrong then."""
        self.build()
        return [*self._find_folders(), *self._find_processes()]


def kill_builds(root: Path, killed: Mapping[int, int], chance: random.Random) -> Counter[str]:
    """Stop so many builds by each signal at random moments; return what was wrong, and how often."""
    place, wrong = Place(root), Counter()
    for number, count in killed.items():
        for _ in range(count):
            wrong.update(place.kill_one(number, chance.uniform(FIRST, 1.1 * place.seconds)))
        wrong.update(place.find_after_all())  # else what one signal leaves is laid to the next
    return wrong


def main() -> None:
    """Print what was wrong after the builds that were stopped."""
    with tempfile.TemporaryDirectory() as root:
        wrong = kill_builds(Path(root), KILLED, random.Random(2024))  # noqa: S311
    told = ", ".join(f"{count} times {what}" for what, count in wrong.items()) or "nothing"
    asked = sum(KILLED.values()) - KILLED[signal.SIGKILL]
    print(f"{KILLED[signal.SIGKILL]} builds killed, {asked} asked to stop; wrong afterwards: {told}")


if __name__ == "__main__":
    main()
