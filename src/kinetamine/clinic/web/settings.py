"""How the clinic's server is reached; patients' data go over no open network in clear text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kinetamine.errors import FieldError
from kinetamine.web.settings import Settings, is_loopback


@dataclass(frozen=True, kw_only=True)
class ServeSettings(Settings):
    """Addresses and limits, as of the simulator's server.

    Attributes:
        secure: browsers come by HTTPS, which a proxy in front of this server speaks.
    """

    command: ClassVar[str] = "kinetamine clinic serve"
    port: int = 8391
    most_bytes: int = 1_048_576
    secure: bool = False

    def __post_init__(self) -> None:
        """Refuse what is not safe.

        Raises:
            FieldError: and which setting.
        """
        super().__post_init__()
        if not is_loopback(self.host) and not self.secure:
            expected = "this machine's own address, or --https where a proxy in front of it speaks HTTPS"
            raise FieldError("host", self.host, expected)
