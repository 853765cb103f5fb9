"""Function calls that are written in Python: `[f(x="1"), g()]` of Llama 4, and Gemma's fences of `tool_code`.

Llama: https://www.llama.com/docs/model-cards-and-prompt-formats/llama4/. The text is read, and never run.
"""

import ast
import re
from collections.abc import Iterator

LONGEST = 8_192
"""Characters of a text that is read as Python."""
DEEPEST = 40
"""Brackets within each other."""
BRACKETS = re.compile(r"[\[({]|[\])}]")
LEFT_OUT = {"true": True, "false": False, "null": None}
"""What models of JSON write in Python."""

Call = tuple[str, object]


def in_python(text: str) -> list[Call]:
    """Return the calls that a text consists of; none if it is anything else as well."""
    tree = _tree(text.strip())
    if tree is None:
        return []
    calls: list[Call] = []
    for statement in tree.body:
        if not isinstance(statement, ast.Expr | ast.Assign):
            return []
        for node in _nodes(statement.value):
            call = _call(node)
            if call is None:
                return []
            calls.append(call)
    return calls


def literal(text: str) -> object:
    """Return the value of a literal, such as an object in single quotes; None when it is none."""
    tree = _tree(text)
    if tree is None or len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr):
        return None
    try:
        return _value(tree.body[0].value)
    except (ValueError, TypeError, RecursionError):
        return None


def _tree(text: str) -> ast.Module | None:
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        return None
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in BRACKETS.finditer(text):
        depth += 1 if found[0] in "[({" else -1
        deepest = max(deepest, depth)
    return deepest


def _nodes(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.List | ast.Tuple):
        yield from node.elts
    elif isinstance(node, ast.Call) and _name(node.func) == "print" and len(node.args) == 1:
        yield node.args[0]
    else:
        yield node


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            return f"{_name(value)}.{attribute}"
        case _:
            return ""


def _call(node: ast.expr) -> Call | None:
    if not isinstance(node, ast.Call):
        return None
    try:
        values = {keyword.arg: _value(keyword.value) for keyword in node.keywords}
        given = [_value(argument) for argument in node.args]
    except (ValueError, TypeError, RecursionError):
        return None
    if given:
        return (_name(node.func), given[0]) if len(given) == 1 and not values else None
    return None if None in values else (_name(node.func), dict(values))


def _value(node: ast.expr) -> object:
    """Return the value of a literal. Raises ValueError, TypeError."""
    match node:
        case ast.Name(id=name) if name in LEFT_OUT:
            return LEFT_OUT[name]
        case ast.Dict(keys=keys, values=values):
            return {str(_key(key)): _value(value) for key, value in zip(keys, values, strict=True)}
        case ast.List(elts=items):
            return [_value(item) for item in items]
        case _:
            value: object = ast.literal_eval(node)
            if not isinstance(value, str | int | float | bool | None):
                raise TypeError("no value of JSON")
            return value


def _key(node: ast.expr | None) -> object:
    if node is None:
        raise ValueError("a key is missing")
    return _value(node)
