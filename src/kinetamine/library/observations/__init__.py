"""Published observations that models are held against: one CSV a kind, each row with its source."""
