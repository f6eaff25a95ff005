"""Methods: pure functions of numbers. Each answer carries its value, limits, method and source.

scipy takes long to load, so each function loads its own when it is first called.
"""
