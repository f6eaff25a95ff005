"""Charts of the house: marks in, a picture with its words out. Start at `kinds.draw`."""
