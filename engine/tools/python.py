"""Tools that are Python functions: found by name, looked at, and called with checked arguments."""

import functools
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    create_model,
)
from pydantic.errors import PydanticUserError

from engine.core.signature import GIVEN, Signature
from engine.core.tool import Parameter
from engine.errors import NotDone, ToolError
from engine.tools.circumstances import Circumstances
from engine.tools.means import Means
from engine.tools.modules import function_at
from engine.tools.outcome import Outcome

CONDITIONS = frozenset({
    "string_pattern_mismatch", "string_too_short", "string_too_long", "greater_than", "greater_than_equal",
    "less_than", "less_than_equal", "multiple_of", "too_short", "too_long", "value_error", "assertion_error",
    "date_past", "date_future",
})  # fmt: skip
"""Why pydantic refuses a value that is of the right kind: the next one may do."""


@dataclass(frozen=True, slots=True)
class PythonTool:
    """A function that a flow names."""

    function: Callable[..., object]
    arguments: type[BaseModel]
    signature: Signature
    given: tuple[str, ...]

    async def call(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome:
        """Call the function: a plain one in a thread, so that it may wait; an async one here.

        Raises NotDone when the arguments do not fit, and whatever the function raises.
        """
        outcome = await self._returned(arguments, circumstances, means)
        if outcome is None:
            raise ToolError(f"{self.function.__qualname__} returned nothing", "return an Outcome")
        return outcome

    async def look_up(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome | None:
        """Call a function that finds an earlier write, with the arguments that it takes; None: none is there.

        Raises whatever the function raises.
        """
        taken = {parameter.name for parameter in self.signature.parameters}
        known = {name: value for name, value in arguments.items() if name in taken}
        return await self._returned(known, circumstances, means)

    async def _returned(
        self, arguments: Mapping[str, object], circumstances: Circumstances, means: Means
    ) -> Outcome | None:
        try:
            checked = self.arguments.model_validate(arguments)
        except ValidationError as error:
            fields = ", ".join(str(detail["loc"][0]) for detail in error.errors() if detail["loc"])
            raise NotDone(f"the arguments do not fit the function: {fields}") from error
        keywords = {
            str(field.alias): getattr(checked, key)
            for key, field in self.arguments.model_fields.items()
            if key in checked.model_fields_set
        }
        keywords |= {name: getattr(circumstances, name) for name in self.given}
        if inspect.iscoroutinefunction(self.function):
            returned = await self.function(**keywords)
        else:
            returned = await means.threads.run(functools.partial(self.function, **keywords))
        match returned:
            case Outcome() | None:
                return returned
            case str():
                return Outcome(returned)
            case _:
                raise ToolError(
                    f"{self.function.__qualname__} returned {type(returned).__name__}",
                    "return an Outcome, or the name of one",
                )


@functools.cache
def find(reference: str) -> PythonTool:
    """Find the function at `module:function` and look at its parameters, without calling it.

    Raises ToolError with what is wrong and how to mend it.
    """
    return look_at(reference, function_at(reference))


def inspect_python(reference: str) -> Signature:
    """Return what the function at `module:function` takes. Raises ToolError."""
    return find(reference).signature


def look_at(reference: str, function: Callable[..., object]) -> PythonTool:
    """Look at a function's parameters; `reference` is for messages. Raises ToolError as `find` does."""
    fields: dict[str, Any] = {}
    given: list[str] = []
    try:
        hints = get_type_hints(function, include_extras=True)
    except NameError as error:
        raise ToolError(
            f"an annotation of `{reference}` names nothing: {error}", "import what it names"
        ) from error
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY}:
            raise ToolError(f"`{reference}` takes `{parameter}`", "name each parameter: arguments go by name")
        if parameter.name in GIVEN:
            given.append(parameter.name)
            continue
        if parameter.name not in hints:
            raise ToolError(
                f"`{parameter.name}` of `{reference}` has no type",
                f"annotate it, such as {parameter.name}: str",
            )
        default = ... if parameter.default is parameter.empty else parameter.default
        # A name of its own: one such as `copy` or `_day` already means something to pydantic's models.
        field: Any = Annotated[hints[parameter.name], WrapValidator(_or_listed), Field(alias=parameter.name)]
        fields[f"argument_{len(fields)}"] = (field, default)
    try:
        arguments = create_model("Arguments", __config__=ConfigDict(extra="forbid"), **fields)
        schema = arguments.model_json_schema()
        properties = {name: _flat(schema, part) for name, part in schema.get("properties", {}).items()}
    except KeyError:
        raise ToolError(f"a type of `{reference}` refers to itself", "give it plain arguments") from None
    except (PydanticUserError, TypeError) as error:
        reason = str(error).splitlines()[0]
        raise ToolError(
            f"the types of `{reference}` can not be checked: {reason}", "use plain types, or pydantic's"
        ) from error
    parameters = tuple(
        Parameter(name, schema_, required=name in schema.get("required", ()))
        for name, schema_ in properties.items()
    )
    signature = Signature(
        _description(function),
        parameters,
        "idempotency_key" in given,
        functools.partial(_takes, arguments),
        _outcomes(hints.get("return")),
    )
    return PythonTool(function, arguments, signature, tuple(given))


def _or_listed(value: object, check: ValidatorFunctionWrapHandler) -> object:
    """Check a value as it is; where it does not fit, the list that it may be the JSON text of."""
    try:
        return check(value)
    except ValidationError:
        listed = _json_list(value)
        if listed is None:
            raise
        return check(listed)


def _json_list(value: object) -> list[object] | None:
    try:
        listed = json.loads(value) if isinstance(value, str) and value.startswith("[") else None
    except ValueError:
        return None
    return listed if isinstance(listed, list) else None


def _outcomes(returns: object) -> tuple[str, ...] | None:
    """Return the outcomes that a function's annotation names: `-> Literal["booked", "taken"]`."""
    if get_origin(returns) is not Literal:
        return None
    return tuple(name for name in get_args(returns) if isinstance(name, str))


def _takes(arguments: type[BaseModel], name: str, value: str) -> bool:
    """Whether a parameter could take a text: it may still refuse this one for what it says."""
    try:
        arguments.model_validate({name: value})
    except ValidationError as error:
        refused = [detail["type"] for detail in error.errors() if detail["loc"][0] == name]
        return not refused or not CONDITIONS.isdisjoint(refused)
    return True


def _flat(schema: Mapping[str, Any], property_: Mapping[str, Any]) -> dict[str, object]:
    """Return a parameter's schema on its own: without titles, and with what it refers to in its place."""
    if "$ref" in property_:
        name = str(property_["$ref"]).rpartition("/")[2]
        return _flat(
            {"$defs": {k: d for k, d in schema["$defs"].items() if k != name}}, schema["$defs"][name]
        )
    return {key: _inlined(schema, value) for key, value in property_.items() if key != "title"}


def _inlined(schema: Mapping[str, Any], value: Any) -> Any:
    match value:
        case dict():
            return _flat(schema, value)
        case list():
            return [_inlined(schema, item) for item in value]
        case _:
            return value


def _description(function: Callable[..., object]) -> str:
    paragraph = (inspect.getdoc(function) or "").partition("\n\n")[0]
    return " ".join(paragraph.split())
