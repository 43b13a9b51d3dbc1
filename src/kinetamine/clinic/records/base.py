"""What every stored thing has: a clinic, a version, and who made it when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from kinetamine.clinic.records.columns import Moment

ID = String(36)
NAME = String(200)
_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Base(DeclarativeBase):
    """Every table."""

    metadata = MetaData(naming_convention=_NAMES)


class Record(Base):
    """A stored thing that belongs to one clinic.

    Attributes:
        kind: its name in policies and the audit.
        append_only: never changed; a correction is another row that points at it.
        owner: the column that says whose it is, where it is about one person.
    """

    __abstract__ = True
    kind: ClassVar[str]
    append_only: ClassVar[bool] = False
    owner: ClassVar[str | None] = None

    id: Mapped[str] = mapped_column(ID, primary_key=True, sort_order=-9)
    clinic_id: Mapped[str] = mapped_column(ID, sort_order=-8)
    version: Mapped[int] = mapped_column(sort_order=-7)
    made_at: Mapped[datetime] = mapped_column(Moment, sort_order=-6)
    made_by: Mapped[str] = mapped_column(ID, sort_order=-5)
    changed_at: Mapped[datetime | None] = mapped_column(Moment, sort_order=-4)
    changed_by: Mapped[str | None] = mapped_column(ID, sort_order=-3)


KEPT = ("id", "clinic_id", "version", "made_at", "made_by", "changed_at", "changed_by")
"""Columns that only the store itself writes."""


def ties(_unique: tuple[str, ...] = (), **columns: str) -> tuple[SchemaItem, ...]:
    """Foreign keys that cannot leave the clinic: (clinic, column) -> (clinic, id) of the named table."""
    items: list[SchemaItem] = [
        UniqueConstraint("clinic_id", "id"),
        ForeignKeyConstraint(["clinic_id"], ["clinics.id"]),
    ]
    items += [UniqueConstraint("clinic_id", one) for one in _unique]
    for column, table in columns.items():
        items.append(ForeignKeyConstraint(["clinic_id", column], [f"{table}.clinic_id", f"{table}.id"]))
    return tuple(items)


def tied(kind: type[Record]) -> dict[str, str]:
    """Which columns point at which tables."""
    found: dict[str, str] = {}
    for constraint in _table(kind).foreign_key_constraints:
        columns = [column.name for column in constraint.columns if column.name != "clinic_id"]
        found |= dict.fromkeys(columns, constraint.referred_table.name)
    return found


def _table(kind: type[Record]) -> Any:
    return kind.__table__
