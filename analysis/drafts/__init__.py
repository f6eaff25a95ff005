"""Drafts that people wrote: every figure they claim, held against statistics.

`check.check_draft` is the whole way: read the draft, find the numbers, find what each is said of (without its value),
and only then compare. It abstains rather than guesses.
"""
