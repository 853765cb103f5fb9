"""Models of a flow that can not be asked as it says are told before a call finds out."""

import pytest

from engine.core.models import Gating, ModelChoice, Models
from engine.flow.load import loads
from tests.conftest import inspect
from tests.support.small_flow import SMALL, problems

END = SMALL.rstrip("\n").count("\n") + 2
"""The line behind the small flow."""
OTHER = "name: x, base_url: http://x"


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ("models: [gpt, gpt]", 15, "`gpt` stands here twice; remove one of the two [models]"),
        ("models: []", 1, "`models` is empty; give it at least one [language]"),
        ("models: [[gpt]]", 10, "a list is no model; write its name, or `{name: NAME, base_url: URL}` [language]"),
        ("models: [offline, gpt]", 19, "the offline model always answers, so that what stands behind it is never asked; put `offline` last [models]"),
        ("models: [{name: offline, extra: {a: 1}}]", 26, "the offline model asks nobody: `extra` means nothing to it; remove it [models]"),
        ("models: [{name: x, base_url: localhost}]", 30, "this is no address on the web; write one such as http://localhost:11434/v1 [models]"),
        ('models: [{name: x, base_url: "http://{day}/v1"}]', 30, "where a model is does not depend on the call; write ${NAME} for the environment [models]"),
        ("models: [{base_url: http://x}]", 10, "`name` is missing; add `name:` here [language]"),
        (f"models: [{{{OTHER}, api_key_env: sk-abcdefgh12345678}}]", 53, "this is no name of a variable; write the one in which the key stands, such as MY_API_KEY [language]"),
        (f"models: [{{{OTHER}, headers: {{a b: c}}}}]", 50, "`a b` is no name of a header; write one such as X-Shop [models]"),
        (f'models: [{{{OTHER}, headers: {{X: "{{day}}"}}}}]', 53, "a header knows nothing of the call; write ${NAME} for the environment, and other braces twice [models]"),
        (f"models: [{{{OTHER}, headers: {{Authorization: Bearer x}}}}]", 65, "a secret seems to stand in `Authorization`; write ${NAME} in its place, and set NAME in the environment [models]"),
        ('models: [{name: x, base_url: "https://x/v1?api_key=abc"}]', 30, "a secret seems to stand in `base_url`; write ${NAME} in its place, and set NAME in the environment [models]"),
        (f"models: [{{{OTHER}, extra: {{messages: []}}}}]", 48, "`messages` is written by the engine; remove it here [models]"),
        (f"models: [{{{OTHER}, tool_gating: all}}]", 53, "`all` is not possible here; known values: allowed_tools, subset [language]"),
        ('models: [{name: " "}]', 17, "this is no name of a model; write it as its provider does [models]"),
        (f"models: [{{{OTHER}, headers: {{Host: y}}}}]", 50, "`Host` is written when the request is sent; remove it [models]"),
        (f'models: [{{{OTHER}, headers: {{X: "a\\nb"}}}}]', 53, "`X` has a line break in it; write it on one line [models]"),
        ("models: [ofline]", 10, "`ofline` would be asked of a provider; did you mean `offline`? [models]"),
        ('models: [{name: x, base_url: "http://x/v1/chat/completions"}]', 30, "`/chat/completions` is where one kind of request goes, not where the provider is; end it before that, as in https://host/v1 [models]"),
        ("model: {early: maybe}", 16, "`early` must be true or false, not `maybe`; write true or false [language]"),
        ("model: {context: 10}", 18, "10 tokens hold no call; write 1000 or more [language]"),
    ],
)  # fmt: skip
def test_what_can_not_be_asked_is_told(line: str, column: int, problem: str) -> None:
    """Where it stands, and how to mend it; a key that was pasted is not repeated."""
    [found] = problems(f"{SMALL.rstrip()}\n{line}\n")
    assert found.startswith(f"x.yaml:{END}:{column}: {problem}")


def test_a_name_alone_is_a_model_and_one_model_is_a_list() -> None:
    """The short forms say the same as the long ones."""
    for written in ("models: gpt", "models: [gpt]", "models: [{name: gpt}]"):
        flow = loads(f"{SMALL.rstrip()}\n{written}\n", inspect)
        assert flow.models == Models((ModelChoice("gpt"),))


def test_how_all_are_asked_holds_where_a_model_says_nothing() -> None:
    """One entry for all, and one that is different."""
    written = "models: [a, {name: b, tool_gating: subset}]\nmodel: {tool_gating: allowed_tools, early: true, context: 2000}"
    models = loads(f"{SMALL.rstrip()}\n{written}\n", inspect).models
    assert [choice.gating for choice in models.chain] == [Gating.ALLOWED_TOOLS, Gating.SUBSET]
    assert (models.early, models.context_tokens, models.gating) == (True, 2_000, Gating.ALLOWED_TOOLS)
