"""A run: the plan of notebooks, what each did, and the release published whole or not at all."""

import sys

# nbformat loads jsonschema, which makes 38 grammars of web addresses if it may: two seconds of every process of a run,
# for a form of text that no notebook's schema names.
sys.modules.setdefault("rfc3987_syntax", None)
