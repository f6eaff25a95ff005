"""The order of rooms that docs/house.md draws, held: no import upwards, no circle, no file too long to read."""

import ast
import re
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from analysis.settings import REPOSITORY

HOUSE = "analysis"
BESIDE = ("synthetic", "tools", "benchmarks", "tests")  # these may use analysis/, which may not use them
OF_THE_WHOLE = ("browser", "data", "notebooks")  # tests of what is made, sent and run, not of a room
LONGEST = 300  # lines of a file


def read_order(page: str) -> list[str]:
    """Return the rooms in the order of the page's table, ground floor first."""
    first_cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    return [name for cell in first_cells for name in re.findall(r"`(\w+)/?`", cell)]


def list_modules(root: Path, *packages: str) -> dict[str, Path]:
    """Return the files of packages by the names of their modules."""
    paths = [path for package in packages for path in sorted((root / package).rglob("*.py"))]
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def list_imports(module: str, path: Path, modules: Iterable[str]) -> set[str]:
    """Return those of the modules that a file imports, in its functions too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    names = {name for node in ast.walk(tree) for name in _name_imports(node, package, modules)}
    return {name for name in names if name in modules} - {module}


def _name_imports(node: ast.AST, package: str, modules: Iterable[str]) -> Iterator[str]:
    """Return the names that a statement imports: `from a import b` is `a.b` where that is a module, else `a`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = ".".join(package.split(".")[: package.count(".") + 2 - node.level]) if node.level else ""
        base = ".".join(part for part in (above, node.module) if part)
        whole = {alias.name: f"{base}.{alias.name}" for alias in node.names}
        yield from (name if name in modules else base for name in whole.values())


def map_imports(root: Path, *packages: str) -> dict[str, set[str]]:
    """Return the modules of the packages, each with those among them that it imports."""
    modules = list_modules(root, *packages)
    return {module: list_imports(module, path, modules) for module, path in modules.items()}


def name_room(module: str) -> str:
    """Return the room that a module of analysis/ is in; the front door is called as the whole house."""
    return (module.split(".")[1:] or [HOUSE])[0]


def find_upward(imports: dict[str, set[str]], order: list[str]) -> list[str]:
    """Return the imports of a room that isn't above the importing one in the order."""
    floors = {room: floor for floor, room in enumerate(order)}
    pairs = sorted((module, name) for module, names in imports.items() for name in names)
    return [f"{module} imports {name}" for module, name in pairs if floors[name_room(name)] > floors[name_room(module)]]


def find_circle(imports: dict[str, set[str]]) -> list[str]:
    """Return the modules of one circle of imports, the first again at its end; none where there is no circle."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


@pytest.fixture(scope="module")
def order() -> list[str]:
    return read_order((REPOSITORY / "docs" / "house.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def imports() -> dict[str, set[str]]:
    return map_imports(REPOSITORY, HOUSE, *BESIDE)


@pytest.fixture(scope="module")
def within(imports) -> dict[str, set[str]]:
    """The imports within analysis/ alone."""
    return {module: {name for name in names if is_ours(name)} for module, names in imports.items() if is_ours(module)}


def is_ours(module: str) -> bool:
    return module.split(".")[0] == HOUSE


def test_every_room_has_one_place_in_the_table(order, within):
    assert sorted(order) == sorted({name_room(module) for module in within})


def test_the_folders_of_tests_mirror_the_rooms(order):
    tests = REPOSITORY / "tests"
    folders = {path.relative_to(tests).parts[0] for path in tests.glob("*/**/test_*.py")}
    assert folders <= {*order, *BESIDE, *OF_THE_WHOLE}


def test_a_room_imports_only_from_rooms_above_it(order, within):
    assert find_upward(within, order) == []


def test_no_modules_import_each_other_in_a_circle(imports):
    assert find_circle(imports) == []


def test_nothing_in_the_house_imports_what_stands_beside_it(imports):
    assert [(module, name) for module in imports for name in imports[module] if is_ours(module) > is_ours(name)] == []


def test_no_file_is_longer_than_can_be_read_at_a_sitting():
    lengths = {module: path.read_text("utf-8").count("\n") for module, path in list_modules(REPOSITORY, HOUSE).items()}
    assert {module: lines for module, lines in lengths.items() if lines > LONGEST} == {}


@pytest.fixture
def small_house(tmp_path) -> dict[str, set[str]]:
    """Two rooms, `cellar` below `attic`, whose modules import in every form there is."""
    files = {
        "analysis/__init__.py": "from analysis.attic import roof",
        "analysis/cellar/__init__.py": "",
        "analysis/cellar/wine.py": "import os\ndef pour():\n    from ..attic.roof import tile",
        "analysis/cellar/coal.py": "import analysis.cellar.wine",
        "analysis/attic/__init__.py": "from .roof import tile",
        "analysis/attic/roof.py": "from analysis.cellar import coal\nfrom analysis.attic import beam\ntile = 1",
        "analysis/attic/beam.py": "from analysis.cellar import nothing",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return map_imports(tmp_path, HOUSE)


def test_imports_are_seen_in_functions_and_in_every_form(small_house):
    assert small_house == {
        "analysis": {"analysis.attic.roof"},
        "analysis.cellar": set(),
        "analysis.cellar.wine": {"analysis.attic.roof"},
        "analysis.cellar.coal": {"analysis.cellar.wine"},
        "analysis.attic": {"analysis.attic.roof"},
        "analysis.attic.roof": {"analysis.cellar.coal", "analysis.attic.beam"},
        "analysis.attic.beam": {"analysis.cellar"},
    }


def test_an_import_upwards_and_a_circle_are_found(small_house):
    assert find_upward(small_house, ["cellar", "attic", HOUSE]) == ["analysis.cellar.wine imports analysis.attic.roof"]
    assert set(find_circle(small_house)) == {f"{HOUSE}.{name}" for name in ("cellar.wine", "cellar.coal", "attic.roof")}
    small_house["analysis.cellar.wine"].clear()
    assert find_circle(small_house) == []


def test_the_order_is_that_of_the_rows_and_of_the_names_in_a_row():
    page = "| room | holds |\n|---|---|\n| `errors`, `settings` | faults |\n| `charts/` | no `report/` of theirs |\n"
    assert read_order(page) == ["errors", "settings", "charts"]
