"""The formats that are taken, by media type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kinetamine.clinic.feeds import fhir_observation, hl7v2, plain
from kinetamine.clinic.feeds.message import Message, Outcome


@dataclass(frozen=True)
class Format:
    """How one is read and answered."""

    media: tuple[str, ...]
    read: Callable[[bytes], Message]
    answer: Callable[[Outcome, bytes], bytes]


FORMATS = (
    Format(plain.MEDIA, plain.read, plain.answer),
    Format(hl7v2.MEDIA, hl7v2.read, hl7v2.answer),
    Format(fhir_observation.MEDIA, fhir_observation.read, fhir_observation.answer),
)
MEDIA = tuple(media for one in FORMATS for media in one.media)


def format_of(content_type: str) -> Format | None:
    """The format of a body; None where it is none of ours."""
    media = content_type.partition(";")[0].strip().casefold()
    return next((one for one in FORMATS if media in one.media), None)
