"""Tables of a draft as cells, each with the labels of its row and column."""

from analysis.drafts.document import Block


def read_table(rows: list[list[str]], place: str, lead: str = "") -> list[Block]:
    """Return the cells of a table whose first row holds the columns' labels and first column those of the rows."""
    if not rows:
        return []
    header = rows[0]
    first = [Block(cell, "cell", lead=lead, sentence=" | ".join(header), place=place) for cell in header if cell]
    cells = [
        make_cell(row, n, header[n] if n < len(header) else "", place) for row in rows[1:] for n in range(len(row))
    ]
    is_quarterly = header[0].strip().lower() in ("quarter", "qtr", "q")
    for cell in cells:
        cell.lead = lead
        cell.row = f"Quarter {cell.row}" if is_quarterly and cell.row in ("1", "2", "3", "4") else cell.row
    return first + [cell for cell in cells if cell.text]


def make_cell(row: list[str], number: int, column: str, place: str) -> Block:
    """Return one cell with the labels of its row and column."""
    return Block(
        row[number],
        "cell",
        row=row[0] if number else "",
        column=column if number else "",
        sentence=" | ".join(row),
        place=place,
    )


def join_heads(rows: list[list[str]], heads: int) -> list[list[str]]:
    """Return the rows with several rows of headers as one."""
    if heads < 2:
        return rows
    width = max(len(row) for row in rows[:heads])
    joined = [" ".join(dict.fromkeys(row[n] for row in rows[:heads] if n < len(row) and row[n])) for n in range(width)]
    return [joined, *rows[heads:]]
