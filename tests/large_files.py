"""A pre-commit hook: refuse files over 500 KB, which are data more often than not."""

import sys
from collections.abc import Sequence
from pathlib import Path

LIMIT = 500 * 1024


def find_large(names: Sequence[str], limit: int = LIMIT) -> list[str]:
    """Return a line for each file that is larger than the limit, in bytes."""
    sizes = {name: Path(name).stat().st_size for name in names if Path(name).is_file()}
    return [f"{name}: {size // 1024} KB, at most {limit // 1024} KB" for name, size in sizes.items() if size > limit]


if __name__ == "__main__":
    found = find_large([name for name in sys.argv[1:] if not name.endswith("requirements.lock")])
    print("\n".join(found))
    sys.exit(bool(found))
