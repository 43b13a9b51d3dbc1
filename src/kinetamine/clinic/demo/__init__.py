"""A clinic for trying things out: people who are evidently invented, and courses that the simulator made."""
