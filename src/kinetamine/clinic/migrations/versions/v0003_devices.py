"""Devices that send readings; and the way from a chair to its sessions, which every reading takes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_CHAIR = "ix_sessions_clinic_id_chair_state"


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "devices",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("clinic_id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("changed_by", sa.String(36)),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("chair", sa.String(200), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
        sa.UniqueConstraint("clinic_id", "id", name="uq_devices_clinic_id_id"),
        sa.UniqueConstraint("clinic_id", "name", name="uq_devices_clinic_id_name"),
        sa.UniqueConstraint("mac", name="uq_devices_mac"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_devices_clinic_id"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "user_id"], ["users.clinic_id", "users.id"], name="fk_devices_clinic_id_user_id"
        ),
    )
    op.create_index(_CHAIR, "sessions", ["clinic_id", "chair", "state"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(_CHAIR, "sessions")
    op.drop_table("devices")
