"""Lines to speak, as a flow writes them: one text, several variants, or either for each language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import JsonValue, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from engine.flow.language.words import said

ANY = ""
"""In place of a language: the line is the same in all of them."""

_TEXT: dict[str, JsonValue] = {"type": "string", "pattern": r"\S"}
_TEXTS: dict[str, JsonValue] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
LINE: dict[str, JsonValue] = {
    "anyOf": [
        _TEXT,
        {"type": "array", "items": _TEXT, "minItems": 1},
        {"type": "object", "additionalProperties": _TEXTS, "minProperties": 1},
    ]
}
"""What a line is, as JSON Schema says it."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What is to be said."""

    by_language: Mapping[str, tuple[str, ...]]
    """The variants in each language that the author wrote, or under `ANY`."""

    def each(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield every text, and where it stands below the key that holds the line."""
        for language, variants in self.by_language.items():
            at = () if language == ANY else (language,)
            for index, text in enumerate(variants):
                yield (*at, index) if len(variants) > 1 else at, text


def as_lines(value: object) -> Lines:
    """Read a line. Raises what pydantic turns into an error of the field."""
    if isinstance(value, dict):
        if not value:
            raise PydanticCustomError("too_short", "empty")
        return Lines({str(language): _variants(texts) for language, texts in value.items()})
    return Lines({ANY: _variants(value)})


def _variants(value: object) -> tuple[str, ...]:
    texts = value if isinstance(value, list) else [value]
    if not texts:
        raise PydanticCustomError("too_short", "empty")
    for text in texts:
        if not isinstance(text, str):
            if text is value:
                raise PydanticCustomError("string_type", "no text")
            raise ValueError(  # noqa: TRY004 - pydantic takes this one for an error of the field
                f"a variant must be text, not {said(text)}; put quotes around it"
            )
        if not text.strip():
            raise PydanticCustomError("string_too_short", "empty")
    return tuple(texts)


Say = Annotated[Lines, PlainValidator(as_lines), WithJsonSchema(LINE)]
"""Such as `"Hello!"`, `["Hello!", "Good day!"]` or `{en: "Hello!", es: "¡Hola!"}`."""
