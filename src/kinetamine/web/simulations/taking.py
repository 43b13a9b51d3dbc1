"""The fields of a question, one by one; what is left over is the course."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from kinetamine.course import Course
from kinetamine.errors import FieldError, UnknownNameError, nearest
from kinetamine.web.simulations.course import course_of
from kinetamine.web.simulations.door import Values


class Taking:
    """Takes each field once, and refuses what it must not hold in the words that the library would use."""

    def __init__(self, given: Values) -> None:
        """Nothing is taken yet."""
        self._rest = dict(given)
        self._taken: list[str] = []

    def _take(self, name: str, default: Any) -> Any:
        self._taken.append(name)
        if self._rest.get(name, "") is None:
            raise FieldError(name, None, "a value; or leave it out")
        return self._rest.pop(name, default)

    def word(self, name: str, default: str | None = None) -> str | None:
        """Text, or what stands for it."""
        found = self._take(name, default)
        if found is not default and not isinstance(found, str):
            raise FieldError(name, found, "text")
        return None if found is None else str(found)

    def one_of(self, name: str, known: Sequence[str], default: str) -> str:
        """One of a few words.

        Raises:
            FieldError: it is not text.
            UnknownNameError: it is another.
        """
        found = self.word(name, default) or ""
        if found not in known:
            raise UnknownNameError(name, found, known)
        return found

    def flag(self, name: str) -> bool:
        """Whether something is wanted; not, if it is not said."""
        found = self._take(name, default=False)
        if not isinstance(found, bool):
            raise FieldError(name, found, "true or false")
        return found

    def whole(self, name: str, default: int | None) -> int | None:
        """A whole number, or what stands for it."""
        found: object = self._take(name, default)
        if found is default:
            return default
        if isinstance(found, float) and found.is_integer():
            found = int(found)
        if isinstance(found, bool) or not isinstance(found, int):
            raise FieldError(name, found, "a whole number")
        return found

    def number(self, name: str, default: float) -> float:
        """A number."""
        return _number(name, self._take(name, default))

    def numbers(self, name: str, default: Sequence[float]) -> tuple[float, ...]:
        """A list of numbers."""
        found = self._take(name, default)
        if not isinstance(found, list | tuple):
            raise FieldError(name, found, "a list of numbers")
        return tuple(_number(name, one) for one in found)

    def named_numbers(self, name: str) -> dict[str, float]:
        """Numbers by name."""
        found = self._take(name, {})
        if not isinstance(found, dict):
            raise FieldError(name, found, "numbers by name")
        return {key: _number(name, value) for key, value in found.items()}

    def names(self, name: str) -> tuple[str, ...] | None:
        """A list of names, or None where none is given."""
        found = self._take(name, None)
        if found is None:
            return None
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise FieldError(name, found, "a list of names")
        if not found or len(set(found)) < len(found):
            raise FieldError(name, found, "at least one name, each once")
        return tuple(found)

    def names_or_word(self, name: str, default: str) -> str | tuple[str, ...]:
        """A list of names, or one word."""
        if isinstance(self._rest.get(name, default), str):
            return self.word(name, default) or default
        return self.names(name) or default

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """Pairs of names."""
        found = self._take(name, [])
        if not isinstance(found, list) or not all(_is_pair(one) for one in found):
            raise FieldError(name, found, 'pairs of names, such as [["ketamine_arterial_max", "madrs_24h"]]')
        return [(one, other) for one, other in found]

    @property
    def has_more(self) -> bool:
        """Whether anything is left."""
        return bool(self._rest)

    def course(self) -> Course:
        """What is left, as a course.

        Raises:
            InputError: it is none; a field that is not known may be like one of the others.
        """
        return course_of(self._rest)

    def done(self) -> None:
        """Refuse what is left.

        Raises:
            FieldError: a field that this question does not have.
        """
        for key in self._rest:
            expected = "one of the keys " + ", ".join(self._taken) if self._taken else "one of the keys: there are none"
            raise FieldError("course", key, expected, nearest(key, self._taken))


def _number(name: str, found: object) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        raise FieldError(name, found, "a number")
    return float(found)


def _is_pair(found: object) -> bool:
    return isinstance(found, list) and len(found) == 2 and all(isinstance(one, str) for one in found)
