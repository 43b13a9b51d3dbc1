"""Hours to weeks: conditions on their scales."""
