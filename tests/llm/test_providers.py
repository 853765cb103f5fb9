"""Which models answer the calls of a flow, and with whose keys."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from engine.app import chosen
from engine.clock import SystemClock, on_loop
from engine.core.flow import Flow
from engine.core.models import Gating, ModelChoice
from engine.errors import SettingsError
from engine.flow.load import loads
from engine.llm.model import Answering
from engine.llm.providers import Providers
from engine.settings import from_environment
from engine.testkit import Call
from engine.tools.find import inspect_tool
from tests.support.provider import Provider, provider, text

LINE = """
flow: line
initial: hello
states: {hello: {say: "Hello.", transitions: {done: {to: bye, when: Any.}}}, bye: {say: "Bye.", hang_up: true}}
"""
GERMAN = """
language: de
lines: {trouble: "Da ging etwas schief.", repeat: "Wie bitte?", hold: "Einen Moment.", again: "Stimmt das?"}
"""


def flow(more: str = "") -> Flow:
    """A small flow, with what a test adds."""
    return loads(LINE + more, inspect_tool)


def names(flow: Flow, *named: str, **environment: str) -> list[str]:
    """Return the models that are asked, in order."""
    return [choice.name for choice in chosen(flow, named, from_environment(environment))]


def test_without_a_key_the_offline_model_answers() -> None:
    """Everything runs on a fresh machine."""
    assert names(flow()) == ["offline"]


def test_behind_a_language_model_stands_the_offline_one() -> None:
    """A provider's outage does not silence a call."""
    assert names(flow(), OPENAI_API_KEY="k") == ["gpt-4.1-mini", "offline"]
    assert names(flow(), "a", "b", OPENAI_API_KEY="k") == ["a", "b", "offline"]


def test_it_stands_behind_no_flow_whose_language_it_does_not_speak() -> None:
    """German heard by rules for English would be nonsense, and alone it is refused."""
    assert names(flow(GERMAN), OPENAI_API_KEY="k") == ["gpt-4.1-mini"]
    with pytest.raises(SettingsError, match="speaks English only, and flow `line` speaks de"):
        names(flow(GERMAN))


def test_nobody_is_asked_behind_the_offline_model() -> None:
    """Whoever writes that means something else."""
    with pytest.raises(SettingsError, match="give --model offline last"):
        names(flow(), "offline", "a", OPENAI_API_KEY="k")


def test_what_a_flow_says_is_all_there_is() -> None:
    """Who does not want the offline model leaves it out."""
    assert names(flow("models: [a, b]"), OPENAI_API_KEY="k") == ["a", "b"]


def test_the_operator_chooses_among_the_flows_own() -> None:
    """With the address that stands there."""
    own = flow('models: [a, {name: b, base_url: "http://b"}]\nmodel: {tool_gating: allowed_tools}')
    settings = from_environment({})
    assert chosen(own, ["b"], settings)[0] == ModelChoice("b", "http://b", gating=Gating.ALLOWED_TOOLS)
    assert chosen(own, ["c"], settings)[0] == ModelChoice("c", gating=Gating.ALLOWED_TOOLS)


def test_a_model_whose_key_is_not_set_is_left_out() -> None:
    """And said so; the others answer."""
    own = flow(
        'models: [a, {name: b, base_url: "${B_URL}", api_key_env: B_KEY, headers: {X: "${X:-x}"}}, offline]'
    )
    providers = Providers({"B_KEY": " "}, SystemClock(), on_loop)
    assert list(providers.serve(own, own.models.chain)) == [
        "a: OPENAI_API_KEY not set",
        "b: B_URL and B_KEY not set",
    ]
    assert providers.chain(own).name == "offline"
    assert list(providers.health) == [
        "offline: not asked yet",
        "a: OPENAI_API_KEY not set: left out",
        "b: B_URL and B_KEY not set: left out",
    ]


def test_a_flow_that_nobody_can_answer_is_not_served() -> None:
    """Before the first caller finds out."""
    own = flow("models: [a]")
    with pytest.raises(SettingsError, match=r"no model can answer .* `line` \(a: OPENAI_API_KEY not set\)"):
        list(Providers({}, SystemClock(), on_loop).serve(own, own.models.chain))


@pytest.mark.parametrize(
    ("environment", "problem"),
    [
        ({"B_URL": "nowhere"}, "the `base_url` of b is no http"),
        (
            {"B_URL": "http://b", "TEAM": "a\u0007"},
            "the header X of b has letters in it that can not be sent",
        ),
        ({"B_URL": "http://b", "B_KEY": "a b"}, "B_KEY has letters that no key has"),
    ],
)
def test_what_is_set_and_can_not_be_used_is_told(environment: dict[str, str], problem: str) -> None:
    """By its name, and not by what it holds."""
    key = "api_key_env: B_KEY, " if "B_KEY" in environment else ""
    own = flow(f'models: [{{name: b, base_url: "${{B_URL}}", {key}headers: {{X: "${{TEAM:-x}}"}}}}]')
    with pytest.raises(SettingsError, match=problem):
        list(Providers(environment, SystemClock(), on_loop).serve(own, own.models.chain))


@asynccontextmanager
async def two() -> AsyncIterator[tuple[Provider, Provider]]:
    """OpenAI, as far as the environment says so, and another server."""
    async with provider(text("One.")) as one, provider(text("Two.")) as other:
        yield one, other


async def answered(providers: Providers, own: Flow) -> list[object]:
    request = Call(own).caller("Hello").request
    return [delta async for delta in providers.stream(request) if isinstance(delta, Answering)]


def test_a_key_is_sent_to_the_server_that_it_is_for_and_to_no_other() -> None:
    """OpenAI's is in the environment of every process, and a flow may name any server."""

    async def ask() -> None:
        async with two() as (one, other):
            first = flow("models: [a]")
            second = flow(f"models: [{{name: b, base_url: '{other.url}'}}]")
            environment = {"OPENAI_API_KEY": "sk-of-openai", "OPENAI_BASE_URL": one.url}
            providers = Providers(environment, SystemClock(), on_loop)
            for own in (first, second):
                assert not list(providers.serve(own, own.models.chain))
            assert await answered(providers, first) == [Answering("a")]
            assert await answered(providers, second) == [Answering("b")]
            await providers.close()
            assert "authorization: bearer sk-of-openai" in one.heads[0]
            assert "authorization" not in other.heads[0]

    asyncio.run(ask())


def test_flows_that_name_one_model_share_what_is_known_of_it() -> None:
    """It failed in a call with one flow, so no caller of the other waits for it."""

    async def ask() -> None:
        async with provider(500) as down:
            choices = f"models: [{{name: a, base_url: '{down.url}'}}, offline]"
            first, second = flow(choices), flow(choices)
            providers = Providers({}, SystemClock(), on_loop)
            for own in (first, second):
                assert not list(providers.serve(own, own.models.chain))
            assert await answered(providers, first) == [Answering("offline")]
            assert await answered(providers, second) == [Answering("offline")]
            assert [line.split(" ")[:2] for line in providers.health] == [
                ["a:", "failed"],
                ["offline:", "answered"],
            ]
            await providers.close()

    asyncio.run(ask())


def test_models_that_a_changed_flow_no_longer_names_are_not_reported() -> None:
    """An operator who looks at night is not sent after a provider that nobody asks any more."""
    providers = Providers({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, SystemClock(), on_loop)
    for own in (flow("models: [old, offline]"), flow("models: [new, offline]")):
        assert not list(providers.serve(own, own.models.chain))
    assert providers.health == ["new: not asked yet", "offline: not asked yet"]


def test_a_caller_who_speaks_spanish_is_not_given_to_rules_for_english() -> None:
    """In a flow of both languages it answers the others."""
    both = loads(
        """
flow: both
initial: hello
language: [en-US, es-US]
lines: {trouble: {es: "Algo ha fallado."}, repeat: {es: "¿Cómo?"}, hold: {es: "Un momento."}, again: {es: "¿Sí?"}}
states:
  hello: {say: {en: "Hello.", es: "Hola."}, transitions: {spanish: {stay: true, speak: es-US, when: Any.}, done: {to: bye, when: Any.}}}
  bye: {say: {en: "Bye.", es: "Adiós."}, hang_up: true}
""",
        inspect_tool,
    )
    providers = Providers({}, SystemClock(), on_loop)
    assert not list(providers.serve(both, [ModelChoice("offline")]))
    links = providers.chain(both).links
    call = Call(both).caller("Hello")
    assert [link.serves(call.request) for link in links] == [True]
    call.model(spanish={"message": "Sí."})
    assert [link.serves(call.caller("Hola").request) for link in links] == [False]
