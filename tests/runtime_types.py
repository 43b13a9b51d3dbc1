"""What checks types while the tests run: beartype, with an int wherever a float is expected (PEP 484)."""

from __future__ import annotations

from beartype import BeartypeConf, beartype

checked = beartype(conf=BeartypeConf(is_pep484_tower=True))
"""Given to jaxtyping in pyproject.toml, for the modules whose functions take arrays."""
