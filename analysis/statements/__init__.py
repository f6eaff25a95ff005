"""Statements: sentences ready to be quoted, built from statistics by wording that is data."""
