"""Backups: the whole database in one encrypted file, and the way back."""

from __future__ import annotations

from kinetamine.clinic.backup.dump import back_up
from kinetamine.clinic.backup.restore import restore

__all__ = ["back_up", "restore"]
