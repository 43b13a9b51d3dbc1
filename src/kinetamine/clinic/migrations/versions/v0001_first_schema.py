"""The first schema: clinics, their people and users, what is given and seen, and the audit."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0001"
down_revision = None

_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


def upgrade() -> None:
    """Make every table."""
    _schema().create_all(op.get_bind(), checkfirst=False)


def downgrade() -> None:
    """Drop every table."""
    _schema().drop_all(op.get_bind(), checkfirst=False)


def _schema() -> sa.MetaData:
    metadata = sa.MetaData(naming_convention=_NAMES)
    for table in _TABLES:
        table(metadata)
    return metadata


def _id() -> sa.String:
    return sa.String(36)


def _name() -> sa.String:
    return sa.String(200)


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _kept() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", _id(), primary_key=True),
        sa.Column("clinic_id", _id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("made_by", _id(), nullable=False),
        sa.Column("changed_at", _moment()),
        sa.Column("changed_by", _id()),
    )


def _ties(**columns: str) -> tuple[SchemaItem, ...]:
    items: list[SchemaItem] = [
        sa.UniqueConstraint("clinic_id", "id"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"]),
    ]
    for column, table in columns.items():
        items.append(sa.ForeignKeyConstraint(["clinic_id", column], [f"{table}.clinic_id", f"{table}.id"]))
    return tuple(items)


def _clinics(metadata: sa.MetaData) -> None:
    sa.Table(
        "clinics",
        metadata,
        *_kept(),
        sa.Column("code", _name(), nullable=False),
        sa.Column("name", _name(), nullable=False),
        sa.Column("time_zone", _name(), nullable=False),
        *_ties(),
        sa.UniqueConstraint("code"),
    )


def _people(metadata: sa.MetaData) -> None:
    sa.Table(
        "people",
        metadata,
        *_kept(),
        sa.Column("number", _name(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("born_on", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("sex", _name(), nullable=False),
        sa.Column("weight_kg", sa.Double(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        *_ties(),
        sa.UniqueConstraint("clinic_id", "number"),
    )


def _users(metadata: sa.MetaData) -> None:
    sa.Table(
        "users",
        metadata,
        *_kept(),
        sa.Column("name", _name(), nullable=False),
        sa.Column("shown_as", _name(), nullable=False),
        sa.Column("roles", _name(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("person_id", _id(), nullable=True),
        *_ties(person_id="people"),
        sa.UniqueConstraint("clinic_id", "name"),
    )


def _credentials(metadata: sa.MetaData) -> None:
    sa.Table(
        "credentials",
        metadata,
        sa.Column("user_id", _id(), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("password", _name(), nullable=False),
        sa.Column("totp", sa.LargeBinary(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("set_at", _moment(), nullable=False),
    )


def _attempts(metadata: sa.MetaData) -> None:
    sa.Table(
        "attempts",
        metadata,
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("until", _moment(), nullable=True),
    )


def _sign_ins(metadata: sa.MetaData) -> None:
    sa.Table(
        "sign_ins",
        metadata,
        sa.Column("mac", sa.String(64), primary_key=True),
        sa.Column("user_id", _id(), sa.ForeignKey("users.id"), index=True, nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("seen_at", _moment(), nullable=False),
        sa.Column("ended_at", _moment(), nullable=True),
    )


def _enrolments(metadata: sa.MetaData) -> None:
    sa.Table(
        "enrolments",
        metadata,
        *_kept(),
        sa.Column("person_id", _id(), index=True, nullable=False),
        sa.Column("condition", _name(), nullable=False),
        sa.Column("programme", _name(), nullable=False),
        sa.Column("state", _name(), nullable=False),
        sa.Column("eligibility", sa.Text(), nullable=False),
        sa.Column("started_at", _moment(), nullable=False),
        sa.Column("ended_at", _moment(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        *_ties(person_id="people"),
    )


def _consents(metadata: sa.MetaData) -> None:
    sa.Table(
        "consents",
        metadata,
        *_kept(),
        sa.Column("person_id", _id(), index=True, nullable=False),
        sa.Column("text", _name(), nullable=False),
        sa.Column("text_version", _name(), nullable=False),
        sa.Column("digest", _name(), nullable=False),
        sa.Column("given_at", _moment(), nullable=False),
        sa.Column("revoked_at", _moment(), nullable=True),
        sa.Column("notes", sa.LargeBinary(), nullable=True),
        *_ties(person_id="people"),
    )


def _orders(metadata: sa.MetaData) -> None:
    sa.Table(
        "orders",
        metadata,
        *_kept(),
        sa.Column("person_id", _id(), index=True, nullable=False),
        sa.Column("enrolment_id", _id(), nullable=True),
        sa.Column("regimen", _name(), nullable=False),
        sa.Column("drug", _name(), nullable=False),
        sa.Column("route", _name(), nullable=False),
        sa.Column("dose_mg", sa.Double(), nullable=False),
        sa.Column("weight_kg", sa.Double(), nullable=False),
        sa.Column("planned_at", _moment(), nullable=True),
        sa.Column("state", _name(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        *_ties(enrolment_id="enrolments", person_id="people"),
    )


def _sessions(metadata: sa.MetaData) -> None:
    sa.Table(
        "sessions",
        metadata,
        *_kept(),
        sa.Column("person_id", _id(), index=True, nullable=False),
        sa.Column("order_id", _id(), nullable=True),
        sa.Column("chair", _name(), nullable=False),
        sa.Column("state", _name(), nullable=False),
        sa.Column("started_at", _moment(), nullable=True),
        sa.Column("ended_at", _moment(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        *_ties(order_id="orders", person_id="people"),
    )


def _session_events(metadata: sa.MetaData) -> None:
    sa.Table(
        "session_events",
        metadata,
        *_kept(),
        sa.Column("session_id", _id(), index=True, nullable=False),
        sa.Column("client_id", _id(), nullable=False),
        sa.Column("device_time", _moment(), nullable=False),
        sa.Column("device", _name(), nullable=True),
        sa.Column("happened", _name(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("corrects_id", _id(), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        *_ties(corrects_id="session_events", session_id="sessions"),
        sa.UniqueConstraint("clinic_id", "client_id"),
        sa.UniqueConstraint("clinic_id", "corrects_id"),
    )


def _scores(metadata: sa.MetaData) -> None:
    sa.Table(
        "scores",
        metadata,
        *_kept(),
        sa.Column("person_id", _id(), index=True, nullable=False),
        sa.Column("session_id", _id(), nullable=True),
        sa.Column("scale", _name(), nullable=False),
        sa.Column("method", _name(), nullable=False),
        sa.Column("recall", _name(), nullable=False),
        sa.Column("rater", _name(), nullable=False),
        sa.Column("answered_at", _moment(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("category", _name(), nullable=True),
        sa.Column("corrects_id", _id(), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        *_ties(corrects_id="scores", person_id="people", session_id="sessions"),
        sa.UniqueConstraint("clinic_id", "corrects_id"),
    )


def _ledger_entries(metadata: sa.MetaData) -> None:
    sa.Table(
        "ledger_entries",
        metadata,
        *_kept(),
        sa.Column("drug", _name(), nullable=False),
        sa.Column("lot", _name(), nullable=False),
        sa.Column("happened", _name(), nullable=False),
        sa.Column("happened_at", _moment(), nullable=False),
        sa.Column("change_mg", sa.Double(), nullable=False),
        sa.Column("session_id", _id(), nullable=True),
        sa.Column("witness_id", _id(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("corrects_id", _id(), nullable=True),
        sa.Column("why", sa.LargeBinary(), nullable=True),
        *_ties(corrects_id="ledger_entries", session_id="sessions", witness_id="users"),
        sa.UniqueConstraint("clinic_id", "corrects_id"),
    )


def _tasks(metadata: sa.MetaData) -> None:
    sa.Table(
        "tasks",
        metadata,
        *_kept(),
        sa.Column("person_id", _id(), index=True, nullable=True),
        sa.Column("what", _name(), nullable=False),
        sa.Column("priority", _name(), nullable=False),
        sa.Column("due_at", _moment(), nullable=False),
        sa.Column("assigned_to", _id(), nullable=True),
        sa.Column("done_at", _moment(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        *_ties(assigned_to="users", person_id="people"),
    )


def _signatures(metadata: sa.MetaData) -> None:
    sa.Table(
        "signatures",
        metadata,
        *_kept(),
        sa.Column("signed_kind", _name(), nullable=False),
        sa.Column("signed_id", _id(), nullable=False),
        sa.Column("signed_version", sa.Integer(), nullable=False),
        sa.Column("meaning", _name(), nullable=False),
        *_ties(),
        sa.UniqueConstraint("clinic_id", "signed_kind", "signed_id", "signed_version", "made_by"),
    )


def _revisions(metadata: sa.MetaData) -> None:
    sa.Table(
        "revisions",
        metadata,
        sa.Column("id", _id(), primary_key=True),
        sa.Column("clinic_id", _id(), sa.ForeignKey("clinics.id"), nullable=False),
        sa.Column("kind", _name(), nullable=False),
        sa.Column("record_id", _id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("names", _name(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("made_by", _id(), nullable=False),
        sa.UniqueConstraint("kind", "record_id", "version"),
    )


def _audit(metadata: sa.MetaData) -> None:
    sa.Table(
        "audit",
        metadata,
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("clinic_id", _id(), index=True, nullable=False),
        sa.Column("actor", _id(), nullable=False),
        sa.Column("action", _name(), nullable=False),
        sa.Column("kind", _name(), nullable=False),
        sa.Column("record_id", _id(), nullable=False),
        sa.Column("outcome", _name(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("key", _name(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
    )


_TABLES: tuple[Callable[[sa.MetaData], None], ...] = (
    _clinics,
    _people,
    _users,
    _credentials,
    _attempts,
    _sign_ins,
    _enrolments,
    _consents,
    _orders,
    _sessions,
    _session_events,
    _scores,
    _ledger_entries,
    _tasks,
    _signatures,
    _revisions,
    _audit,
)
