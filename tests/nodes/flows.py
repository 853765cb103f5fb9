"""A line that books a day, once for each way of finding out about a booking whose answer was lost."""

from collections.abc import Iterator
from pathlib import Path

POLICIES = ("repeat", "lookup", "never")
BOOKED = "That is booked. Goodbye!"
FAILED = "That did not work, so nothing is booked. Goodbye!"
UNKNOWN = "I can't tell whether that was booked. Goodbye!"
GREETING = "Office, hello."

FLOW = """
flow: {policy}
initial: hello
timezone: America/New_York
slots: {{day: {{type: date, ask: "Which day?"}}}}
tools:
  book:
    http: {{method: POST, url: "${{OFFICE_URL}}/{policy}/{{call_id}}", body: {{day: "{{day}}"}}}}
    outcome: {{200: booked}}
    effect: write
    outcomes: [booked]
    happened: [booked]
    resolve: {resolve}
    timeout: {timeout}
    settle: {settle}
    filler: "One moment."
  opening_hours: {{http: "${{OFFICE_URL}}/hours", outcome: {{200: known}}, effect: read, outcomes: [known], timeout: 2s}}
states:
  hello:
    say: "Office, hello."
    transitions: {{start: {{to: hours, intent: start, when: The caller wants to come in.}}}}
  hours: {{run: opening_hours, transitions: {{known: ask, error: ask_anyway, timeout: ask_anyway}}}}
  ask: {{say: "We are open. Which day?", collect: [day], transitions: {{collected: confirm}}}}
  ask_anyway: {{say: "I can't see our hours. Which day?", collect: [day], transitions: {{collected: confirm}}}}
  confirm:
    say: "On {{day}}?"
    confirms: [day]
    transitions:
      yes_please: {{to: work, intent: affirm, when: The caller agrees.}}
      other: {{to: ask, intent: correct, when: The caller wants another day.}}
  work: {{run: book, transitions: {{booked: done, error: sorry, unknown: who_knows}}}}
  done: {{say: "That is booked. Goodbye!", hang_up: true}}
  sorry: {{say: "That did not work, so nothing is booked. Goodbye!", hang_up: true}}
  who_knows: {{say: "I can't tell whether that was booked. Goodbye!", hang_up: true}}
"""
LOOK_UP = """lookup
    lookup:
      http: {method: GET, url: "${OFFICE_URL}/find/{call_id}", headers: {Idempotency-Key: "\\"{idempotency_key}\\""}}
      outcome: {200: booked}"""


def written(folder: Path, timeout: str, settle: str) -> Iterator[Path]:
    """Write one flow for each policy, and yield their paths.

    A booking may take a `timeout`, and waits so long for second thoughts as `settle` says.
    """
    for policy in POLICIES:
        path = folder / f"{policy}.yaml"
        resolve = LOOK_UP if policy == "lookup" else policy
        path.write_text(FLOW.format(policy=policy, resolve=resolve, timeout=timeout, settle=settle))
        yield path
