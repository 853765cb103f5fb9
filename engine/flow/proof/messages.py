"""What is said of a flaw to the author of the flow: what is wrong, and how to mend it."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from engine.core.flow import Flow
from engine.flow.proof.flaws import Flaw
from engine.flow.rules.findings import Finding

Words = Callable[[Flaw, Flow], tuple[str, str]]
OF_KEY = frozenset({"circle", "dead-end", "no-end", "unreached", "too-big", "guard"})
"""Flaws of what a key names, rather than of the value behind it."""


def worded(flaw: Flaw, flow: Flow) -> Finding:
    """Return a flaw in words."""
    what, mend = WORDS[flaw.code](flaw, flow)
    return Finding(flaw.at, what, mend, flaw.code in OF_KEY, code=flaw.code)


def _unset_in_line(flaw: Flaw, flow: Flow) -> tuple[str, str]:
    slots = _listed([f"{{{slot}}}" for slot in flow.slots if slot in flaw.slots])
    first = next(slot for slot in flow.slots if slot in flaw.slots)
    mend = f"collect it on every way here, or write {{{first}?}} to leave its sentence out then"
    return f"{slots} may be unset when this is said", mend


def _unset_in_tool(flaw: Flaw, flow: Flow) -> tuple[str, str]:
    return f"{flaw.about} is run where {_slots(flaw, flow)} may be unset", "collect it on every way here"


def _unset_in_transfer(flaw: Flaw, flow: Flow) -> tuple[str, str]:
    what = f"{_slots(flaw, flow)}, which says to whom the caller goes, may be unset here"
    return what, "collect it on every way here"


def _guard(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    what = f"`{flaw.about}` may happen when none of its ways is open"
    return what, "add a last way without `if`"


def _unconfirmed_write(flaw: Flaw, flow: Flow) -> tuple[str, str]:
    what = f"{flaw.about} is run where the caller may not have heard and agreed to {_slots(flaw, flow)}"
    return what, "lead here by the yes of a state that confirms it, or write `needs: nothing`"


def _write_again(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    what = f"{flaw.about} is run where it may have been done already, and would be refused"
    return what, "lead elsewhere once it was done, or raise its `at_most`"


def _again_after_unknown(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    what = f"{flaw.about} may be asked for again when nobody knows whether it happened"
    return what, "lead `unknown` to a person or to the end of the call, and from there not back here"


def _claims_undone(flaw: Flaw, flow: Flow) -> tuple[str, str]:
    what = f"this speaks of {flaw.about} as done, and may be said when it was not"
    outcomes = sorted({o for tool in flaw.about.split(" or ") for o in flow.tools[tool].happened})
    listed = " or ".join(f"`{outcome}`" for outcome in outcomes)
    return what, f"lead here by the outcome {listed} only, or say nothing of it here"


def _circle(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    what = f"a call goes round and round from `{flaw.about}` without the caller's turn"
    return what, "let one of these ways lead to a state in which the caller speaks"


def _unreached(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    what = f"no call ever comes to `{flaw.about}`, although something leads there"
    return what, "mend what keeps calls from it, or remove it"


def _dead_end(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    what = f"a call that comes to `{flaw.about}` like this never leaves it"
    return what, "give it a transition that may fire then, or let it end the call"


def _no_end(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    what = f"no call that comes to `{flaw.about}` like this can ever end"
    return what, "lead some way on to a state with `hang_up: true` or `transfer:`"


def _never_runs(flaw: Flaw, flow: Flow) -> tuple[str, str]:
    lacking = f" for lack of {_slots(flaw, flow)}" if flaw.slots else ""
    what = f"{flaw.about} is offered here, and refused whenever the model calls it{lacking}"
    return what, "offer it where what it needs is set and, for a write, confirmed; or run it with `run:`"


def _broken_promise(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    return f"this happens: {flaw.about}", "close the way that the call takes, or take the promise back"


def _too_big(flaw: Flaw, _flow: Flow) -> tuple[str, str]:
    what = f"this flow is too big to prove: {flaw.about} places in it were looked at, and there are more"
    return what, "split it into several flows, or collect its slots in groups, one state after the other"


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "unset-in-line": _unset_in_line,
        "unset-in-tool": _unset_in_tool,
        "unset-in-transfer": _unset_in_transfer,
        "guard": _guard,
        "unconfirmed-write": _unconfirmed_write,
        "write-again": _write_again,
        "again-after-unknown": _again_after_unknown,
        "claims-undone": _claims_undone,
        "circle": _circle,
        "unreached": _unreached,
        "dead-end": _dead_end,
        "no-end": _no_end,
        "never-runs": _never_runs,
        "broken-promise": _broken_promise,
        "too-big": _too_big,
    }
)
"""By the code of the rule that is broken."""


def _slots(flaw: Flaw, flow: Flow) -> str:
    return _listed([slot for slot in flow.slots if slot in flaw.slots])


def _listed(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
