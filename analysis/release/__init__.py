"""One release: the stages from returns to it, its store, and how it is opened."""
