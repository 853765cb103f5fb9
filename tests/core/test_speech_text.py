"""Plain text, cleaned for speech: markup goes, words stay."""

import pytest

from engine.core.speaking.passage import spoken


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("**Great** \U0001f600!\nSee `you`.", "Great ! See you."),
        ("# Title\n- one\n- two\n1. a\n2. b", "Title one two a b"),
        ("10. December\n1. Mai", "10. December 1. Mai"),
        ("| a | b |\n|---|:--:|\n| 1 | 2 |", "a b 1 2 "),
        ("See [our site](https://x.y/a_(b)?c=1).", "See our site."),
        ("```python\nprint(1)\n```\nDone", "Done"),
        ("```\nHello\n```", "Hello "),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 two \U0001f44d\U0001f3fd \U0001f1e9\U0001f1ea 1\ufe0f\u20e3", "two 1"),
        ("*smiles* Hello *really* _nice_ (laughs) [pause] you", "Hello really nice you"),
        ('One<break time="1s"/>two <b>three</b>', "One two three"),
        ("<think>The caller\nwants</think>Hello", "Hello"),
        ("</think>\n\nHello", "Hello"),
        ("Hello <reasoning>never closed", "Hello "),
        ("[THINK]hm[/THINK]Hello", "Hello"),
        ("<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Hi<|return|>", "Hi"),
        ("{hello}", "hello"),
        ('Yes {"day": "Friday"} ok', "Yes ok"),
    ],
)  # fmt: skip
def test_markup_is_not_spoken(written: str, heard: str) -> None:
    """A synthesiser reads it aloud, or stumbles over it."""
    assert spoken(written) == heard


@pytest.mark.parametrize(
    "prose",
    [
        "Call (202) 555-0123, or +1 202-555-0123.",
        "We have two (the one on Main Street).",
        "2 * 3 is 6, 2*3 too, and 3 < 5 > 1.",
        "Write to jo_smith@my_shop.example, or see https://x.example/~jo/a_b?c=1&d=2#e.",
        "It's $5.00 (or 5 \u20ac) on 12/24/2026 at 3:30 p.m.!",
        "\u00bfQu\u00e9 d\u00eda? \u2014 El 3, por favor\u2026",
        "Apartment #5: your appointment(s) \u2013 as agreed.",
    ],
)
def test_prose_stays_as_it_is(prose: str) -> None:
    """Numbers, prices, dates and addresses are for the platform to say."""
    assert spoken(prose) == prose
