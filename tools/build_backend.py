"""The build backend of the package: setuptools, which may install the clone but makes no wheel or archive of it.

The program reads definitions, notebooks and figures that stand beside it in the clone; a wheel would lack them.
"""

import sys

from setuptools.build_meta import (  # noqa: F401
    build_editable,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

REFUSED = (
    "safeguarding-report can't be built as a wheel: it runs from its clone, which holds the definitions and notebooks. "
    "In the clone, run: make setup (or: python -m pip install --editable .)"
)


def build_wheel(*_, **__) -> str:
    """Refuse, in one line that says what to do instead."""
    sys.exit(REFUSED)


build_sdist = build_wheel
