"""`turnstile prompt`: what a language model reads when it is asked something, in any state of a flow."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from engine.core.call import Call
from engine.core.effects import AskModel
from engine.core.events import Speaker, Utterance
from engine.core.flow import Flow
from engine.core.functions import Function, Kind, exposed
from engine.core.prompt import Message, prompt_of
from engine.core.prompt.words import tokens
from engine.core.request import Request
from engine.core.states import State
from engine.errors import SettingsError
from engine.flow.load import load
from engine.flow.proof.explore import replayed
from engine.flow.proof.moves import ModelsFail, Move, Speaks
from engine.flow.proof.nearest import nearest
from engine.flow.proof.story import said
from engine.flow.proof.tape import ANSWER, Tape
from engine.flow.proof.values import unconditional
from engine.tools.find import inspect_tool

NEXT = "(what the caller says now)"
ANYTHING = "(what the caller says)"
MODELS_OWN = "(what the model said)"
MOST_PLACES = 500
"""That many are looked at within a few seconds; the flows that ship need no more."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked in some call of a flow."""

    request: Request
    made_up: bool = False
    """Whether the call was put into its state, because none was found that comes there."""


def run(options: argparse.Namespace) -> int:
    """Print what a model reads in a state, in the shortest call that comes there. Raises TurnstileError."""
    # The flow is not proved: whoever looks at a prompt may be in the middle of writing it, and a proof takes
    # seconds.
    flow = load(options.flow, inspect_tool)
    asked = question(flow, options.state)
    if asked.made_up:
        print(f"No short call rests in `{options.state}`: this one was put there.", file=sys.stderr)
    request = asked.request
    parts = _functions(request) if options.functions else (*_prompt(request), *_functions(request))
    print("\n\n".join(parts))
    return 0


def question(flow: Flow, state: str | None = None) -> Question:
    """Return what a model is asked in a state; without one, what it is asked first of all.

    Raises SettingsError when there is no such state, or no model is asked anything there.
    """
    if state is not None and state not in flow.states:
        close = get_close_matches(state, flow.states, n=1)
        known = f"did you mean `{close[0]}`?" if close else f"there are: {', '.join(flow.states)}"
        raise SettingsError(f"flow `{flow.name}` has no state `{state}`; {known}")
    if state is not None and (why := _silent(flow, flow.states[state])):
        raise SettingsError(f"no model is asked anything in `{state}`: {why}; name another state")
    found = nearest(flow, lambda call: _asked(flow, call, state), MOST_PLACES)
    if found is not None:
        way, request = found
        return Question(_in_words(request, [*_words(flow, way), NEXT]))
    if state is None:
        raise SettingsError(f"no model is asked anything in flow `{flow.name}`: it speaks for itself")
    return _made_up(flow, flow.states[state])


def _silent(flow: Flow, state: State) -> str:
    """Return why no model is ever asked anything in a state; nothing where one may be."""
    everywhere = (rule.transition for rule in flow.always.values() if rule.applies(state.name))
    if state.run is not None:
        return f"it runs {state.run}, and the flow speaks meanwhile"
    if state.ends and all(t.when is None for t in (*state.transitions.values(), *everywhere)):
        return "the call ends there"
    return ""


def _asked(flow: Flow, call: Call, state: str | None) -> Request | None:
    """Return what a model is asked when the caller speaks now, if that is in the state."""
    if call.line.closing or state not in {None, call.talk.state}:
        return None
    tape = Tape(flow, call)
    tape.ask(None)
    for request in _requests(tape):
        return replace(request, flow=flow) if state in {None, request.call.talk.state} else None
    return None


def _requests(tape: Tape) -> Iterator[Request]:
    for happened in tape.happened:
        yield from (effect.request for effect in happened.effects if isinstance(effect, AskModel))


def _made_up(flow: Flow, state: State) -> Question:
    """Put a call into a state, with nothing of what it collects."""
    first = question(flow).request
    slots = {name: value for name, value in first.known.items() if name not in state.collect}
    talk = replace(first.call.talk, state=state.name, slots=slots, pending=None)
    call = replace(first.call, talk=talk)
    return Question(replace(first, call=call, functions=exposed(flow, call)), made_up=True)


def _words(flow: Flow, way: tuple[Move, ...]) -> Iterator[str]:
    """Yield what the caller may have said, time after time."""
    for move, tape in replayed(unconditional(flow), way):
        match move:
            case Speaks(name, arguments):
                offered = (function for request in _requests(tape) for function in request.functions)
                function = next((function for function in offered if function.name == name), None)
                yield "; ".join(_told(flow, function, arguments)) or ANYTHING
            case ModelsFail():
                yield ANYTHING
            case _:
                pass


def _told(flow: Flow, function: Function | None, arguments: Mapping[str, object]) -> Iterator[str]:
    """Yield what the caller may have said for the model to call a function."""
    if function is not None and function.examples:
        yield function.examples[0]
    elif function is not None and function.kind is Kind.TRANSITION:
        yield f"({function.description.rstrip('.')})"
    yield from (said(flow, name, value) for name, value in arguments.items() if name in flow.slots)


def _in_words(request: Request, words: list[str]) -> Request:
    """Put words into a proof's call, where what is said makes no difference."""
    spoken = iter(words)

    def worded(utterance: Utterance) -> Utterance:
        if utterance.speaker is Speaker.CALLER:
            return replace(utterance, text=next(spoken, ANYTHING))
        return replace(utterance, text=utterance.text.replace(ANSWER, MODELS_OWN))

    line = request.call.line
    line = replace(line, transcript=tuple(map(worded, line.transcript)))
    return replace(request, call=replace(request.call, line=line))


def _prompt(request: Request) -> Iterator[str]:
    prompt = prompt_of(request)
    yield f"{_title('system message, what stays the same', tokens(prompt.stable))}\n{prompt.stable}"
    yield f"{_title('system message, what changes', tokens(prompt.situation))}\n{prompt.situation}"
    size = sum(message.tokens for message in prompt.conversation)
    yield "\n".join((_title("conversation", size), *map(_message, prompt.conversation)))


def _message(message: Message) -> str:
    lines = [f"{message.role}: {message.text}".rstrip()]
    lines += (f"  calls {use.name}({use.arguments})" for use in message.calls)
    return "\n".join(lines)


def _functions(request: Request) -> Iterable[str]:
    described = [_described(function, request.flow) for function in request.functions]
    size = sum(tokens(json.dumps(function)) for function in described)
    yield _title(f"functions, {len(described) or 'none'}", size)
    for function in described:
        parameters = json.dumps(function["parameters"], indent=2, ensure_ascii=False)
        yield f"{function['name']}: {function['description']}\n{parameters}"


def _described(function: Function, flow: Flow) -> dict[str, object]:
    return {
        "name": function.name,
        "description": function.purpose,
        "parameters": function.schema(flow),
    }


def _title(text: str, size: int) -> str:
    return f"--- {text} (about {size} tokens)"
