"""Words of others on their way into a prompt: made harmless, quoted, cut when too long, and counted."""

import json
import re

from engine.core.speech import scrubbed

BYTES_PER_TOKEN = 4
"""A rule of thumb for English; other scripts take more bytes for a letter, and more tokens for a word."""
ANGLES = str.maketrans("<>", "()")
BRACKETS = str.maketrans("<>[]", "()()")
CONTROL = re.compile(r"\[(/?[A-Z][A-Z_]*)\]")
"""`[INST]` and its like, by which the templates of Mistral and Llama 2 mark who speaks."""


def tokens(text: str) -> int:
    """Return how many tokens a text has, roughly: a quarter of its bytes. No tokenizer is asked.

    Every model has one of its own, and for a limit the size is enough.
    """
    size = len(text) if text.isascii() else len(text.encode(errors="replace"))
    return -(-size // BYTES_PER_TOKEN)


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many tokens, roughly: what goes is the middle, and that is said."""
    size = tokens(text)
    if size <= most:
        return text
    half = len(text) * most // size // 2
    return f"{text[:half]} (... {len(text) - 2 * half} characters left out ...) {text[len(text) - half :]}"


def speech(text: str, most: int) -> str:
    """Return what somebody said, without brackets: no one speaks them, and models take them for control.

    Chat templates mark with `<|im_start|>`, `<start_of_turn>` or `[INST]` who speaks, and servers that
    read them in what was said let a caller speak as the system.
    """
    return scrubbed(shortened(text.strip(), most)).translate(BRACKETS)


def data(text: str, most: int) -> str:
    """Return what a tool has found, without the marks of chat templates."""
    return CONTROL.sub(r"(\1)", scrubbed(shortened(text, most)).translate(ANGLES))


def quoted(text: str, most: int) -> str:
    """Return what others said in quotes and on one line, for the system message."""
    line = " ".join(speech(text, most).split())
    return json.dumps(line, ensure_ascii=False)
