"""The only place where the parts are put together."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from engine.actor.ports import Ports
from engine.actor.roster import Roster
from engine.clock import Clock, SystemClock
from engine.core.flow import Flow
from engine.core.models import ModelChoice
from engine.core.tool_source import HttpRequest
from engine.errors import FlowError, Place, Problem, SettingsError, ToolError
from engine.flow.check import Checked, check
from engine.llm.model import Model
from engine.llm.offline.model import OfflineModel
from engine.server.paths import Paths
from engine.server.websocket import CallServer
from engine.settings import Settings
from engine.store.sqlite import SqliteStore
from engine.tools.find import inspect_tool, prepare, variables
from engine.tools.means import Means

DEFAULT_MODEL = "gpt-4.1-mini"


@dataclass(frozen=True, slots=True)
class Engine:
    """A running engine, before anyone listens."""

    flows: tuple[Flow, ...]
    model: Model
    roster: Roster
    means: Means
    settings: Settings

    @property
    def paths(self) -> Paths:
        """The paths under which its flows are served."""
        return Paths({flow.name: flow for flow in self.flows}, self.flows[0], self.settings.secret)

    def load(self, path: Path) -> Flow:
        """Load another flow for calls to come. Raises TurnstileError when it is not sound, or not for it."""
        flow = load_flow(path)
        if isinstance(self.model, OfflineModel):
            _must_be_english(flow)
        _make_ready((flow,), self.means)
        return flow

    @property
    def server(self) -> CallServer:
        """A server for its flows."""
        return CallServer(self.paths, self.roster)


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
    flows: tuple[Flow, ...], settings: Settings, model_name: str | None = None, clock: Clock | None = None
) -> AsyncIterator[Engine]:
    """Open what the flows need, and close it when the calls are over.

    Raises SettingsError, and ToolError when a tool can not serve.
    """
    clock = clock or SystemClock()
    means = Means()
    model = choose_model(flows, settings, model_name)
    try:
        store = SqliteStore(settings.data / "turnstile.db", clock)
    except (OSError, SQLAlchemyError) as error:
        reason = str(error).splitlines()[0]
        raise SettingsError(
            f"the data folder `{settings.data}` can not be used ({reason}); set TURNSTILE_DATA"
        ) from error
    try:
        _make_ready(flows, means)
        yield Engine(flows, model, Roster(Ports(model, store, means, clock)), means, settings)
    finally:
        await model.close()
        await means.close()
        store.close()


def needed_variables(flow: Flow) -> tuple[str, ...]:
    """Return what a flow's tools want to find in the environment, in the order of the flow."""
    found = (name for tool in flow.tools.values() for source in tool.sources for name in variables(source))
    return tuple(dict.fromkeys(found))


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


def choose_model(flows: tuple[Flow, ...], settings: Settings, name: str | None) -> Model:
    """Return the model to use: OpenAI's protocol when there is a key, the offline one otherwise.

    Raises SettingsError when that can not serve the flows.
    """
    if name is None and settings.openai_key is None and settings.openai_url is not None:
        raise SettingsError(
            f"nothing says which model to ask at OPENAI_BASE_URL {settings.openai_url}; "
            "give its name with --model, or --model offline"
        )
    if name == "offline" or (name is None and settings.openai_key is None):
        for flow in flows:
            _must_be_english(flow)
        return OfflineModel()
    if settings.openai_key is None and settings.openai_url is None:
        raise SettingsError(
            f"the model {name} needs OPENAI_API_KEY; set it, or leave --model out for offline"
        )
    from engine.llm.openai import Connection, OpenAIModel  # noqa: PLC0415 - 0.7 s to import, needed only here

    connection = Connection(settings.openai_url, key=settings.openai_key)
    return OpenAIModel(ModelChoice(name or DEFAULT_MODEL), connection)


def _must_be_english(flow: Flow) -> None:
    if not flow.language.lower().startswith("en"):
        raise SettingsError(
            f"the offline model speaks English only, and flow `{flow.name}` speaks {flow.language}; "
            "set OPENAI_API_KEY for a language model"
        )
