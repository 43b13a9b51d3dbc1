"""How Alembic runs here: on the connection that it is given, in that connection's transaction."""

from __future__ import annotations

from alembic import context

from kinetamine.clinic.records import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
