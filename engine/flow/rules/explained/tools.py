"""Rules about tools: that they are there, fit the flow, and write what they should, once."""

from engine.flow.rules.explained.rule import Rule

RULES = (
    Rule(
        "no-function",
        "The function that a tool names is there and can be looked at.",
        "Each call would fail where the tool is needed.",
        """
        book: {python: "my_tools:bok", effect: write, outcomes: [booked], happened: [booked]}
        """,
        """
        book: {python: "my_tools:book", effect: write, outcomes: [booked], happened: [booked]}
        """,
    ),
    Rule(
        "tool-arguments",
        "What a tool takes is there to give: parameters are named like slots, or the model gives them.",
        "The tool would be called without what it needs, and fail.",
        """
        book:    {python: "my_tools:book", effect: write, key: [date], outcomes: [booked], happened: [booked]}
        """,
        """
        book:    {python: "my_tools:book", effect: write, key: [day], outcomes: [booked], happened: [booked]}
        """,
    ),
    Rule(
        "tool-types",
        "A tool's function takes what its slots hold.",
        "It would fail in each call, with what callers really say.",
        """
        # def book(day: int) -> str: ...
        slots: {day: {type: date}}
        """,
        """
        # def book(day: date) -> str: ...
        slots: {day: {type: date}}
        """,
    ),
    Rule(
        "knowledge",
        "A tool that knows files only reads, and its files are there.",
        "Questions would be answered from nothing.",
        """
        facts: {knowledge: facts.md, effect: write, outcomes: [found, nothing]}
        """,
        """
        facts: {knowledge: facts.md}
        """,
    ),
    Rule(
        "tool-request",
        "What a tool asks over HTTP can be sent, and its answers can be told apart.",
        "It would fail in each call, or nobody could say how it ended.",
        """
        look: {http: {url: "shop.example/orders"}, effect: read, outcomes: [found]}
        """,
        """
        look: {http: {url: "https://shop.example/orders"}, effect: read, outcomes: [found]}
        """,
    ),
    Rule(
        "tool-effect",
        "What is said of a tool fits whether it reads or writes; a write says which outcomes mean that it happened.",
        "The engine could not tell whether a write may be tried again.",
        """
        book: {python: "my_tools:book", effect: write, outcomes: [booked, taken]}
        """,
        """
        book: {python: "my_tools:book", effect: write, outcomes: [booked, taken], happened: [booked]}
        """,
    ),
    Rule(
        "tool-resolve",
        "How a lost write is found again can work: `repeat` needs a function that takes `idempotency_key`,\n"
        "`lookup` one that looks it up.",
        "After a crash a booking would be made twice, or be lost.",
        """
        book: {effect: write, resolve: lookup, outcomes: [booked], happened: [booked]}
        """,
        """
        book: {effect: write, resolve: lookup, lookup: "my_tools:find", outcomes: [booked], happened: [booked]}
        """,
    ),
    Rule(
        "unset-in-tool",
        "Every slot that a tool must have is set wherever a state runs it, on every way to that state.",
        "It would not run, and the call would go on by its outcome `error`.",
        """
        asking:  {collect: [day], transitions: {done: {to: booking, when: "The caller has told the day."}}}
        booking: {run: book, transitions: {booked: ended, error: person, unknown: person}}
        """,
        """
        asking:  {collect: [day], transitions: {collected: booking}}
        """,
    ),
    Rule(
        "unset-in-transfer",
        "Where the number of a transfer depends on a slot, that slot is set on every way to it.",
        "The caller would be put through to nobody.",
        """
        asking: {collect: [office], transitions: {person: {to: person, when: "The caller asks for a person."}}}
        person: {transfer: {by: office, to: {north: "+12025550100", south: "+12025550101"}}}
        """,
        """
        asking: {collect: [office], transitions: {collected: person}}
        """,
    ),
    Rule(
        "unconfirmed-write",
        "A state runs a write only where the caller has heard and agreed to all that it takes, and nothing of\n"
        "that has changed since. Where that is not wanted, the tool says `needs: nothing`.",
        "The engine would refuse it, and the call would go on by its outcome `error`.",
        """
        asking: {collect: [day], transitions: {collected: booking}}
        """,
        """
        asking:  {collect: [day], transitions: {collected: reading}}
        reading:
          say: "So that is {day}?"
          confirms: [day]
          transitions: {agreed: {to: booking, intent: affirm, when: "The caller agrees."}}
        """,
    ),
    Rule(
        "write-again",
        "No call comes to a state that runs a write that it has done already, unless the tool says how many of\n"
        "them one call may have (`at_most`); then the one too many ends as `error`.",
        "The second one is refused, and the caller hears that it failed.",
        """
        ended: {say: "Booked!", transitions: {more: {to: asking, when: "The caller wants another day."}}}
        """,
        """
        book:  {effect: write, at_most: 3}
        """,
    ),
    Rule(
        "again-after-unknown",
        "After the outcome `unknown` of a write, no call comes to run the same tool again.",
        "Nobody knows whether it happened. A second one may be one too many; the engine refuses it, and the\n"
        "caller would hear that nothing was done when it may have been.",
        """
        booking: {run: book, transitions: {booked: ended, error: person, unknown: asking}}
        """,
        """
        booking: {run: book, transitions: {booked: ended, error: person, unknown: person}}
        """,
    ),
    Rule(
        "never-runs",
        "A tool that the model is offered can run in some call.",
        "The model would call it in vain, and the caller would be asked the same again and again.",
        """
        asking: {tools: [book]}
        """,
        """
        reading: {say: "So that is {day}?", confirms: [day], transitions: {agreed: {to: asking, intent: affirm, when: "Yes."}}}
        asking:  {tools: [book]}
        """,
    ),
)
