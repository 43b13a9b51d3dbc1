"""Scales: how symptoms are rated and scored; one file per scale, wording only where it may be reproduced."""
