"""Jobs: processes that simulate, a fair line before them, and what goes to and fro."""

from __future__ import annotations

from kinetamine.web.jobs.desk import Desk, Job, Refusal
from kinetamine.web.jobs.frame import Frame, Way

__all__ = ("Desk", "Frame", "Job", "Refusal", "Way")
