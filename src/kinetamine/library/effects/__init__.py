"""Minutes to hours: what a concentration does."""
