"""The catalogue: what every measure is, its words, units, periods and terms, and what follows from them."""
