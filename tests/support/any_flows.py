"""Flows in which everything may happen: for calls that are drawn at random."""

from pathlib import Path

from engine.core.flow import Flow
from engine.flow.load import load, loads
from engine.tools.find import inspect_tool
from tests.conftest import inspect

BY_MODEL = """
flow: by_model
initial: hello
model: {early: true}
slots: {day: {type: date}, time: {type: time}}
tools:
  book: {python: "clinic:book", effect: write, needs: nothing, outcomes: [booked, full], happened: [booked],
         key: [day], at_most: 2, filler: "One moment."}
  tell: {python: "clinic:book_day", effect: write, outcomes: [told], happened: [told]}
  look: {python: "clinic:weather", effect: read, outcomes: [sun, rain], filler: "Let me look."}
  find: {python: "clinic:find_openings", effect: read, outcomes: [some], on_interrupt: finish}
states:
  hello: {transitions: {start: {to: talk, when: Anything.}}}
  talk:
    collect: [day, time]
    tools: [book, look, find]
    transitions:
      booked: {to: talk, say: "Booked."}
      full: {to: talk, clear: [time], say: "Full. Another time?"}
      error: {to: talk, say: "Failed."}
      unknown: lost
      rain: {to: check, say: "It will rain."}
      read: {to: again, when: Read it again.}
  again:
    say: "On {day} at {time}?"
    confirms: [day, time]
    transitions: {yes_please: {to: telling, intent: affirm, when: Yes.}, other: {to: talk, intent: correct, when: No.}}
  telling: {run: tell, transitions: {told: menu, error: talk, unknown: lost}}
  check: {run: look, transitions: {sun: talk, rain: talk, error: lost, timeout: lost}}
  menu: {say: "Press one.", press: "1", transitions: {on: {to: check, when: Go on.}, failed: talk}}
  lost: {say: "Let me put you through.", transfer: "+12025550100", transitions: {failed: {to: talk, say: "Sorry."}}}
always:
  bye: {to: lost, when: Goodbye., except: [telling]}
  silence: {after: [8s, 4s], say: ["Hello?"], to: lost}
""".replace("on: {to: check", "go_on: {to: check")

WINDING = """
flow: winding
initial: hello
language: [en-US, es]
language_from: call.variables.language
interruption_sensitivity: 0.8
slots:
  day: {type: date, ask: [Which day?, And the day?], on_change: {clear: [time]}}
  time: {type: time}
  desk: {type: choice, options: [sales, service], set_by: tool}
  sure: {type: yes_no}
tools:
  book: {python: "clinic:book", effect: write, outcomes: [booked, full], happened: [booked],
         filler: {say: ["One moment.", "Nearly."], after: 300ms}, sets: {desk: desk}}
  look: {python: "clinic:weather", effect: read, outcomes: [sun, rain], sets: {desk: note}, on_interrupt: finish}
states:
  hello: {say: {en: Hello., es: Hola.}, must_hear: true, transitions: {start: {to: talk, when: Anything.}}}
  talk:
    collect: [day, time, sure]
    max_visits: {times: 4, to: lost, say: "Once too often."}
    reminders: {after: [5s, 5s], say: [Still there?], to: lost}
    responsiveness: 0.5
    transitions:
      collected: [{if: sure is yes and visits < 3, to: read}, {stay: true, clear: [sure], say: [Sure?, Really?]}]
      spanish: {stay: true, speak: es, key: "2", when: Spanish.}
      sun: {to: talk, say: Sunny.}
  read:
    say: "On {day} at {time}?"
    confirms: [day, time]
    transitions:
      agreed: [{if: time is not set, to: talk, intent: affirm, when: Yes.}, {if: look is not rain, to: booking}, lost]
      other: {to: talk, intent: correct, when: No., clear: [sure], set: {day: 2026-12-05}}
  booking:
    run: book
    transitions:
      booked: [{if: desk is set, to: through}, {to: done}]
      full: {to: talk, clear: [time, sure], say: Full.}
      error: talk
      unknown: lost
  aside: {say: "There is parking on {day}. There is parking."}
  sky: {run: look, transitions: {sun: back, rain: {to: back, say: It rains.}, error: back, timeout: lost}}
  menu: {prompt: Tell more., transitions: {enough: {to: back, when: Enough.}, deeper: {to: aside, return: true, when: Deeper.}}}
  through: {transfer: {by: desk, to: {sales: "+12025550100", service: "+12025550101"}}, transitions: {failed: talk}}
  done: {say: [Goodbye., Bye.], hang_up: true}
  lost: {say: "Let me put you through.", transfer: "+12025550100"}
always:
  tools: {look: {except: [menu]}}
  park: {to: aside, return: true, key: "3", when: Parking., except: [booking, through, done, lost]}
  weather: {to: sky, return: true, when: Weather., except: [booking, through, done, lost]}
  more: {to: menu, return: true, when: More., except: [booking, through, done, lost]}
  bye: [{if: visits > 5, to: done, key: "9", when: Goodbye., except: [booking]}, {to: lost}]
  trouble: {to: lost}
  silence: {after: [8s, 8s], say: [{en: Hello?, es: ¿Hola?}], to: lost}
lines: {trouble: {es: Perdón.}, repeat: {es: ¿Cómo?}, hold: {es: Un momento.}, again: {es: ¿Sí?}}
"""

FLOWS: dict[str, Flow] = {
    "appointment": load(Path("flows/appointment.yaml"), inspect_tool),
    "by_model": loads(BY_MODEL, inspect),
    "winding": loads(WINDING, inspect),
}
