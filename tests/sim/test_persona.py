"""A caller who is played by a model, at a server that speaks OpenAI's protocol."""

import asyncio
from pathlib import Path

import pytest

from engine.errors import SettingsError
from engine.testkit.sim.persona import HANGS_UP, played_by
from engine.testkit.sim.script import CallerPart, load_caller
from engine.testkit.sim.steps import HangUp, Heard, Say
from tests.support.provider import provider, text


def persona(tmp_path: Path, model: str) -> CallerPart:
    """Read a file with a persona that this model plays."""
    path = tmp_path / "caller.yaml"
    path.write_text(f"persona: A hurried plumber.\ngoal: A cleaning on Friday.\nmodel: {model}\n")
    return load_caller(path).part


def test_the_model_hears_the_agent_and_says_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It knows who it is, and hangs up when it has what it came for."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    async def talk() -> None:
        async with provider(text("A cleaning, ", "please."), text(f"Bye! {HANGS_UP}")) as server:
            player = played_by(persona(tmp_path, f'{{name: any, base_url: "{server.url}"}}'))
            assert await player.replies(Heard("How can I help you?", rested=True)) == [
                Say("A cleaning, please.")
            ]
            assert await player.replies(Heard("You are all set.", rested=True)) == [Say("Bye!"), HangUp()]
            await player.close()
        asked = server.requests[1]["messages"]
        assert "A hurried plumber." in asked[0]["content"]
        assert "A cleaning on Friday." in asked[0]["content"]
        said = [message["content"] for message in asked[1:]]
        assert said == ["How can I help you?", "A cleaning, please.", "You are all set."]

    asyncio.run(talk())


def test_without_a_key_nobody_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the file is told which variable is missing."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match="needs OPENAI_API_KEY"):
        played_by(persona(tmp_path, "{name: gpt-4.1-mini}"))
