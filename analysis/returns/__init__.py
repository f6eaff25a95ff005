"""Returns: reading what agencies send, and the register of what came."""
