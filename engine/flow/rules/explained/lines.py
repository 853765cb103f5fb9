"""Rules about what callers hear: that it can be spoken, and that it is true."""

from engine.flow.rules.explained.rule import Rule

RULES = (
    Rule(
        "unspeakable-line",
        "Slots stand in braces where they are filled in, in a `say` and a `read_back`; no brace stands alone.",
        "It would be read out as it stands.",
        """
        lines: {hold: "One moment, {name}."}
        """,
        """
        lines: {hold: "One moment."}
        """,
    ),
    Rule(
        "read-back",
        "A state that `confirms` slots says each of them, and one of its transitions means yes.",
        "The caller would agree to what they have not heard.",
        """
        reading: {say: "Shall I book it?", confirms: [day], transitions: {agreed: {to: booking, intent: affirm, when: "Yes."}}}
        """,
        """
        reading: {say: "Shall I book {day}?", confirms: [day], transitions: {agreed: {to: booking, intent: affirm, when: "Yes."}}}
        """,
    ),
    Rule(
        "unset-in-line",
        "Every slot that a line names is set whenever it is said. Where its sentence is to be left out otherwise,\n"
        "the slot has a question mark: `{notes?}`. The greeting may name what the platform tells without one.",
        "Its sentence would be left out unawares: a caller would agree to half an appointment.",
        """
        asking: {collect: [day], transitions: {collected: ended}}
        ended:  {say: "See you on {day} at {time}!", hang_up: true}
        """,
        """
        asking: {collect: [day, time], transitions: {collected: ended}}
        """,
    ),
    Rule(
        "claims-undone",
        "A last line that says what a write was given, and to which its success leads, is said after success only.\n"
        '(A name alone claims nothing: "thank you, {name}" may be said at any time.)',
        "The caller would take for booked what is not.",
        """
        booking: {run: book, transitions: {booked: ended, error: ended, unknown: person}}
        ended:   {say: "You are all set for {day}!", hang_up: true}
        """,
        """
        booking: {run: book, transitions: {booked: ended, error: person, unknown: person}}
        """,
    ),
    Rule(
        "broken-promise",
        "What stands under `never:` does not happen in any call that the flow allows, and what stands under\n"
        "`always_so:` holds in all of them.",
        "It is you who knows what must not happen to your callers.",
        """
        never: [booking before reading]
        states:
          asking: {collect: [day], transitions: {collected: booking}}
        """,
        """
        never: [booking before reading]
        states:
          asking: {collect: [day], transitions: {collected: reading}}
        """,
    ),
    Rule(
        "too-big",
        "All calls of a flow can be looked at, in half a minute or so.",
        "A check that looked at some of them would promise more than it knows.",
        """
        asking_all: {collect: [a, b, c, d, e, f, g, h, i, j, k, l], transitions: {skip: {to: menu, when: "Later."}}}
        """,
        """
        asking_who:  {collect: [a, b, c, d], transitions: {collected: asking_when}}
        asking_when: {collect: [e, f, g, h], transitions: {collected: reading}}
        """,
    ),
)
