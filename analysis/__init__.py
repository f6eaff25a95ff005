"""Turn a year of agencies' returns into a safeguarding partnership's report."""
