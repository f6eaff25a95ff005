"""The typed statistic, completed in stages: value, interval, comparisons, status, statement."""
