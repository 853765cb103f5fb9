"""A store that can not be opened says so in one line, which quotes no password."""

from pathlib import Path

import pytest

from engine.clock import SystemClock
from engine.errors import SettingsError
from engine.settings import Settings, from_environment
from engine.store.open import open_store
from engine.store.records import records


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://me:s3cret@127.0.0.1:1/calls", r"the database postgresql://me:\*\*\*@127.0.0.1:1/calls can not be used"),
        ("postgres://me@127.0.0.1:1/calls?password=s3cret", r"postgresql://me@127.0.0.1:1/calls can not be used"),
        ("postgresql://me:x@s3cret@127.0.0.1:1/calls", "write %40 for an @ in the password"),
        ("postgresql://me:x/s3cret@127.0.0.1:1/calls", "and %2F for a /"),
        ("postgresql://me:x@127.0.0.1:s3cret/calls", "can not be read as user:password@host:port"),
        ("mysql://me:s3cret@127.0.0.1/calls", "no address of a PostgreSQL database"),
    ],
)  # fmt: skip
def test_a_database_that_can_not_be_reached_is_named_without_its_password(url: str, said: str) -> None:
    """It would end up in the logs of whatever starts the process."""
    with pytest.raises(SettingsError, match=said) as error:
        open_store(from_environment({"TURNSTILE_DATABASE": url}), SystemClock())
    assert "s3cret" not in str(error.value)
    assert "\n" not in str(error.value)


def test_who_reads_the_calls_is_told_of_no_password_either() -> None:
    """It may stand behind the question mark, too."""
    settings = from_environment({"TURNSTILE_DATABASE": "postgresql://me@127.0.0.1:1/calls?password=s3cret"})
    with pytest.raises(SettingsError, match="postgresql://me@127.0.0.1:1/calls can not be read") as error:
        _read(settings)
    assert "s3cret" not in str(error.value)


def test_a_folder_that_can_not_be_used_is_named(tmp_path: Path) -> None:
    """A file stands where it should be."""
    (tmp_path / "data").touch()
    with pytest.raises(SettingsError, match=r"the data folder `.*data` can not be used"):
        open_store(from_environment({"TURNSTILE_DATA": str(tmp_path / "data")}), SystemClock())


def _read(settings: Settings) -> None:
    with records(settings) as written:
        assert written is not None
        written.newest(1)
