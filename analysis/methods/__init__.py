"""Methods: pure functions of numbers. Each answer carries its value, limits, method and source."""
