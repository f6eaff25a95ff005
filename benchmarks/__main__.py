"""`make bench`: every benchmark of this folder, each against a named alternative in the same run.

Name one or more to run those alone: `python -m benchmarks runs`.
"""

import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent


def list_benchmarks() -> list[str]:
    """Return the names of the modules here that measure something."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main(wanted: list[str]) -> None:
    """Run the benchmarks named, or all of them."""
    names = list_benchmarks()
    for name in wanted or names:
        if name not in names:
            sys.exit(f"unknown benchmark {name!r}; allowed: {', '.join(names)}")
        print(f"\n== {name}", flush=True)
        import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
