"""Checks of a year's returns: a rule is one small named function; `rule.REGISTER` holds them all."""
