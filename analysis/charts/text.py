"""How wide text is and where its lines break, measured in the house font."""

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.charts.style import SIZE

POINTS_PER_INCH = 72
# A reader's machine may have a face a little wider than ours.
SLACK = 1.03


def clean(text: str) -> str:
    """Return the text in one line, without the control characters that no SVG may hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = SIZE, weight: str = "normal") -> float:
    """Return the width in inches of one line of text in the house font. Call inside `house_style`."""
    font = FontProperties(size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return SLACK * width / POINTS_PER_INCH


def wrap(text: str, width: float, size: float = SIZE, weight: str = "normal") -> tuple[str, ...]:
    """Return the text in lines none wider than `width` inches; words break only where they must."""
    lines: list[str] = []
    for word in _pieces(clean(text), width, size, weight):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _pieces(text: str, width: float, size: float, weight: str) -> list[str]:
    """Return the words; one wider than the column in as many parts as it needs."""
    pieces: list[str] = []
    for word in text.split():
        while width_of(word, size, weight) > width:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or width_of(word[:n], size, weight) <= width)
            pieces.append(word[:cut])
            word = word[cut:]
        pieces.append(word)
    return [piece for piece in pieces if piece]
