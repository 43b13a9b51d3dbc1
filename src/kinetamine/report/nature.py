"""What every result says of itself, once, where users see it."""

from __future__ import annotations

NATURE = "A model prediction, not a measurement; not a medical device, no dosing advice."
USE = "Research, teaching and supervised clinical use; not a medical device, no dosing advice."
