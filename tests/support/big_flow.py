"""A flow of any size, to see how long its proof takes: `python -m tests.support.big_flow 30 10`."""

import sys
from time import process_time

from engine.core.flow import Flow
from engine.core.signature import Signature
from engine.core.tool import Parameter
from engine.core.tool_source import ToolSource
from engine.flow.load import loads
from engine.flow.proof.prove import prove

HEAD = """
flow: big
initial: menu
slots:
{slots}
tools:
  look: {{python: "clinic:weather", effect: read, outcomes: [sun, rain], filler: "Let me look."}}
  book: {{python: "big:book", effect: write, outcomes: [booked, taken], happened: [booked], filler: "One moment."}}
  order: {{python: "big:order", effect: write, outcomes: [sent, sold_out], happened: [sent], filler: "One moment."}}
states:
  menu:
    say: "Hello."
    tools: [look]
    transitions:
{menu}
"""
FORM = """
  form_{n}:
    say: "Let us see."
    collect: [{slots}]
    tools: [look]
    transitions:
      collected: {next}
      back_{n}: {{to: menu, when: The caller wants something else.}}
"""
TOPIC = """
  topic_{n}:
    say: "That is so."
    prompt: Tell the caller.
    transitions:
      enough_{n}: {{to: menu, when: The caller wants something else.}}
      more_{n}: {{to: topic_{other}, when: The caller wants to know more.}}
"""
TAIL = """
  confirm_book:
    say: "So that is {said_book}?"
    confirms: [{book}]
    transitions:
      agreed: {{to: booking, intent: affirm, when: The caller agrees.}}
      changed: {{to: form_0, intent: correct, when: The caller wants to change something.}}
  booking:
    run: book
    transitions: {{booked: done, taken: {{to: form_0, clear: [s0]}}, error: person, unknown: person}}
  confirm_order:
    say: "So that is {said_order}?"
    confirms: [{order}]
    transitions:
      agreed: {{to: ordering, intent: affirm, when: The caller agrees.}}
      changed: {{to: form_{middle}, intent: correct, when: The caller wants to change something.}}
  ordering:
    run: order
    transitions: {{sent: done, sold_out: {{to: form_{middle}, clear: [s{last}]}}, error: person, unknown: person}}
  done: {{say: "That is done. Anything else?", transitions: {{no_more: {{to: bye, when: Nothing more.}}, again: {{to: menu_2, when: Something else.}}}}}}
  menu_2: {{say: "What else?", tools: [look], transitions: {{tell: {{to: topic_0, when: A question.}}, no_more: {{to: bye, when: Nothing more.}}}}}}
  person: {{say: "I put you through.", transfer: "+12025550100"}}
  bye: {{say: "Goodbye.", hang_up: true}}
always:
  end_call: {{to: bye, when: The caller says goodbye., except: [booking, ordering]}}
  human: {{to: person, when: The caller asks for a person., except: [booking, ordering]}}
  silence: {{after: [8s, 8s], say: ["Hello?"], to: bye}}
"""


def big_flow(states: int, slots: int) -> Flow:
    """Return a flow with two forms of several states each, two writes, and topics to talk about."""
    half = slots // 4 * 2
    takes = {"book": range(half), "order": range(half, slots), "weather": ()}

    def inspect(source: ToolSource) -> Signature:
        parameters = (Parameter(f"s{n}", {"type": "string"}) for n in takes[str(source).split(":")[1]])
        return Signature("Do it.", tuple(parameters), takes_key=True)

    return loads(_text(states, slots), inspect)


def _text(states: int, slots: int) -> str:
    topics = states - slots // 2 - 9
    forms = slots // 2
    middle = forms // 2
    names = [f"s{n}" for n in range(slots)]
    book, order = names[: 2 * middle], names[2 * middle :]

    def said(slots: list[str]) -> str:
        return ", ".join(f"{{{slot}}}" for slot in slots)

    def following(n: int) -> str:
        return {middle - 1: "confirm_book", forms - 1: "confirm_order"}.get(n, f"form_{n + 1}")

    menu = [f"      want_{n}: {{to: form_{n}, when: The caller wants {n}.}}" for n in (0, middle)]
    menu += [f"      ask_{n}: {{to: topic_{n}, when: The caller asks for {n}.}}" for n in range(topics)]
    return "".join(
        [
            HEAD.format(slots="\n".join(f"  {n}: {{type: text}}" for n in names), menu="\n".join(menu)),
            *(FORM.format(n=n, slots=", ".join(names[2 * n : 2 * n + 2]), next=following(n)) for n in range(forms)),
            *(TOPIC.format(n=n, other=(n + 1) % topics) for n in range(topics)),
            TAIL.format(
                said_book=said(book), book=", ".join(book), said_order=said(order), order=", ".join(order),
                middle=middle, last=slots - 1,
            ),
        ]
    )  # fmt: skip


if __name__ == "__main__":
    flow = big_flow(*map(int, sys.argv[1:3]))
    began = process_time()
    proof = prove(flow)
    took = process_time() - began
    sys.stdout.write(
        f"{len(flow.states)} states, {len(flow.slots)} slots: {proof.places} places, {took:.1f} s\n"
    )
