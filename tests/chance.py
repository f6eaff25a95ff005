"""How many random cases the tests try: as many each time, or more where somebody wants to look for new ones."""

import os

MORE = int(os.environ.get("SAFEGUARDING_EXAMPLES", "1"))  # times as many, and others each time
