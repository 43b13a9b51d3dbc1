"""An answer that is a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Download:
    """A file of text and what it is called."""

    name: str
    media_type: str
    text: str

    def told(self) -> dict[str, str]:
        """Plain values, for those who are told by events."""
        return {"name": self.name, "media_type": self.media_type, "text": self.text}
