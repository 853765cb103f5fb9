"""The modules that a flow's tools are in: found by name, imported, made ready for calls."""

import importlib
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from engine.errors import ToolError

REFERENCE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
READY = "before_first_call"
"""A function that a module of tools may have: it opens what the tools need, and raises when it can not."""


def function_at(reference: str) -> Callable[..., object]:
    """Return the function at `module:function`. Raises ToolError with what is wrong and how to mend it."""
    if not REFERENCE.fullmatch(reference):
        raise ToolError(f"`{reference}` is no function", "write it as package.module:function")
    module_name, _, name = reference.partition(":")
    module = _imported(module_name)
    function: object = getattr(module, name, None)
    if not callable(function):
        raise ToolError(f"`{module_name}` has no function `{name}`", _functions(module))
    return function


def make_ready(reference: str) -> None:
    """Let the module of `module:function` open what its tools need, if it has anything to open.

    Raises ToolError when it can not be used.
    """
    module = _imported(reference.partition(":")[0])
    ready = getattr(module, READY, None)
    if ready is None:
        return
    try:
        ready()
    except ToolError:
        raise
    except Exception as error:  # the author's own code may raise anything
        what = f"`{module.__name__}:{READY}` fails ({type(error).__name__}: {error})"
        raise ToolError(what, "mend what it opens, or the function") from error


def _imported(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = error.name or name
        if name != missing and not name.startswith(f"{missing}."):
            what = f"the module `{name}` imports `{missing}`, which is not there"
            raise ToolError(what, f"install `{missing}` in the environment of this command") from error
        mend = "check its name; modules are looked for in the environment and in the working directory"
        raise ToolError(f"there is no module `{missing}`", mend) from error
    except (Exception, SystemExit) as error:  # the author's own code may raise anything, and even exit
        what = f"the module `{name}` fails when it is imported ({type(error).__name__}: {error})"
        raise ToolError(what, f"mend it until `python -c 'import {name}'` works") from error


def _functions(module: ModuleType) -> str:
    """Say which functions a module has instead, or that another one was meant."""
    own_file = Path.cwd() / f"{module.__name__}.py"
    if own_file.exists() and getattr(module, "__file__", None) != str(own_file):
        return f"this is another module of that name: rename your {own_file.name}"
    functions = (
        f for f in vars(module).values() if inspect.isfunction(f) and f.__module__ == module.__name__
    )
    known = sorted(f.__name__ for f in functions if not f.__name__.startswith("_") and f.__name__ != READY)
    return f"its functions: {', '.join(known) or 'none'}"
