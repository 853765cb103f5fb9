"""The spoken message of a function call, read while the call is still being written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.message import MessageReader


def read(arguments: str, *, size: int = 1) -> str:
    reader = MessageReader()
    return "".join(reader.feed(arguments[i : i + size]) for i in range(0, len(arguments), size))


def test_the_message_comes_out_before_the_call_is_complete() -> None:
    """A caller should not wait for arguments that nobody speaks."""
    assert MessageReader().feed('{"message": "One mom') == "One mom"


@given(st.text(), st.dictionaries(st.text(), st.text()), st.integers(1, 7))
def test_any_message_comes_out_whole_wherever_it_is_split(
    message: str, others: dict[str, str], size: int
) -> None:
    """Providers cut within escapes and within characters."""
    arguments = json.dumps({"message": message, **{k: v for k, v in others.items() if k != "message"}})
    assert read(arguments, size=size) == message.encode("utf-16", "ignore").decode("utf-16", "ignore")


def test_only_the_functions_own_message_is_spoken() -> None:
    """An argument inside another one may bear the same name; nobody should hear it."""
    assert read('{"note": {"message": "secret"}, "list": ["message", "x"], "message": "Hello"}') == "Hello"


def test_a_second_message_is_not_spoken() -> None:
    """JSON with a key twice is broken; the caller has heard the first already."""
    assert read('{"message": "Hello", "message": "Goodbye"}') == "Hello"


def test_a_message_that_is_no_text_is_not_spoken() -> None:
    """Nobody wants to hear brackets."""
    assert read('{"message": {"text": "Hello"}, "day": "today"}') == ""


@given(st.text())
def test_what_is_no_json_is_harmless(garbage: str) -> None:
    """A model may write anything at all."""
    assert isinstance(read(garbage, size=3), str)


@pytest.mark.parametrize(
    ("arguments", "heard"),
    [
        ('{"day": "today", "message": "Hi"}', "Hi"),
        ('{"message": "Hi"}{"message": "Hi"}', "Hi"),
        ('{"message": "Hi"} and "message": "more"', "Hi"),
        ('{"mess\\u0061ge": "\\ud83d\\ude00"}', "\U0001f600"),
        ('{"message": "\\ud83d, \\ude00"}', ", "),
        ('{"message": ["Hi"]}', ""),
        ('{"message": null}', ""),
        ('{"message": 5 "Hi"}', ""),
        ('[{"message": "Hi"}]', ""),
        ('["message": "Hi"]', ""),
        ("{'note': 'so, \"message\": \"x\"'}", ""),
        ('{"message": "Hi \\u12", "phone": "555"}', "Hi "),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_broken_or_unusual_arguments_give_away_nothing_else(arguments: str, heard: str, size: int) -> None:
    """What is spoken can not be taken back."""
    assert read(arguments, size=size) == heard
