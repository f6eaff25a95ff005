"""A run: the plan of notebooks, what each did, and the release published whole or not at all."""
