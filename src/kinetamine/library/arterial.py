"""What brings the ketamine of a venous model to the arterial level that the brain follows."""

from __future__ import annotations

from kinetamine.engine.model import Estimate
from kinetamine.engine.system import Arm
from kinetamine.library.pk.kamp_2020 import ENTRY

FV: Estimate = ENTRY.parameters["FV"]
KV: Estimate = ENTRY.parameters["KV"]


def arm() -> Arm:
    """The venous mixing of kamp_2020, fitted to venous levels of two studies, to be turned round."""
    return Arm(fv=FV.value, kv_per_h=KV.value)
