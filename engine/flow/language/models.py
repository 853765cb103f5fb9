"""The models of a flow, as it writes them: which ones, where they are, and how they are asked."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, WithJsonSchema

from engine.flow.language.http import Text
from engine.flow.language.words import Part, Words, said

VARIABLE = re.compile("[A-Z_][A-Z0-9_]*")
FEWEST_TOKENS = 1_000

_VARIABLE_TEXT: dict[str, JsonValue] = {"type": "string", "pattern": f"^{VARIABLE.pattern}$"}
_TOKENS: dict[str, JsonValue] = {"type": "integer", "minimum": FEWEST_TOKENS}


def as_variable(value: object) -> object:
    """Read the name of a variable of the environment; what is none may be a key, and is not repeated."""
    if not isinstance(value, str) or not VARIABLE.fullmatch(value):
        raise ValueError(
            "this is no name of a variable; write the one in which the key stands, such as MY_API_KEY"
        )
    return value


def as_model(value: object) -> object:
    """`models: [NAME]` is short for `models: [{name: NAME}]`."""
    match value:
        case str():
            return {"name": value}
        case dict():
            return value
        case _:
            raise ValueError(f"{said(value)} is no model; write its name, or `{{name: NAME, base_url: URL}}`")


def as_models(value: object) -> object:
    """`models: NAME` is short for `models: [NAME]`."""
    return value if isinstance(value, list) else [value]


def _some_tokens(value: int) -> int:
    if value < FEWEST_TOKENS:
        raise ValueError(f"{value} tokens hold no call; write {FEWEST_TOKENS} or more")
    return value


Gating = Literal["subset", "allowed_tools"]
Tokens = Annotated[int, AfterValidator(_some_tokens), WithJsonSchema(_TOKENS)]


class ModelPart(Part):
    """One model, and where it is."""

    name: Words
    """As its provider calls it, such as `gpt-4.1-mini`; `offline` is the one that needs no provider."""
    base_url: Words | None = None
    """A server that speaks OpenAI's protocol, such as `http://localhost:11434/v1` or `"${MODEL_URL}"`."""
    api_key_env: Annotated[str | None, BeforeValidator(as_variable), WithJsonSchema(_VARIABLE_TEXT)] = None
    """The environment variable with its key, such as `ANTHROPIC_API_KEY`; never the key itself."""
    headers: dict[Words, Text] = {}
    """Sent with each request; secrets come from the environment: `{X-Team: "${TEAM}"}`."""
    extra: dict[Words, object] = {}
    """Put into each request as it is, such as `{temperature: 0.2, service_tier: priority}`."""
    tool_gating: Gating | None = None
    """How it is told which functions may be called; as in `model:` where it says nothing."""
    strict: bool | None = None
    """Whether it is to hold arguments to their schema; where nothing is said, where that is known to work."""


class ModelsPart(Part):
    """How the models of the flow are asked."""

    early: bool = False
    """Whether a model is asked as soon as the caller seems to be done: sooner, and at times for nothing."""
    context: Tokens = 6_000
    """How much of a long call a model is shown, in tokens, roughly."""
    tool_gating: Gating = "subset"
    """`subset`: only the state's functions are sent. `allowed_tools`: all, and which are allowed (OpenAI)."""


Model = Annotated[ModelPart, BeforeValidator(as_model, json_schema_input_type=Words | ModelPart)]
Chain = Annotated[
    list[Model],
    Field(min_length=1),
    BeforeValidator(as_models, json_schema_input_type=Words | Annotated[list[Model], Field(min_length=1)]),
]
