"""What a draw of a plain table may use."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from synthetic.people import Children

DAY = "_day"


@dataclass(frozen=True)
class Making:
    """What a draw may use: its random stream, the rows so far, the seed, the table, and the children."""

    rng: np.random.Generator
    rows: pd.DataFrame
    seed: int
    name: str
    children: Children

    @property
    def size(self) -> int:
        """How many rows the table has."""
        return len(self.rows)

    @property
    def days(self) -> np.ndarray:
        """The day of each row."""
        return self.rows[DAY].to_numpy("datetime64[D]")
