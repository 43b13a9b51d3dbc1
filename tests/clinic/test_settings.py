from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clinic.world import new_keys, new_settings, write_keys
from kinetamine.clinic import keys
from kinetamine.clinic.settings import Settings, default_folder, from_environment
from kinetamine.errors import FieldError


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"database": "mysql://x"}, "database"),
        ({"database": "sqlite://"}, "without a file"),
        ({"database": "sqlite:///:memory:"}, "without a file"),
        ({"database": "postgresql+psycopg://me@server/clinic"}, "default or short password"),
        ({"database": "postgresql+psycopg://me:postgres@server/clinic"}, "default or short password"),
        ({"database": "postgresql+psycopg://me:short@/clinic"}, "default or short password"),
        ({"anchor_every": 0}, "anchor_every"),
        ({"failures": 0}, "failures"),
        ({"idle_min": 0.0}, "idle_min"),
        ({"absolute_h": float("nan")}, "absolute_h"),
        ({"clock_tolerance_s": -1.0}, "clock_tolerance_s"),
    ],
)
def test_what_is_not_safe_is_refused(tmp_path: Path, more: dict[str, Any], expected: str) -> None:
    with pytest.raises(FieldError, match=expected) as refused:
        new_settings(tmp_path / "data", **more)
    assert "short@" not in str(refused.value)


def test_a_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(FieldError, match=r"^KINETAMINE_CLINIC_FOLDER: .* mode 700"):
        Settings(folder=tmp_path, keys=new_keys())


def test_sqlite_in_a_folder_of_ones_own_unless_said_otherwise(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "new" / "folder", keys=new_keys())
    assert settings.address == f"sqlite:///{tmp_path}/new/folder/clinic.sqlite"
    assert settings.anchor_file == tmp_path / "new" / "folder" / "audit.anchor"
    assert settings.folder.stat().st_mode & 0o777 == 0o700
    password = "a-long-and-random-one"
    server = new_settings(tmp_path / "data", f"postgresql+psycopg://me:{password}@server/clinic")
    assert password not in repr(server)


def test_a_clinics_own_limits_lie_in_its_folder_or_where_it_says(tmp_path: Path) -> None:
    found, usual, apart = [], tmp_path / "data" / "limits.toml", tmp_path / "apart.toml"
    for there in (False, True):
        if there:
            usual.touch()
        found += [new_settings(tmp_path / "data", limits=one).limits_file for one in (None, apart)]
    assert found == [None, apart, usual, apart]


def test_everything_is_read_from_the_environment(tmp_path: Path) -> None:
    held = new_settings(tmp_path / "data")
    environment = write_keys(held)
    environment |= {"KINETAMINE_CLINIC_IDLE_MIN": "5", "KINETAMINE_CLINIC_ANCHOR": str(tmp_path / "far" / "anchor")}
    environment |= {"KINETAMINE_CLINIC_LIMITS": str(tmp_path / "far" / "own.toml")}
    read = from_environment(environment)
    assert (read.keys, read.idle_min, read.absolute_h) == (held.keys, 5.0, 12.0)
    assert read.anchor_file == tmp_path / "far" / "anchor"
    assert read.limits_file == tmp_path / "far" / "own.toml"
    apart = tmp_path / "apart"
    (held.folder / "keys" / "audit").rename(apart)
    with pytest.raises(FieldError, match="audit keys"):
        from_environment(environment)
    assert from_environment(environment | {"KINETAMINE_CLINIC_AUDIT_KEYS_FILE": str(apart)}).keys == held.keys
    line = keys.make("inline")
    inline = from_environment(environment | {"KINETAMINE_CLINIC_AUDIT_KEYS": line})
    assert inline.keys.audit.current.name == "inline"
    with pytest.raises(FieldError, match="a number"):
        from_environment(environment | {"KINETAMINE_CLINIC_AUDIT_KEYS": line, "KINETAMINE_CLINIC_IDLE_MIN": "soon"})


def test_where_data_go_by_default() -> None:
    assert default_folder({"HOME": "/home/ada"}) == Path("/home/ada/.local/share/kinetamine/clinic")
    assert default_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/kinetamine/clinic")
