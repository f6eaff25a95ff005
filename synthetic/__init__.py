"""Exampleshire: a synthetic partnership, seeded, to see every section full and every check at work.

Nothing in it is about anyone: people, agencies and events are drawn at random.
"""
