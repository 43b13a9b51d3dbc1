"""kinetamine clinic: what whoever runs a clinic's server does at its console."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinetamine.cli.wiring import command
from kinetamine.errors import FieldError, MissingExtraError

if TYPE_CHECKING:
    from kinetamine.clinic.database import Database
    from kinetamine.clinic.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    help="""A clinic: its records, its pages, its audit. Needs the extras clinic and web.

    Where the records are is said by environment variables: KINETAMINE_CLINIC_FOLDER, KINETAMINE_CLINIC_DATABASE and
    KINETAMINE_CLINIC_ANCHOR.
    """,
)
_PURPOSE = "the clinic's side"


@app.command("make-keys")
@command
def make_keys(
    rotate: Annotated[
        str, typer.Option("--rotate", help="Add a new key to one ring: audit, records, sign_in or backups.")
    ] = "",
) -> None:
    """Make the secret keys, each in a file that only you can read; keep copies apart from the database."""
    with _installed():
        import os
        from datetime import UTC, datetime

        from kinetamine.clinic import keys, settings
    folder = settings.folder_of(os.environ) / "keys"
    if rotate and rotate not in keys.PURPOSES:
        raise FieldError("rotate", rotate, "one of " + ", ".join(keys.PURPOSES))
    folder.mkdir(mode=0o700, exist_ok=True)
    for purpose in (rotate,) if rotate else keys.PURPOSES:
        path = folder / purpose
        if path.exists() is not bool(rotate):
            raise FieldError(
                str(path), "no file" if rotate else "a file", "a file" if rotate else "none: --rotate adds"
            )
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(keys.make(name))
            os.fsync(file.fileno())
        typer.echo(f"wrote {path}")
    if rotate:
        typer.echo("Start the server again: what runs already has read the older keys.")


@app.command()
@command
def init() -> None:
    """Make the database, or bring it up to this version."""
    settings = _settings()
    from kinetamine.clinic.database import Database, open_engine
    from kinetamine.clinic.migrations import newest, upgrade

    engine = open_engine(settings)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    finally:
        engine.dispose()
    Database(settings).close()
    typer.echo(f"The database is of version {newest()}.")


@app.command("add-clinic")
@command
def add_clinic(
    code: Annotated[str, typer.Argument(help="Short name that its people sign in under.")],
    name: Annotated[str, typer.Argument(help="What it is called.")],
    time_zone: Annotated[str, typer.Option("--time-zone", help="For example Europe/Berlin.")] = "UTC",
) -> None:
    """Found a clinic."""
    with _opened() as database:
        from kinetamine.clinic.access import operator

        operator.add_clinic(database, code, name, time_zone)
    typer.echo(f"Clinic {code} is there. Its people: kinetamine clinic add-user {code} NAME --role admin")


@app.command("add-user")
@command
def add_user(
    clinic: Annotated[str, typer.Argument(help="The clinic's code.")],
    name: Annotated[str, typer.Argument(help="What they type to sign in.")],
    roles: Annotated[list[str], typer.Option("--role", help="physician, nurse, monitor, ... May be repeated.")],
    shown_as: Annotated[str, typer.Option("--shown-as", help="What colleagues read.", show_default=False)] = "",
) -> None:
    """Add somebody who signs in; the password is asked for, or read from a pipe."""
    with _opened() as database:
        from kinetamine.clinic.access import operator
        from kinetamine.clinic.accounts import Accounts
        from kinetamine.clinic.accounts.passwords import Passwords

        passwords, password = Passwords(), _password()
        passwords.hash(password, name)  # refused before anybody is made
        member = operator.add_user(database, clinic, name, shown_as or name, tuple(roles))
        address = Accounts(database, passwords).set_first_credentials(member, password)
    typer.echo(f"{name} is there. Second factor, for an authenticator program:\n{address}")


@app.command("add-device")
@command
def add_device(
    clinic: Annotated[str, typer.Argument(help="The clinic's code.")],
    name: Annotated[str, typer.Argument(help="As it is written on the device.")],
    chair: Annotated[str, typer.Argument(help="Where it stands, as sessions name it.")],
) -> None:
    """Add a device that sends readings; its token is printed, this once."""
    with _opened() as database:
        from kinetamine.clinic.accounts.devices import Devices

        issued = Devices(database).issue_at_console(clinic, name, chair)
    typer.echo(f"{name} is there, at chair {chair}. Its token follows, and is kept nowhere else.", err=True)
    typer.echo(issued.token)


@dataclass(frozen=True, kw_only=True)
class MonitorFlags:
    """Who is simulated, and how fast; each field is one option."""

    weight_kg: Annotated[float, typer.Option("--weight", help="Of the virtual person, in kg.", metavar="KG")] = 70.0
    seed: Annotated[int, typer.Option("--seed", help="Which virtual person, and which scatter.", metavar="N")] = 1
    every_s: Annotated[float, typer.Option("--every", help="Seconds between two readings.", metavar="S")] = 5.0
    before_min: Annotated[float, typer.Option("--before", help="Minutes before the dose.", metavar="MIN")] = 10.0
    minutes: Annotated[float, typer.Option("--minutes", help="Simulated, from the first.", metavar="MIN")] = 130.0
    speed: Annotated[float, typer.Option("--speed", help="Simulated minutes in a minute.", metavar="X")] = 1.0


@app.command()
@command
def monitor(
    to: Annotated[str, typer.Option("--to", help="Address of the clinic's server.", metavar="URL")],
    token_file: Annotated[Path, typer.Option("--token-file", help="File with the device's token.", metavar="FILE")],
    flags: MonitorFlags,
    regimen: Annotated[str, typer.Argument(help="The dose that is simulated.")] = "0.5 mg/kg iv over 40 min",
    chair: Annotated[
        str, typer.Option("--chair", help="Refuse to send to another than this.", show_default=False)
    ] = "",
) -> None:
    """Simulate a monitor: send the readings of a virtual person, for demonstrations and tests. Nobody is measured."""
    with _installed():
        from kinetamine.clinic.monitor.course import Virtual, simulated
        from kinetamine.clinic.monitor.run import Pace, run
        from kinetamine.clinic.monitor.sender import Sender
    if not token_file.is_file():
        raise FieldError("token-file", str(token_file), "a file with the device's token")
    sender = Sender(to, token_file.read_text(encoding="utf-8").strip(), chair or None)
    pace = Pace(every_s=flags.every_s, minutes=flags.minutes, before_min=flags.before_min, speed=flags.speed)
    course = simulated(Virtual(regimen=regimen, weight_kg=flags.weight_kg, seed=flags.seed))
    typer.echo(f"Simulated readings of nobody ({course.model}, seed {flags.seed}); Ctrl+C stops them.")
    run(sender, course, pace, lambda words: typer.echo(words, err=True))
    typer.echo(f"{sender.acknowledged} readings acknowledged, {len(sender.kept)} not, {len(sender.refused)} refused.")


@app.command()
@command
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.", metavar="ADDRESS")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", metavar="N")] = 8391,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", help="Name that others reach it by. May be repeated.", metavar="HOST"),
    ] = None,
    https: Annotated[bool, typer.Option("--https", help="Browsers come by HTTPS, through a proxy in front.")] = False,
) -> None:
    """Serve the clinic's pages; beyond this machine only behind a proxy that speaks HTTPS."""
    with _installed():
        from kinetamine.clinic import settings  # noqa: F401 - whether it is there
    try:
        from kinetamine.clinic.web.run import run
        from kinetamine.clinic.web.settings import ServeSettings
    except ModuleNotFoundError as error:
        raise MissingExtraError("web", "the clinic in the browser") from error
    run(ServeSettings(host=host, port=port, names=tuple(names or ()), secure=https))


@app.command()
@command
def limits(
    file: Annotated[
        Path | None, typer.Argument(help="To be checked before it is put in place.", show_default=False)
    ] = None,
) -> None:
    """Check and print the limits of alarms and for leaving that are in use, or those of a file, with their sources.

    A clinic's own are in limits.toml in its folder, or where KINETAMINE_CLINIC_LIMITS says.
    """
    with _installed():
        from kinetamine.clinic.limits_in_use import read
    found = read(file or _settings().limits_file)
    from kinetamine.cli.limits_table import say_limits

    say_limits(found)


@app.command("verify-audit")
@command
def verify_audit() -> None:
    """Walk the audit, hold it against the anchor and the records against it; exits with 1 if anything is wrong."""
    settings = _settings()
    from kinetamine.clinic.audit.inspection import inspect
    from kinetamine.clinic.database import Database
    from kinetamine.clinic.refusals import AuditError

    database = Database(settings, check=False)
    try:
        found = inspect(database)
    finally:
        database.close()
    for problem in found.problems:
        typer.echo(problem)
    if found.problems:
        message = f"the audit is not sound: {len(found.problems)} problems in {found.rows} rows"
        raise AuditError(message)
    typer.echo(f"The audit is sound: {found.rows} rows, {len(found.fingerprints)} records as it saw them last.")


@app.command()
@command
def backup(file: Annotated[Path, typer.Argument(help="A new file.", show_default=False)]) -> None:
    """Write everything to one encrypted file, while the clinic works."""
    with _opened() as database:
        from kinetamine.clinic.backup import back_up

        head = back_up(database, file)
    typer.echo(f"wrote {file}: everything up to row {head.seq} of the audit")


@app.command()
@command
def restore(file: Annotated[Path, typer.Argument(help="A backup.", show_default=False)]) -> None:
    """Put a backup into an empty database, if its audit is sound."""
    settings = _settings()
    from kinetamine.clinic.backup import restore as put_back

    if not file.is_file():
        raise FieldError("file", str(file), "a backup")
    restored = put_back(settings, file)
    typer.echo(f"Everything up to row {restored.head.seq} of the audit is back.")
    if restored.lost:
        typer.echo(f"The anchor knows of {restored.lost} rows that came after this backup: they are lost.")


@app.command()
@command
def export(
    clinic: Annotated[str, typer.Argument(help="The clinic's code.")],
    person: Annotated[str, typer.Argument(help="The person's number there.")],
    to: Annotated[Path, typer.Option("--to", help="A new folder.", show_default=False)],
) -> None:
    """Write the whole record of one person: FHIR, tables, a document to read, and the proof of its audit."""
    with _opened() as database:
        from kinetamine.clinic.access import operator
        from kinetamine.clinic.care import export as taken

        anchor = database.anchor.newest_line()  # before the record is read: what it knows of is in the chain by then
        record = operator.export_person(database, clinic, person)
        files = taken.write(record, to, database.clock(), anchor)
    typer.echo(f"wrote {len(files)} files into {to}: record.json (FHIR R4), record.pdf, tables, audit")
    typer.echo("They hold everything about this person, unsealed: keep them where nobody else can read.")


@app.command()
@command
def demo() -> None:
    """Found a clinic of invented people whose courses the simulator made; takes a minute or two."""
    with _opened() as database:
        from kinetamine.clinic.demo.build import CODE, found

        typer.echo("Every person of it is invented; every reading is a simulation with noise, and none is data.")
        for one in found(database):
            typer.echo(f"{one.role}: clinic {CODE}, name {one.name}, password {one.password}\n    {one.second_factor}")
    typer.echo("The passwords are kept nowhere else.")


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError("clinic", _PURPOSE) from error


def _settings() -> Settings:
    with _installed():
        from kinetamine.clinic.settings import from_environment
    return from_environment()


@contextmanager
def _opened() -> Iterator[Database]:
    settings = _settings()
    from kinetamine.clinic.database import Database

    database = Database(settings)
    try:
        yield database
    finally:
        database.close()


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return given
