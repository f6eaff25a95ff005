"""Charts are measured here in the face that comes with matplotlib, so that the tests hold on every machine.

It is wider than the house's own faces: what fits in it fits in them.
"""

import pytest

from analysis.charts import style, text

FACE = "DejaVu Sans"


@pytest.fixture(autouse=True, scope="package")
def house():
    """Lay every chart out in one face; give the house's own settings."""
    house = style._settings()
    faces = [FACE, *(face for face in house["font.sans-serif"] if face != FACE)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(style, "_settings", lambda: {**house, "font.sans-serif": faces})
        text.width_of.cache_clear()
        yield house
    text.width_of.cache_clear()
