"""What the chart check finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a figure: the rule (R1 to R10 of `check`), and what breaks it."""

    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"
