"""Records to observations: one named function a definition, one module a theme.

`count.count_all` counts every definition whose records are there and names those that can't be counted.
"""
