"""What every function of the simulator looks like from outside: plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Values = Mapping[str, Any]
Tell = Callable[[str, Any], object]
"""Told the name of an event and its data: what is known before the end."""
Door = Callable[[Values, Tell], Any]
