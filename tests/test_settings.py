"""The environment, read once."""

from pathlib import Path

import pytest

from engine.errors import SettingsError
from engine.settings import from_environment


def test_nothing_needs_to_be_set() -> None:
    """A fresh machine has nothing of ours in its environment."""
    settings = from_environment({})
    assert settings.data == Path(".turnstile")
    assert settings.secret is settings.openai_key is settings.openai_url is None


def test_an_empty_variable_counts_as_unset() -> None:
    """Compose files and CI leave them empty."""
    settings = from_environment({"OPENAI_API_KEY": " ", "TURNSTILE_SECRET": "", "TURNSTILE_DATA": ""})
    assert settings == from_environment({})


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        (
            "TURNSTILE_SECRET",
            "short",
            "TURNSTILE_SECRET is short enough to be guessed; make it 16 letters or more",
        ),
        ("TURNSTILE_SECRET", "with/slash" * 3, "TURNSTILE_SECRET has letters that a URL would change"),
        ("OPENAI_API_KEY", "cl\u00e9", "OPENAI_API_KEY has letters that no key has; copy it once more"),
        ("OPENAI_API_KEY", "sk-1 sk-2", "OPENAI_API_KEY has letters that no key has"),
        ("OPENAI_BASE_URL", "localhost:8000", "OPENAI_BASE_URL is no http.s. address: 'localhost:8000'"),
        ("OPENAI_BASE_URL", "http://", "OPENAI_BASE_URL is no http.s. address"),
        ("OPENAI_BASE_URL", "http://a:99999/v1", "OPENAI_BASE_URL is no http.s. address"),
    ],
)
def test_what_can_not_be_used_gets_a_clear_word(name: str, value: str, problem: str) -> None:
    """Before anything starts."""
    with pytest.raises(SettingsError, match=problem):
        from_environment({name: value})


@pytest.mark.parametrize(
    ("name", "secret"), [("TURNSTILE_SECRET", "hunter2/"), ("OPENAI_API_KEY", "hunter2 ")]
)
def test_a_secret_is_never_part_of_a_message(name: str, secret: str) -> None:
    """Messages end in logs and screenshots."""
    with pytest.raises(SettingsError) as caught:
        from_environment({name: f"{secret}{secret}"})
    assert "hunter2" not in str(caught.value)
