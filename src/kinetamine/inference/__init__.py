"""Calibration: the free numbers of the chain from published group results; needs the extra [inference]."""
