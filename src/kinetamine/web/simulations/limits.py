"""How much one question may ask for; settled once, when a process starts."""

from __future__ import annotations

from kinetamine.errors import FieldError

_limits = {"most_people": 100_000}


def set_limits(*, most_people: int) -> None:
    """Of this process, from now on."""
    _limits["most_people"] = most_people


def require_people(field: str, people: object) -> None:
    """Refuse more virtual people than one question may ask for; whether they are a number is judged elsewhere.

    Raises:
        FieldError: and the limit.
    """
    most = _limits["most_people"]
    if isinstance(people, int) and people > most:
        raise FieldError(field, people, f"at most {most} people on this server")
