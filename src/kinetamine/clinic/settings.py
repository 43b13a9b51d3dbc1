"""What the clinic's side runs on: where its data and keys are, and how long people stay signed in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kinetamine.clinic import keys as key_files
from kinetamine.clinic.keys import Keys
from kinetamine.errors import FieldError

PREFIX = "KINETAMINE_CLINIC_"
_SQLITE, _POSTGRESQL = "sqlite", "postgresql+psycopg"
_WEAK = frozenset({"", "postgres", "password", "kinetamine", "admin", "secret", "changeme", "change-me", "clinic"})
_LEAST_PASSWORD = 12


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Places and limits; unsafe ones are refused.

    Attributes:
        folder: where the data are; nobody but its owner may enter it.
        keys: the four rings.
        database: address of a database; empty: a SQLite file in the folder.
        anchor: file of signed heads of the audit; best on another disk or machine.
        limits: file of the clinic's own limits of alarms and for leaving; None: the one in the folder, if there is one.
        anchor_every: rows of the audit between two heads; 1: every commit.
        clock_tolerance_s: how far the clock may fall back before it counts as set back.
        idle_min: minutes without a request after which a sign-in ends.
        absolute_h: hours after which it ends in any case.
        failures: how many in a row bring the first delay; every further one doubles it.
        first_delay_s: the first delay.
        longest_delay_s: the longest.
    """

    folder: Path
    keys: Keys = field(repr=False)
    database: str = field(default="", repr=False)
    anchor: Path | None = None
    limits: Path | None = None
    anchor_every: int = 1
    clock_tolerance_s: float = 5.0
    idle_min: float = 15.0
    absolute_h: float = 12.0
    failures: int = 5
    first_delay_s: float = 30.0
    longest_delay_s: float = 3600.0

    def __post_init__(self) -> None:
        """Refuse what is not safe or not possible.

        Raises:
            FieldError: and which setting.
        """
        for name in ("anchor_every", "failures"):
            if getattr(self, name) < 1:
                raise FieldError(name, getattr(self, name), "1 or more")
        for name in ("idle_min", "absolute_h", "first_delay_s", "longest_delay_s"):
            if not 0.0 < getattr(self, name) < 1e6:
                raise FieldError(name, getattr(self, name), "more than 0, and below a million")
        if not self.clock_tolerance_s >= 0.0:
            raise FieldError("clock_tolerance_s", self.clock_tolerance_s, "0 or more")
        _own_folder(self.folder)
        if self.database:
            _safe_address(self.database)

    @property
    def address(self) -> str:
        """Where the database is, as SQLAlchemy writes it."""
        return self.database or f"sqlite:///{self.folder / 'clinic.sqlite'}"

    @property
    def anchor_file(self) -> Path:
        """Where signed heads of the audit go."""
        return self.anchor or self.folder / "audit.anchor"

    @property
    def limits_file(self) -> Path | None:
        """Where the clinic's own limits are; None: it uses the published ones."""
        usual = self.folder / "limits.toml"
        return self.limits or (usual if usual.exists() else None)


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment gives.

    ``KINETAMINE_CLINIC_FOLDER``, ``_DATABASE``, ``_ANCHOR``, ``_LIMITS``, ``_ANCHOR_EVERY``, ``_IDLE_MIN``,
    ``_ABSOLUTE_H``; and for each ring of keys (AUDIT, RECORDS, SIGN_IN, BACKUPS) ``_<RING>_KEYS``, its lines, or
    ``_<RING>_KEYS_FILE``, or else the file ``keys/<ring>`` in the folder.

    Raises:
        FieldError: and which setting.
    """
    given = os.environ if environment is None else environment
    folder = folder_of(given)
    return Settings(
        folder=folder,
        keys=Keys(**{purpose: _ring(given, folder, purpose) for purpose in key_files.PURPOSES}),
        database=given.get(PREFIX + "DATABASE", ""),
        anchor=_path(given, "ANCHOR"),
        limits=_path(given, "LIMITS"),
        anchor_every=int(_number(given, "ANCHOR_EVERY", Settings.anchor_every)),
        idle_min=_number(given, "IDLE_MIN", Settings.idle_min),
        absolute_h=_number(given, "ABSOLUTE_H", Settings.absolute_h),
    )


def folder_of(environment: Mapping[str, str]) -> Path:
    """The folder of the data, made for its owner alone.

    Raises:
        FieldError: it is there, and open to others.
    """
    folder = Path(environment.get(PREFIX + "FOLDER") or default_folder(environment)).expanduser().absolute()
    _own_folder(folder)
    return folder


def default_folder(environment: Mapping[str, str]) -> Path:
    """Where data of a person's programs belong."""
    base = environment.get("XDG_DATA_HOME") or Path(environment.get("HOME", "~")) / ".local" / "share"
    return Path(base) / "kinetamine" / "clinic"


def _ring(given: Mapping[str, str], folder: Path, purpose: str) -> key_files.KeyRing:
    name = f"{PREFIX}{purpose.upper()}_KEYS"
    if given.get(name):
        return key_files.ring(purpose, given[name])
    return key_files.read(purpose, Path(given.get(f"{name}_FILE") or folder / "keys" / purpose))


def _path(given: Mapping[str, str], name: str) -> Path | None:
    text = given.get(PREFIX + name)
    return Path(text).expanduser().absolute() if text else None


def _number(given: Mapping[str, str], name: str, default: float) -> float:
    text = given.get(PREFIX + name) or str(default)
    try:
        return float(text)
    except ValueError as error:
        raise FieldError(PREFIX + name, text, "a number") from error


def _own_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = folder.stat().st_mode & 0o777
    if mode & 0o077:
        raise FieldError(PREFIX + "FOLDER", f"{folder} with mode {mode:o}", "mode 700: patients' data lie in it")


def _safe_address(address: str) -> None:
    # The address is not repeated: it may hold a password.
    kind = address.partition("://")[0]
    if kind not in {_SQLITE, _POSTGRESQL}:
        raise FieldError("database", kind, f"{_SQLITE}:///FILE or {_POSTGRESQL}://USER:PASSWORD@HOST/NAME")
    if kind == _SQLITE:
        if not address.startswith("sqlite:///") or len(address) == len("sqlite:///") or ":memory:" in address:
            raise FieldError("database", "SQLite without a file", "sqlite:///FILE: a record must outlive the program")
        return
    parts = urlsplit(address)
    local = not parts.hostname  # a socket of this machine, whose user the server asks the system for
    if local and parts.password is None:
        return
    password = parts.password or ""
    if password.casefold() in _WEAK or len(password) < _LEAST_PASSWORD:
        raise FieldError("database", "a default or short password", f"{_LEAST_PASSWORD} characters or more")
