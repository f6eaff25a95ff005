"""Property tests here have no deadline: on a busy machine the first call of a library is slow, not wrong."""

from hypothesis import settings

settings.register_profile("methods", deadline=None)
settings.load_profile("methods")
