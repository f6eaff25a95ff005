"""What a scheduled build sends by `--notify`: what is new, once, until it changes; what couldn't be sent waits."""

import json
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import click

from analysis.settings import get_output_root

FILE = ".notified"  # beside the reports: what was sent of each, and what wasn't
BUILT = "built"


def notify(command: str, told: Mapping[str, Sequence[str]]) -> None:
    """Send what became of each report, by its name: that it was built, what is wrong unless just that was sent last.

    Says so in one line where the command can't be run or fails; the next call sends it then.
    """
    path = get_output_root() / FILE
    last, unsent = read_sent(path)
    new = {name: lines for name, lines in told.items() if list(lines) in ([], [BUILT]) or list(lines) != last.get(name)}
    news = [*unsent, *(f"{name}: {line}" for name, lines in new.items() for line in lines)]
    waiting = [] if not news or send(command, news) else news
    with suppress(OSError):  # where nothing can be written the build said so
        path.write_text(json.dumps([{**last, **told}, waiting], ensure_ascii=False), encoding="utf-8")


def read_sent(path: Path) -> tuple[dict[str, list[str]], list[str]]:
    """Return the lines last told of each report, and those that couldn't be sent."""
    try:
        last, unsent = json.loads(path.read_text(encoding="utf-8"))
        return dict(last), list(unsent)
    except (OSError, ValueError, TypeError):
        return {}, []


def send(command: str, lines: Sequence[str]) -> bool:
    """Run a command, without a shell, with lines as its input; return whether it went well."""
    text = "\n".join([*lines, ""])
    try:
        subprocess.run(shlex.split(command), input=text, text=True, check=True, timeout=60)  # noqa: S603
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        why = f"--notify could not be run ({type(error).__name__}); no shell reads it, and what it was to say waits"
        click.echo(f"safeguarding: {why} for the next build", err=True)
        return False
    return True
