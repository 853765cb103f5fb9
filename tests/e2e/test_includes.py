"""A sub-flow's tool is run in a flow that includes it."""

import asyncio
from pathlib import Path

import pytest

from engine.app import load_flow
from engine.llm.offline.model import OfflineModel
from tests.support.files import written
from tests.support.line import dialled, serving

FILES = {
    "office.yaml": """
flow: office
initial: hello
include: [{file: visit.yaml, prefix: visit, names: {done: bye, failed: sorry}}]
states:
  hello: {say: "Office, hello.", transitions: {start: {to: visit_ask, intent: start, when: The caller wants to come in.}}}
  bye: {say: "See you on {visit_day}. Goodbye!", hang_up: true}
  sorry: {say: "That did not work.", hang_up: true}
""",
    "visit.yaml": """
slots: {day: {type: date, ask: "Which day?"}}
tools:
  book: {python: "tests.support.ledger_office:book", effect: write, outcomes: [booked], happened: [booked], key: [day]}
states:
  ask: {collect: [day], transitions: {collected: confirm}}
  confirm:
    say: "On {day}?"
    confirms: [day]
    transitions:
      yes_please: {to: work, intent: affirm, when: The caller agrees.}
      other: {to: ask, intent: correct, when: The caller wants another day.}
  work: {run: book, transitions: {booked: done, error: failed, unknown: failed}}
""",
}


def test_a_function_is_given_what_it_asks_for_by_its_own_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes a `day`; the flow calls that `visit_day`."""
    monkeypatch.setenv("OFFICE", str(tmp_path))
    flow = load_flow(written(tmp_path, FILES))

    async def call() -> None:
        async with serving(flow, OfflineModel(), tmp_path) as url, dialled(url) as phone:
            await phone.answered()
            assert await phone.says("I'd like to come in") == "Which day?"
            await phone.says("tomorrow")
            assert (await phone.says("yes")).startswith("See you on")

    asyncio.run(call())
    assert len(list(tmp_path.glob("booked *"))) == 1
