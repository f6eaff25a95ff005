"""Partnerships whose report has some sections alone: Hillingdon's returns, told as those of another council."""

import csv
import re
from collections.abc import Collection
from pathlib import Path

from analysis.official.areas import read_areas
from analysis.settings import REPOSITORY

SOURCE = REPOSITORY / "data" / "hillingdon"
YEAR = "2023-24"
OWN = ("name", "area_code", "geography", "region", "region_code", "rebuilt", "credit")


def make_partnership(root: Path, id: str, code: str, sections: Collection[str]) -> Path:
    """Write the folder of a partnership with some of Hillingdon's sections and its returns of 2023-24, told as those of
    the council with the ONS code, and return it."""
    folder, place = root / id, read_areas().get(code).name
    (folder / YEAR / "returns").mkdir(parents=True)
    text = (SOURCE / "partnership.toml").read_text(encoding="utf-8")
    (folder / "partnership.toml").write_text(_configure(text, place, code, sections), encoding="utf-8")
    lines = [line for line in _read(SOURCE / YEAR / "returns.csv") if line["section"] in sections]
    _write(folder / YEAR / "returns.csv", lines, place)
    for name in {line["file"] for line in lines if line["file"]}:
        _write(folder / YEAR / "returns" / name, _read(SOURCE / YEAR / "returns" / name), place)
    return folder


def _configure(text: str, place: str, code: str, sections: Collection[str]) -> str:
    """Return Hillingdon's file for another place: without the sections that aren't told, and who feeds these alone."""
    dropped = set(re.findall(r'^id = "(.+)"', text, re.MULTILINE)) - set(sections)
    for id in dropped:
        text = text.replace(f'"{id}", ', "").replace(f', "{id}"]', "]").replace(f'"{id}"]', "]")
    blocks = re.split(r"\n\n(?=\[)", text)
    kept = [b for b in blocks if not b.startswith("[[sections]]") or not any(f'id = "{id}"' in b for id in dropped)]
    own = f'name = "{place} Safeguarding Partnership"\narea_code = "{code}"\ngeography = "{place}"\n'
    kept[0] = own + re.sub(rf"^({'|'.join(OWN)}) = .*\n", "", kept[0], flags=re.MULTILINE)
    named = re.findall(r'^agency = "(.+)"', "\n".join(kept), re.MULTILINE)
    return "\n\n".join(b for b in kept if "\nsections = []" not in b or any(f'name = "{name}"' in b for name in named))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]], place: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | {"geography": row["geography"].replace("Hillingdon", place)} for row in rows)
