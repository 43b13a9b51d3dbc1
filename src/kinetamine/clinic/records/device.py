"""A monitor at a chair, and how it proves that it is that one."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from kinetamine.clinic.records.base import ID, NAME, Record, ties


class Device(Record):
    """A device that sends readings.

    Attributes:
        user_id: whom its entries are by; a user in the role of a device, who cannot sign in.
        mac: keyed hash of its token, which is known to the device alone.
        active: False once it was revoked; there is no way back.
    """

    __tablename__ = "devices"
    __table_args__ = ties(("name",), user_id="users")
    kind = "device"

    user_id: Mapped[str] = mapped_column(ID)
    name: Mapped[str] = mapped_column(NAME)
    chair: Mapped[str] = mapped_column(NAME)
    mac: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool]
