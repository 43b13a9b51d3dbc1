"""A simulated monitor, for demonstrations and tests: readings of nobody, by a model and a seed."""
