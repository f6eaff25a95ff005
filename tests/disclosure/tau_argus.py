"""tau-Argus, the statistical offices' own tool, asked about our tables: its audit and its optimal suppression.

Both read a system of cells and sums in its JJ format: a line a cell (number, value, cost, status, least, most, and how
far below, above and in all its interval must reach), then a line a sum. Run in a folder of its own: it leaves logs.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.policy import Policy

CEILING = 10_000  # more people than any table of the tests counts


def find_intervals(
    cells: Sequence[Cell], facts: Sequence[Fact], hidden: Collection[str], policy: Policy, folder: Path
) -> dict[str, tuple[float, float]]:
    """Return the feasible interval of each hidden cell, by the audit of tau-Argus."""
    from pytauargus._tauargus import audit_jj

    status = dict.fromkeys(hidden, "u")
    _write(folder / "audit.jj", cells, facts, status, policy)
    return {cells[row["cell"]].id: (row["min"], row["max"]) for row in audit_jj(str(folder / "audit.jj"))}


def suppress(
    cells: Sequence[Cell], facts: Sequence[Fact], primary: Collection[str], policy: Policy, folder: Path
) -> set[str]:
    """Return the cells that tau-Argus hides besides the primary ones, at the least cost that it can prove.

    It asks of the primary cells alone what our audit asks of every hidden cell, so that it may hide less than we must.
    """
    from pytauargus._tauargus import HiTaSCtrl

    never = "z" if not policy.protect_zero else "s"
    status = {cell.id: "u" if cell.id in primary else never for cell in cells if cell.id in primary or not cell.value}
    _write(folder / "suppress.jj", cells, facts, status, policy)
    if code := HiTaSCtrl().full_jj(in_file_jj=str(folder / "suppress.jj"), out_file=str(folder / "out"), max_time=1):
        raise AssertionError(f"tau-Argus ended with code {code}")
    return {cells[int(line)].id for line in (folder / "out").read_text().split()} - set(primary)


def _write(path: Path, cells: Sequence[Cell], facts: Sequence[Fact], status: Mapping[str, str], policy: Policy) -> None:
    number = {cell.id: at for at, cell in enumerate(cells)}
    lines = [_cell_line(number[cell.id], cell, status.get(cell.id, "s"), policy) for cell in cells]
    sums = [
        f"0 {len(fact.parts) + 1} : {number[fact.whole]} (-1) " + " ".join(f"{number[part]} (1)" for part in fact.parts)
        for fact in facts
    ]
    path.write_text("\n".join(["0", str(len(cells)), *lines, str(len(sums)), *sums, ""]))


def _cell_line(at: int, cell: Cell, status: str, policy: Policy) -> str:
    least = 0 if policy.protect_zero or not cell.value else 1  # a nought that isn't protected is printed, never hidden
    demand = (0, max(policy.threshold - cell.value, 0), policy.threshold) if status == "u" else (0, 0, 0)
    told = (at, cell.value, round(100 * cell.loss), status, least, CEILING, *demand)
    return " ".join(f"{part:g}" if not isinstance(part, str) else part for part in told)
