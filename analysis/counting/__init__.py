"""Records to observations: a definition is a record alone (`definitions`) or a named function, one module a theme.

`count.count_all` counts every definition whose records are there and names those that can't be counted.
"""
