"""`turnstile check`: say what is wrong with flows, everything in one go, and which calls show it."""

import argparse
import os
import sys
from collections.abc import Sized
from difflib import get_close_matches
from pathlib import Path

from engine.app import check_flow, needed_variables
from engine.core.flow import Flow
from engine.errors import FlowError, SettingsError
from engine.flow.check import Checked
from engine.flow.rules.codes import RULES


def run(options: argparse.Namespace) -> int:
    """Print each problem and return 1, or a line for each sound flow and return 0.

    With `--explain` it prints the long form of a rule instead.
    """
    if options.explain is not None:
        print(explained(options.explain))
    elif not options.flows:
        raise SettingsError("no flow is given; name a flow file, such as flows/appointment.yaml")
    results = [_checked(path) for path in options.flows]
    if options.save_test is not None:
        _save([result.tests for result in results if result is not None], options.save_test)
    return 1 if any(result is None or result.errors for result in results) else 0


def explained(code: str) -> str:
    """Return the long form of a rule. Raises SettingsError when there is none of this code."""
    if code in RULES:
        return str(RULES[code])
    close = get_close_matches(code, RULES, n=1)
    known = f"did you mean `{close[0]}`?" if close else f"there are: {', '.join(RULES)}"
    raise SettingsError(f"there is no rule `{code}`; {known}")


def _checked(path: Path) -> Checked | None:
    """Check a flow and print what came of it; None when it could not be loaded."""
    try:
        checked = check_flow(path)
    except FlowError as error:
        print(error)
        return None
    for problem in (*checked.errors, *checked.warnings):
        print(problem)
    if not checked.errors:
        flow = checked.flow
        size = f"{_count(flow.states, 'state')}, {_count(flow.tools, 'tool')}"
        proven = f"no call through its {checked.places} places breaks a rule"
        print(f"{path}: {flow.name} is sound ({size}): {proven}{_wanted(flow)}")
    return checked


def _save(tests: list[str], path: Path) -> None:
    found = [module for module in tests if module]
    if not found:
        print("There is no call that breaks a flow, so no test was written.", file=sys.stderr)
        return
    if len(found) > 1:
        raise SettingsError("more than one flow is broken; give --save-test one flow at a time")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(found[0])
    except FileExistsError:
        raise SettingsError(f"`{path}` is there already; name another file") from None
    except OSError as error:
        raise SettingsError(f"`{path}` can not be written ({error.strerror}); name another file") from error
    print(f"Written: {path}", file=sys.stderr)


def _wanted(flow: Flow) -> str:
    """Say what must be set before the flow is served; a check does without, for it calls nobody."""
    names = [name for name in needed_variables(flow) if name not in os.environ]
    return f"; to serve it, set {', '.join(names)} in the environment" if names else ""


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}" + ("" if len(things) == 1 else "s")
