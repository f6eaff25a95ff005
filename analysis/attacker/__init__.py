"""An attacker apart from the gate: he reads the files of a release, as anybody can, and works out what it hides.

He shares no code with disclosure control, nor its lists of what adds up to what. What he knows of the field he finds
in the figures: what has always agreed, wherever both were printed, he takes to agree where one of them is hidden.
"""
