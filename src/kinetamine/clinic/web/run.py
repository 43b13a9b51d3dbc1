"""Run the clinic's server until it is stopped."""

from __future__ import annotations

from kinetamine.clinic.database import Database
from kinetamine.clinic.settings import from_environment
from kinetamine.clinic.web.app import create_app
from kinetamine.clinic.web.settings import ServeSettings
from kinetamine.web import run as simulator


def run(settings: ServeSettings) -> None:
    """Open the database that the environment names, say where the pages are, and serve.

    Raises:
        FieldError: the address cannot be listened on, or a setting is wrong.
        DatabaseError: the database cannot be used.
    """
    database = Database(from_environment())
    try:
        simulator.serve(lambda: create_app(database, settings), settings, "The clinic")
    finally:
        database.close()
