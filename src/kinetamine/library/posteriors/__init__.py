"""Joint draws of the numbers that a calibration fitted, one table for each mechanism."""
