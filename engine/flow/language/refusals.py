"""What pydantic refuses in a flow file, said in the author's words."""

from pydantic_core import ErrorDetails

from engine.flow.file.source import Location
from engine.flow.language import states
from engine.flow.language.words import said
from engine.flow.rules.findings import Finding, suggestion

KEY = "[key]"
"""How pydantic says that a mapping's key is at fault, and not its value."""

KINDS = {
    "string_type": ("text", "put quotes around it"),
    "int_type": ("a whole number", "write digits, without quotes"),
    "bool_type": ("true or false", "write true or false"),
    "list_type": ("a list", "write [a, b], or a line beginning with `- ` for each"),
    "dict_type": ("a mapping", "write `key: value` lines below it"),
    "model_type": ("a mapping", "write `key: value` lines below it"),
    "model_attributes_type": ("a mapping", "write `key: value` lines below it"),
}


def refusal(detail: ErrorDetails, location: Location, keys: list[str]) -> Finding:
    """Return what is wrong at a location; `keys` are those that the language has beside it."""
    key = location[-1] if location else ""
    refused = detail["input"]
    match detail["type"]:
        case "missing":
            return Finding(location[:-1], f"`{key}` is missing", f"add `{key}:` here", at_key=True)
        case states.NO_WAY:
            mend = "add `to:` here, or `stay: true`"
            return Finding(location, "`to` is missing", mend, at_key=True)
        case "extra_forbidden":
            return Finding(location, f"there is no key `{key}` here", _known(str(key), keys), at_key=True)
        case "literal_error":
            return Finding(location, f"{said(refused)} is not possible here", _expected(detail, refused))
        case "union_tag_invalid":
            tag = detail["ctx"]["tag"]
            return Finding((*location, "type"), f"`{tag}` is not possible here", _expected(detail, tag))
        case "union_tag_not_found":
            return Finding(location, "`type` is missing", "say what kind of value it holds", at_key=True)
        case "value_error":
            what, _, mend = str(detail["ctx"]["error"]).partition("; ")
            of_key = detail["loc"][-1] == KEY or refused == key  # pydantic does not mark the key of an extra
            return Finding(location, what, mend, at_key=of_key)
        case kind if kind in KINDS:
            wanted, mend = KINDS[kind]
            must = f"`{_named(location)}` must {'hold' if isinstance(key, int) else 'be'}"
            return Finding(location, f"{must} {wanted}, not {said(refused)}", _mended(refused, wanted, mend))
        case "greater_than_equal" | "less_than_equal" as kind:
            least = kind == "greater_than_equal"
            limit = format(detail["ctx"]["ge" if least else "le"], "g")
            what = f"`{key}` must be {limit} or {'more' if least else 'less'}, not {said(refused)}"
            return Finding(location, what, f"write a number {'from' if least else 'up to'} {limit}")
        case "too_short" | "string_too_short" as kind:
            mend = "give it at least one" if kind == "too_short" else "write some text, or remove it"
            return Finding(location, f"`{_named(location)}` is empty", mend, at_key=isinstance(key, str))
        case _:
            return Finding(location, f"`{_named(location)}` can not be {said(refused)}", "correct the value")


def _named(location: Location) -> str:
    """Return the key that an author would look for: an item of a list has none of its own."""
    return next((str(step) for step in reversed(location) if isinstance(step, str)), "the flow")


def _known(key: str, keys: list[str]) -> str:
    name, colon, value = key.partition(":")
    return f"write `{name}: {value}`, with a space" if colon else suggestion(key, keys, "keys")


def _mended(refused: object, wanted: str, mend: str) -> str:
    if wanted != "text":
        return mend
    match refused:
        case None:
            return "write it behind the colon, or remove the key"
        case list() | dict():
            return "write one line of text, in quotes"
        case _:
            return mend


def _expected(detail: ErrorDetails, refused: object) -> str:
    listed = str(detail["ctx"].get("expected_tags") or detail["ctx"]["expected"])
    names = [name.strip(" '") for name in listed.replace(" or ", ",").split(",")]
    return suggestion(str(refused), names, "values")
