"""The register of rules as the table of docs/checks.md; `python -m analysis.returns.checks.document` prints it."""

from analysis.returns.checks import year  # noqa: F401  enters the rules
from analysis.returns.checks.rule import Rule, get_rules

LEVELS = ("error", "question", "noted")
HEAD = "| rule | level | what it finds | what is allowed |\n|---|---|---|---|\n"


def list_rules() -> str:
    """Return the rules as a table in Markdown: errors first, then questions, then what is noted, each by name."""
    ordered = sorted(get_rules().values(), key=lambda rule: (LEVELS.index(rule.level), rule.id))
    return HEAD + "".join(map(_row, ordered))


def _row(rule: Rule) -> str:
    return f"| `{rule.id}` | {rule.level} | {rule.what} | {rule.allowed or '-'} |\n"


if __name__ == "__main__":
    print(list_rules(), end="")
