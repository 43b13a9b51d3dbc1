"""What is wrong, told at one field of a form in a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kinetamine.errors import InputError


class ToldError(InputError):
    """Something wrong that belongs to one field, whatever the part that found it calls it."""

    def __init__(self, field: str, message: str) -> None:
        """The field as the form has it, and the whole sentence."""
        self.field = field
        super().__init__(message)


@contextmanager
def at_field(field: str) -> Iterator[None]:
    """Tell whatever is wrong inside at this field.

    Raises:
        ToldError: something is wrong.
    """
    try:
        yield
    except ToldError:
        raise
    except InputError as error:
        raise ToldError(field, str(error)) from error
