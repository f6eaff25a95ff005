"""Statutory returns as they come, each read into the tables of a contract of its own."""
