"""Everything taken from the literature: one cited file per entry."""
