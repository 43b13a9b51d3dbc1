"""Imported by the process that the others are forked from: they begin warm, a killed one is replaced at once."""

from __future__ import annotations

import gc

from kinetamine.web.jobs.warmth import warm

warm()
gc.freeze()  # what is here stays shared between the processes
