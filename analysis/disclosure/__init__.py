"""Disclosure control: what of the counted values may be published, and proof that the rest stays hidden."""
