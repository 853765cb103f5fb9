"""Rules whose breach is a warning: the flow is served, and its callers are worse off."""

from engine.flow.rules.explained.rule import Rule

RULES = (
    Rule(
        "no-filler",
        "A tool that may take long has a `filler`.",
        "Until it ends the caller hears nothing but the engine's own line, which fits everything and nothing.",
        """
        book: {python: "my_tools:book", effect: write, timeout: 8s, outcomes: [booked], happened: [booked]}
        """,
        """
        book: {python: "my_tools:book", effect: write, timeout: 8s, filler: "One moment.", outcomes: [booked], happened: [booked]}
        """,
        warns=True,
    ),
    Rule(
        "missing-language",
        "In a flow of several languages, each line is there in each of them.",
        "A caller who speaks the other one hears a line that they may not understand.",
        """
        language: [en-US, es-US]
        slots: {day: {type: date, ask: "Which day?"}}
        """,
        """
        language: [en-US, es-US]
        slots: {day: {type: date, ask: {en: "Which day?", es: "¿Qué día?"}}}
        """,
        warns=True,
    ),
    Rule(
        "long-prompt",
        "A prompt is short: what a state is about, not a script.",
        "A model reads all of it before each answer, and follows long ones less.",
        """
        asking: {prompt: "(two hundred words and more)"}
        """,
        """
        asking: {prompt: "Collect what is missing, one question at a time."}
        """,
        warns=True,
    ),
    Rule(
        "markdown",
        "A line that is spoken has no markdown, no lists and no links.",
        "A synthesiser reads the signs aloud, or stumbles over them.",
        """
        say: "We have **two** rooms."
        """,
        """
        say: "We have two rooms."
        """,
        warns=True,
    ),
    Rule(
        "always-over-write",
        "A rule under `always` excepts the states that run a write.",
        "While a write runs the engine offers nothing else, so the rule does nothing there: say so, for whoever\n"
        "reads the flow and takes a caller to be able to walk away from a booking.",
        """
        always: {end_call: {to: bye, when: "The caller says goodbye."}}
        """,
        """
        always: {end_call: {to: bye, when: "The caller says goodbye.", except: [booking]}}
        """,
        warns=True,
    ),
    Rule(
        "no-correction",
        "A state that reads back offers a way beside the yes.",
        "A caller who hears something wrong could only ask for a person, or hang up.",
        """
        reading: {say: "So that is {day}?", confirms: [day], transitions: {agreed: {to: booking, intent: affirm, when: "Yes."}}}
        """,
        """
        reading:
          say: "So that is {day}?"
          confirms: [day]
          transitions:
            agreed:  {to: booking, intent: affirm, when: "Yes."}
            changed: {to: asking, intent: correct, when: "The caller wants to change something."}
        """,
        warns=True,
    ),
    Rule(
        "stranded",
        "A state that does not end the call has something of its own to do: a prompt, slots, tools or transitions.",
        "The caller could do there only what `always` allows; perhaps `transfer:` or `hang_up:` was forgotten.",
        """
        person: {say: "Let me put you through."}
        """,
        """
        person: {say: "Let me put you through.", transfer: "+12025550100"}
        """,
        warns=True,
    ),
)
