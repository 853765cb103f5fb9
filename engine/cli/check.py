"""`turnstile check`: say what is wrong with flows, everything in one go."""

import argparse
from collections.abc import Sized

from engine.app import load_flow, needed_variables
from engine.core.flow import Flow
from engine.errors import FlowError


def run(options: argparse.Namespace) -> int:
    """Print a line for each problem and return 1, or a line for each sound flow and return 0."""
    code = 0
    for path in options.flows:
        try:
            flow = load_flow(path)
        except FlowError as error:
            print(error)
            code = 1
        else:
            counted = f"{_count(flow.states, 'state')}, {_count(flow.tools, 'tool')}"
            print(f"{path}: {flow.name} is sound ({counted}){_wanted(flow)}")
    return code


def _wanted(flow: Flow) -> str:
    """Say what must be set before the flow is served; a check does without, for it calls nobody."""
    names = needed_variables(flow)
    return f"; to serve it, set {', '.join(names)} in the environment" if names else ""


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}" + ("" if len(things) == 1 else "s")
