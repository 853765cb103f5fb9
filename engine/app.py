"""The only place where the parts are put together."""

import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import structlog

from engine.actor.ports import Ports
from engine.actor.pulse import beating
from engine.actor.roster import Roster
from engine.clock import Clock, SystemClock, on_loop
from engine.core.flow import Flow
from engine.core.models import OFFLINE, ModelChoice
from engine.core.slots.locale import is_english
from engine.core.tool_source import HttpRequest
from engine.errors import FlowError, Place, Problem, SettingsError, ToolError
from engine.flow.check import Checked, check
from engine.llm.providers import Providers
from engine.server.paths import Paths
from engine.server.websocket import CallServer
from engine.settings import Settings
from engine.store.open import open_store
from engine.store.sql import SqlStore
from engine.tools.find import inspect_tool, prepare, variables
from engine.tools.means import Means

DEFAULT_MODEL = "gpt-4.1-mini"
CLOSE_S = 5.0
"""How long a process that ends waits for its database."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Engine:
    """A running engine, before anyone listens."""

    flows: tuple[Flow, ...]
    providers: Providers
    roster: Roster
    means: Means
    settings: Settings
    store: SqlStore
    named: tuple[str, ...] = ()
    """The models that the operator has named."""

    @property
    def paths(self) -> Paths:
        """The paths under which its flows are served."""
        return Paths({flow.name: flow for flow in self.flows}, self.flows[0], self.settings.secret)

    def load(self, path: Path) -> Flow:
        """Load another flow for calls to come. Raises TurnstileError when it is not sound, or not for it."""
        flow = load_flow(path)
        _make_ready((flow,), self.means)
        _give_models(flow, self.named, self.settings, self.providers)
        return flow

    @property
    def server(self) -> CallServer:
        """A server for its flows."""
        return CallServer(self.paths, self.roster, self.health)

    async def health(self) -> list[str]:
        """Say, a line each, how the models are doing, and the database of the calls."""
        return [*(f"model {line}" for line in self.providers.health), f"store {await self.store.health()}"]


def check_flow(path: Path) -> Checked:
    """Check a flow with its Python tools. Raises FlowError when it can not be loaded."""
    return check(path, inspect_tool)


def load_flow(path: Path, warn: Callable[[Problem], None] = lambda _: None) -> Flow:
    """Load a flow with its Python tools, and prove it; `warn` is told what it could do better.

    Raises FlowError with everything that is wrong, in the file or in a call that the flow allows.
    """
    checked = check_flow(path)
    if checked.errors:
        raise FlowError(checked.errors)
    for warning in checked.warnings:
        warn(warning)
    return checked.flow


def load_flows(paths: Sequence[Path], warn: Callable[[Problem], None] = lambda _: None) -> tuple[Flow, ...]:
    """Load several flows. Raises FlowError with everything that is wrong in any of them."""
    flows: dict[str, Flow] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            flow = load_flow(path, warn)
        except FlowError as error:
            problems += error.problems
            continue
        if flow.name in flows:
            what = f"another flow given is also called `{flow.name}`"
            problems.append(Problem(Place(str(path)), what, "give one of them another name"))
        flows[flow.name] = flow
    if problems:
        raise FlowError(problems)
    return tuple(flows.values())


@asynccontextmanager
async def running(
    flows: tuple[Flow, ...], settings: Settings, named: Sequence[str] = (), clock: Clock | None = None
) -> AsyncIterator[Engine]:
    """Open what the flows need, and close it when the calls are over. `named` are models, by name.

    Raises SettingsError, and ToolError when a tool can not serve.
    """
    clock = clock or SystemClock()
    means = Means()
    providers = Providers(settings.variables, clock, on_loop)
    for flow in flows:
        _give_models(flow, named, settings, providers)
    try:
        store = open_store(settings, clock)
    except SettingsError:
        await providers.close()
        raise
    try:
        _make_ready(flows, means)
        await providers.warm()
        async with beating(clock.mono_ms) as pulse:
            roster = Roster(Ports(providers, store, means, clock, pulse=pulse))
            roster.serve(flows)
            yield Engine(flows, providers, roster, means, settings, store, tuple(named))
    finally:
        await providers.close()
        await means.close()
        _close(store)


def _close(store: SqlStore) -> None:
    """Let the store write what still waits, though not for ever: its database may hang."""
    closing = threading.Thread(target=store.close, name="store-close", daemon=True)
    closing.start()
    closing.join(CLOSE_S)
    if closing.is_alive():
        log.error("store.hangs", waited_s=CLOSE_S)


def needed_variables(flow: Flow) -> tuple[str, ...]:
    """Return what a flow's tools want to find in the environment, in the order of the flow."""
    found = (name for tool in flow.tools.values() for source in tool.sources for name in variables(source))
    return tuple(dict.fromkeys(found))


def _give_models(flow: Flow, named: Sequence[str], settings: Settings, providers: Providers) -> None:
    """Let models answer the calls of a flow. Raises SettingsError when none can, or none of those named."""
    choices = chosen(flow, named, settings)
    asked_for = {choice.name: providers.missing(choice) for choice in choices if choice.name in named}
    if asked_for and all(asked_for.values()):
        name, missing = next(iter(asked_for.items()))
        known = [choice.name for choice in flow.models.chain]
        close = get_close_matches(name, [*known, OFFLINE], n=1)
        instead = "the models of the flow" if known else OFFLINE
        mend = f"write {close[0]}, if that is meant" if close and close[0] != name else "set it"
        raise SettingsError(
            f"the model {name} needs {' and '.join(missing)}; {mend}, or leave --model out for {instead}"
        )
    for lacking in providers.serve(flow, choices):
        log.warning("model.left_out", flow=flow.name, reason=lacking)


def _make_ready(flows: tuple[Flow, ...], means: Means) -> None:
    """Let every tool open what it needs.

    Raises ToolError when one can not serve, and SettingsError with all that requests miss in the environment.
    """
    missing: list[str] = []
    tools = (tool for flow in flows for tool in flow.tools.values())
    for source, place in {source: tool.place for tool in tools for source in tool.sources}.items():
        try:
            prepare(source, means)
        except ToolError as error:
            if not isinstance(source, HttpRequest):
                raise
            missing.append(f"{place}: {error}")
    if missing:
        raise SettingsError("\n".join(missing))


def chosen(flow: Flow, names: Sequence[str], settings: Settings) -> tuple[ModelChoice, ...]:
    """Return the models that answer the calls of a flow, in the order in which they are asked.

    Those that the operator names come before those of the flow; without either it is OpenAI's when there is a
    key, and behind it in any case, where the flow speaks English, the offline one. Raises SettingsError.
    """
    if not names and flow.models.chain:
        return flow.models.chain
    if not names and settings.openai_key is None and settings.openai_url is not None:
        raise SettingsError(
            f"nothing says which model to ask at OPENAI_BASE_URL {settings.openai_url}; "
            "give its name with --model, or --model offline"
        )
    if not names:
        names = (DEFAULT_MODEL,) if settings.openai_key is not None else (OFFLINE,)
    if OFFLINE in names and not _speaks_english(flow):
        raise SettingsError(
            f"the offline model speaks English only, and flow `{flow.name}` speaks {flow.language}; "
            "set OPENAI_API_KEY for a language model"
        )
    if OFFLINE in names[:-1]:
        raise SettingsError("the offline model always answers, so that what stands behind it is never asked; "
                            "give --model offline last")  # fmt: skip
    known = {choice.name: choice for choice in flow.models.chain}
    named = [known.get(name, ModelChoice(name, gating=flow.models.gating)) for name in names]
    behind = [ModelChoice(OFFLINE)] if OFFLINE not in names and _speaks_english(flow) else []
    return (*named, *behind)


def _speaks_english(flow: Flow) -> bool:
    return any(map(is_english, flow.languages))
