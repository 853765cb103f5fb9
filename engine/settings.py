"""What the environment sets, read in one place and checked before anything starts."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from engine.errors import SettingsError

SECRET_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """The operator's choices that stand in the environment."""

    data: Path
    """The folder of the databases (`TURNSTILE_DATA`, default `.turnstile` in the working directory)."""
    database: str | None
    """The PostgreSQL database of calls and writes (`TURNSTILE_DATABASE`); None for a file in `data`."""
    secret: str | None
    """What the path of every call begins with (`TURNSTILE_SECRET`)."""
    openai_key: str | None
    """The key of the language model's provider (`OPENAI_API_KEY`); without it the offline model answers."""
    openai_url: str | None
    """Another server that speaks the same protocol (`OPENAI_BASE_URL`)."""
    variables: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """All of the environment: a flow may name variables of its own."""


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. An empty variable counts as unset. Raises SettingsError."""
    found = os.environ if environment is None else environment

    def get(name: str) -> str | None:
        return found.get(name, "").strip() or None

    return Settings(
        data=data_folder(found),
        database=_checked("TURNSTILE_DATABASE", get, checked_database),
        secret=_secret(get("TURNSTILE_SECRET")),
        openai_key=_checked("OPENAI_API_KEY", get, checked_key),
        openai_url=_checked("OPENAI_BASE_URL", get, checked_url),
        variables=found,
    )


def _checked(name: str, get: Callable[[str], str | None], check: Callable[[str, str], str]) -> str | None:
    value = get(name)
    return check(name, value) if value is not None else None


def data_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the databases; it may not exist yet."""
    found = os.environ if environment is None else environment
    return Path(found.get("TURNSTILE_DATA", "").strip() or ".turnstile")


def _secret(secret: str | None) -> str | None:
    if secret is not None and not set(secret) <= SECRET_LETTERS:
        raise SettingsError(
            "TURNSTILE_SECRET has letters that a URL would change; use A-Z, a-z, 0-9, - and _ only"
        )
    if secret is not None and len(secret) < SHORTEST_SECRET:
        raise SettingsError(
            f"TURNSTILE_SECRET is short enough to be guessed; make it {SHORTEST_SECRET} letters or more, "
            'such as python3 -c "import secrets; print(secrets.token_urlsafe())" prints'
        )
    return secret


def checked_key(name: str, key: str) -> str:
    """Return the key that stands in a variable. Raises SettingsError when none looks like that."""
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise SettingsError(
            f"{name} has letters that no key has; copy it once more, without what is around it"
        )
    return key


def checked_url(name: str, url: str) -> str:
    """Return the address that a variable names, or a flow. Raises SettingsError when it is none."""
    if not is_address(url):
        raise SettingsError(f"{name} is no http(s) address: {url!r}; write one such as https://host/v1")
    return url


def checked_database(name: str, url: str) -> str:
    """Return the address of a database. Raises SettingsError, which quotes nothing: passwords stand there."""
    if urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise SettingsError(
            f"{name} is no address of a PostgreSQL database; write one such as postgresql://user@host/name, "
            "or leave it out for a file in TURNSTILE_DATA"
        )
    if not _is_readable(url):
        raise SettingsError(
            f"{name} can not be read as user:password@host:port; "
            "write %40 for an @ in the password, and %2F for a /"
        )
    return "postgresql" + url.removeprefix("postgresql").removeprefix("postgres")


def _is_readable(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.port != 0 and parts.netloc.count("@") <= 1
    except ValueError:
        return False


def is_address(url: str) -> bool:
    """Say whether a text is the address of something on the web: a scheme, a host, a port that can be."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
