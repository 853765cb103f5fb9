"""A flow with a sub-flow in a file of its own, for tests that break just one thing in either."""

VERIFY = """
slots:
  day: {type: date, ask: "When were you born?"}
tools:
  search: {python: "clinic:forgetful", effect: read, outcomes: [found, nobody], filler: "Let me look."}
states:
  asking:
    collect: [day]
    transitions: {collected: looking}
  looking:
    run: search
    transitions:
      found: done
      nobody: {to: asking, say: "Nobody was born on {day}. When were you?"}
      error: failed
      timeout: failed
"""
DESK = """
flow: desk
initial: hello
include:
  - {file: verify.yaml, prefix: who, names: {done: bye, failed: bye}}
slots: {day: {type: date, ask: "Which day?"}}
states:
  hello:
    say: "Hello."
    transitions: {start: {to: who_asking, when: The caller wants to come in.}}
  bye: {say: "Goodbye.", hang_up: true}
always:
  end_call: {to: bye, when: The caller says goodbye., except: [who_looking]}
"""


def desk(before: str = "", after: str = "", verify: str = VERIFY) -> dict[str, str]:
    """Return the desk with its sub-flow, or one in which a part is another."""
    assert before in DESK
    return {"desk.yaml": DESK.replace(before, after, 1) if before else DESK, "verify.yaml": verify}


def verify(before: str, after: str) -> dict[str, str]:
    """Return the desk with a sub-flow in which a part is another."""
    assert before in VERIFY
    return desk(verify=VERIFY.replace(before, after))


EVERY_KEY = """
slots:
  day: {type: date, ask: ["When were you born?", "Which day?"], on_change: {clear: [plan]}}
  plan: {type: text, set_by: tool}
  desk: {type: choice, options: [near, far]}
tools:
  search: {python: "clinic:forgetful", effect: read, outcomes: [found, nobody], sets: {plan: plan.name}}
states:
  asking:
    collect: [day, desk]
    max_visits: {times: 3, to: failed, say: "Not {day}, then."}
    reminders: {after: [8s, 8s], say: ["Hello?"], to: failed}
    transitions:
      collected:
        - {if: "desk is near and not (plan is set or visits > 3)", to: failed}
        - looking
      where: {to: telling, return: true, when: The caller asks where.}
  looking:
    run: search
    transitions:
      found:
        - {if: 'search is found and plan is "plan"', to: other, set: {desk: near}}
        - {to: done, clear: [day]}
      nobody: {to: done, say: {en: ["On {day}?", "No {plan}."]}}
      error: failed
      timeout: failed
  telling: {say: "Here.", transitions: {further: {to: back, when: The caller goes on.}}}
  other: {transfer: {by: desk, to: {near: "+12025550100", far: "+12025550101"}}}
"""
