"""Tables of adverse events: for one product each, what a trial counted beside its control."""
