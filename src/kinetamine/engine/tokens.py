"""The clinic's text cut into numbers, words and marks, and a cursor that walks over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from kinetamine.errors import FieldError, nearest

Value = TypeVar("Value")

_PIECE = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<word>[^\W\d_]+(?:[./-][^\W\d_]+)*)\.?"
    r"|(?P<mark>\S)"
)
_HYPHENATED = re.compile(r"(?<=\d)-(?=[a-z])")  # 40-min
# The signs of the enantiomers and the multiplication sign, in the letters that the vocabulary uses.
_SPELLINGS = {"(s)-": "s-", "(r)-": "r-", "s(+)-": "s-", "s-(+)-": "s-", "r(-)-": "r-", "r-(-)-": "r-", "\u00d7": " x "}
_NUMBER_WORDS = {
    word: float(value)
    for value, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
}
_LONGEST_PHRASE = 3
_LARGEST = 1e6


@dataclass(frozen=True)
class Token:
    """One number, word or mark, and where it stood."""

    kind: Literal["number", "word", "mark"]
    text: str
    start: int
    end: int

    @property
    def value(self) -> float:
        """The number it is."""
        return _NUMBER_WORDS[self.text] if self.text in _NUMBER_WORDS else float(self.text)


def tokenise(text: str) -> tuple[str, list[Token]]:
    """The text as it will be quoted, and its tokens."""
    plain = _HYPHENATED.sub(" ", text.casefold())
    for spelling, usual in _SPELLINGS.items():
        plain = plain.replace(spelling, usual)
    return plain, [token for piece in _PIECE.finditer(plain) for token in _tokens(piece)]


def _tokens(piece: re.Match[str]) -> Iterable[Token]:
    start, end, text = piece.start(), piece.end(), piece.group().rstrip(".") or "."
    if piece["number"]:
        yield Token("number", text, start, end)
    elif piece["mark"]:
        yield Token("mark", text, start, end)
    elif "-" in text and not text.startswith(("s-", "r-")):
        for part in text.split("-"):  # twice-weekly
            yield _word(part, start, end)
    else:
        yield _word(text.replace(".", ""), start, end)  # i.v.


def _word(text: str, start: int, end: int) -> Token:
    return Token("number" if text in _NUMBER_WORDS else "word", text, start, end)


@dataclass
class Cursor:
    """A place in the tokens; taking moves on, asking does not."""

    text: str
    tokens: list[Token]
    at: int = 0

    @property
    def token(self) -> Token | None:
        """The next token."""
        return self.ahead(0)

    def ahead(self, steps: int) -> Token | None:
        """A later token."""
        return self.tokens[self.at + steps] if self.at + steps < len(self.tokens) else None

    def take(self, *texts: str) -> bool:
        """Whether the next token is one of these; if so, move past it."""
        found = self.token is not None and self.token.text in texts
        self.at += found
        return found

    def take_number(self) -> float | None:
        """The number that comes next, if one does.

        Raises:
            FieldError: it is larger than anything a course counts or weighs.
        """
        if self.token is None or self.token.kind != "number":
            return None
        self.at += 1
        value = self.tokens[self.at - 1].value
        if value > _LARGEST:
            raise self.error(self.at - 1, f"a number up to {_LARGEST:.0f}")
        return value

    def take_phrase(self, meanings: Mapping[str, Value]) -> Value | None:
        """What the longest phrase that comes next means, if one does."""
        for length in range(_LONGEST_PHRASE, 0, -1):
            words = [token.text for token in self.tokens[self.at : self.at + length]]
            phrase = " ".join(words)
            if len(words) == length and phrase in meanings:
                self.at += length
                return meanings[phrase]
        return None

    def quote(self, since: int) -> str:
        """The text from a token to the last one taken, or that token alone where none was."""
        if since >= len(self.tokens):
            return self.text.strip()
        last = self.tokens[max(self.at - 1, since)]
        return self.text[self.tokens[since].start : last.end]

    def between(self, since: int, until: int) -> str:
        """The text from one token up to another."""
        return self.text[self.tokens[since].start : self.tokens[until - 1].end].strip(" ,;")

    def error(self, since: int, expected: str, known: Iterable[str] = ()) -> FieldError:
        """The error that quotes the text since a token."""
        given = self.quote(since)
        return FieldError("regimen", given, expected, nearest(given, known))
