"""Rules about the file itself: that it can be read, and that its names lead somewhere."""

from engine.flow.rules.explained.rule import Rule

RULES = (
    Rule(
        "file",
        "A flow is a file of UTF-8 text that can be read.",
        "Without it there is nothing to serve.",
        "turnstile check flows",
        "turnstile check flows/appointment.yaml",
    ),
    Rule(
        "yaml",
        "A flow is plain YAML 1.2: no key stands twice, and there are no anchors, aliases or tags.",
        "What depends on its place in the file alone can be read, and changed, without a surprise.",
        """
        say: Hello: how can I help?
        """,
        """
        say: "Hello: how can I help?"
        """,
    ),
    Rule(
        "reuse",
        "The files that a flow extends or includes are there, and what they define goes together.",
        "A part that is missing is a part of the call that is missing.",
        """
        include: {booking: bookings.yml}
        """,
        """
        include: {booking: booking.yaml}
        """,
    ),
    Rule(
        "language",
        "Only what the flow language has may stand in a flow, each key with its own kind of value.",
        "A misspelt key would be silently ignored, and the caller would miss what it was to do.",
        """
        greeting: {sai: "Hello."}
        """,
        """
        greeting: {say: "Hello."}
        """,
    ),
    Rule(
        "unknown-name",
        "Every state, slot and tool that is named is defined.",
        "A call would come to where nothing is.",
        """
        slots: {day: {type: date}}
        states:
          asking: {collect: [dya]}
        """,
        """
        slots: {day: {type: date}}
        states:
          asking: {collect: [day]}
        """,
    ),
    Rule(
        "named-twice",
        "A list names each thing once.",
        "One of the two was probably meant to be something else.",
        """
        collect: [day, day]
        """,
        """
        collect: [day, time]
        """,
    ),
    Rule(
        "taken-name",
        "A name means one thing, to the model, to the tools and to the engine.",
        "A slot called `message` would be spoken to the caller; a transition called like a tool would be\n"
        "mistaken for it.",
        """
        slots: {message: {type: text}}
        """,
        """
        slots: {note: {type: text}}
        """,
    ),
    Rule(
        "settings",
        "The time zone and the language exist, and the engine's own lines are there in that language.",
        '"Tomorrow" would be another day, or a German caller would hear English when something fails.',
        """
        language: de
        """,
        """
        language: de
        lines: {trouble: "Da ging etwas schief.", repeat: "Wie bitte?", hold: "Einen Moment.", again: "Stimmt das?"}
        """,
    ),
    Rule(
        "languages",
        "Each language of a flow exists, each line is there in all of them, and nothing speaks another one.",
        "A caller who chose Spanish would suddenly hear English, or nothing.",
        """
        language: [en, es]
        states: {greeting: {say: {en: "Hello."}}}
        """,
        """
        language: [en, es]
        states: {greeting: {say: {en: "Hello.", es: "Hola."}}}
        """,
    ),
    Rule(
        "models",
        "Each model can be asked: its server has an address, its key stands in the environment, and `offline` is last.",
        "A call would find out that nobody can answer it.",
        """
        models: [offline, {name: llama, base_url: localhost}]
        """,
        """
        models: [{name: llama, base_url: "http://localhost:11434/v1"}, offline]
        """,
    ),
    Rule(
        "set-by",
        "A slot that only tools set is set by one, and never asked of the caller.",
        "Callers would be asked for what they can not know.",
        """
        slots: {plan: {type: text, set_by: tool}}
        states: {asking: {collect: [plan]}}
        """,
        """
        tools: {look_up: {effect: read, outcomes: [found], sets: {plan: result.plan}}}
        """,
    ),
    Rule(
        "slot",
        "A slot's default is a detail of the call, its read-back says itself, no word means two of its options, and\n"
        "its conditions fit its type and can be met.",
        "The caller would hear nothing, or be misunderstood.",
        """
        phone: {type: phone, default: call.number}
        """,
        """
        phone: {type: phone, default: call.from_number}
        """,
    ),
    Rule(
        "no-promise",
        "What stands under `never:` and `always_so:` is written in the words that can be checked:\n"
        "`TOOL before confirmed(SLOT, ...)`, `TOOL twice`, `X before Y` (a state, a tool, or `TOOL is OUTCOME`),\n"
        "and `ends`.",
        "A promise that nobody can check is none.",
        """
        never:
          - book before the caller is sure
        """,
        """
        never:
          - book before confirmed(day, time)
        """,
    ),
)
