"""Rules about the ways of a flow: where calls come from, where they go, and that they end."""

from engine.flow.rules.explained.rule import Rule

RULES = (
    Rule(
        "unreached",
        "Some call comes to every state.",
        "What was written for it is never heard: a way to it was forgotten, or can never be taken.",
        """
        asking:  {collect: [day], transitions: {collected: booking}}
        booking: {run: book, transitions: {booked: ended, error: person, unknown: person}}
        reading: {say: "So that is {day}?", confirms: [day], transitions: {}}
        """,
        """
        asking:  {collect: [day], transitions: {collected: reading}}
        """,
    ),
    Rule(
        "dead-end",
        "Every state that does not end the call can be left, however a call came to it.",
        "The caller would be kept there until they hang up.",
        """
        hours: {say: "We are open from nine to five."}
        """,
        """
        hours: {say: "We are open from nine to five.", transitions: {else: {to: menu, when: "Something else."}}}
        """,
    ),
    Rule(
        "no-end",
        "From wherever a call comes to, some way leads to a state that hangs up or puts the caller through.",
        "Caller and agent would go round between states for ever.",
        """
        menu:  {say: "Hours or address?", transitions: {hours: {to: hours, when: "Hours."}}}
        hours: {say: "Nine to five.", transitions: {back: {to: menu, when: "Something else."}}}
        """,
        """
        menu:  {say: "Hours or address?", transitions: {hours: {to: hours, when: "Hours."}, bye: {to: bye, when: "Goodbye."}}}
        bye:   {say: "Goodbye!", hang_up: true}
        """,
    ),
    Rule(
        "circle",
        "A call comes to the caller's turn again after each of theirs.",
        "States that run one tool after the other could be neither heard nor stopped.",
        """
        looking: {run: look, transitions: {open: ended, full: looking, error: person, timeout: person}}
        """,
        """
        looking: {run: look, transitions: {open: ended, full: asking, error: person, timeout: person}}
        """,
    ),
    Rule(
        "leads-nowhere",
        "What a state collects is of use: a transition leads on from there, or a tool of the state takes it.",
        "The caller would be asked for it, and nothing would come of the answer.",
        """
        asking: {collect: [day]}
        """,
        """
        asking: {collect: [day], transitions: {collected: booking}}
        """,
    ),
    Rule(
        "unhandled-outcome",
        "A state that runs a tool, or offers a write, says where each of its outcomes leads. The engine adds\n"
        "`error` and `unknown` to those of a write, `error` and `timeout` to those of a look-up.",
        "The caller would wait for an answer that never comes.",
        """
        booking: {run: book, transitions: {booked: ended, error: person}}
        """,
        """
        booking: {run: book, transitions: {booked: ended, error: person, unknown: person}}
        """,
    ),
    Rule(
        "never-fires",
        "Every transition is fired by the model, which needs to know `when`, or by the engine, which does not.",
        "A way that nothing opens is no way.",
        """
        hours: {transitions: {back: menu}}
        """,
        """
        hours: {transitions: {back: {to: menu, when: "The caller asks for something else."}}}
        """,
    ),
    Rule(
        "way",
        "Each way of a transition leads to a state or stays, and what all ways share stands with the first.",
        "Of two ways that say different things only one would be followed.",
        """
        more: {to: asking, stay: true, when: "The caller wants more."}
        """,
        """
        more: {to: asking, when: "The caller wants more."}
        """,
    ),
    Rule(
        "guard",
        "Every guard can hold, and when the engine fires a transition one of its ways is open.",
        "The call would stay where it is, without a word of why.",
        """
        collected: [{to: member, if: "plan is gold"}, {to: guest, if: "plan is silver"}]
        """,
        """
        collected: [{to: member, if: "plan is gold"}, {to: guest}]
        """,
    ),
    Rule(
        "always",
        "What `always` allows can happen: each rule has its `when`, silence has one wait more than lines, and no\n"
        "rule means yes.",
        "A caller who asks for a person must be heard everywhere.",
        """
        always: {human: {to: person}}
        """,
        """
        always: {human: {to: person, when: "The caller asks for a person."}}
        """,
    ),
    Rule(
        "action",
        "A state either hangs up, transfers, presses keys or runs a tool, and numbers can be dialled.",
        "Of two things only one would happen, and nobody could say which.",
        """
        person: {transfer: "front desk", hang_up: true}
        """,
        """
        person: {transfer: "+12025550100"}
        """,
    ),
)
