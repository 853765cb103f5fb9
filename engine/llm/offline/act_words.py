"""The words by which callers leave, ask for a person, take it back: a pattern for each thing they do."""

from engine.core.slots.names import RELATIVE
from engine.core.slots.phrases import one_of
from engine.core.slots.signs import signed

_ENDS = r"(?= (?:,|\?|thanks?|thank|for|then|now|today|bye)|$)"
_MUST_GO = "(?:got to|gotta|have to|need to) (?:go|run|leave)(?: now)?(?= (?:,|thanks?|thank|bye)|$)"
_CALL_BACK = (
    "(?:i'll|i will|we'll|let me|i'm going to|i'm gonna|i can|i should)(?: just| have to)?"
    " (?:call|ring|phone|try)(?: you)? (?:back|again|later|another)"
)
_GOODBYE = one_of(
    rf"""
    bye | goodbye | good bye | hang up | (?:talk|speak) to you (?:later|soon|then) | see (?:you|ya)(?: \w+)?$
    have a (?:good|nice|great|lovely|wonderful) (?:day|one|night|evening|afternoon|weekend|rest) | take care
    good ?night | end the call | farewell | {_MUST_GO} | {_CALL_BACK}
    """
)
_NO_YES = "(?<!yes )(?<!yeah )(?<!yep )(?<!yes , )(?<!yeah , )(?<!yep , )"
_IT_IS = "(?:that|this|it)(?:'s| is| was|'ll be| will be| would be|'d be)(?: about| pretty much| probably)?"
_FINISHED = one_of(
    rf"""
    {_NO_YES}{_IT_IS} (?:it|all|everything)(?:{_ENDS}|(?= i )) | nothing (?:else|more)
    (?:i'm|i am|we're|we are) (?:all )?(?:done|good|set|finished)(?:{_ENDS}|(?= here))
    that(?:'ll| will) do (?:it|for now) | all i (?:need|want)(?:ed)?{_ENDS} | no more questions
    don't need anything(?: else| more)? | not (?:right now|at the moment|today)(?= ,| thank|$)
    """
)
_AGENT = one_of(
    """
    human | agent | representative | rep | operator | receptionist | manager | supervisor
    (?:real |actual |live )person
    """
)
_ANYONE = one_of(
    """
    (?:someone|somebody|anyone|person)(?! else) | staff
    (?:the|your) (?:office|front desk|desk|doctor|dentist)
    """
)
_SOMEONE = "(?:someone|somebody|anyone|anybody)"
_NO_MORE = r"(?=(?: ,)?(?: please)?(?: \?)?$)"
_HUMAN = one_of(
    rf"""
    (?:talk|speak|talking|speaking) (?:to|with)(?: \w+){{0,3}}? (?:{_AGENT}|{_ANYONE})
    (?:connect|transfer|put|patch)(?: me| us)(?: \w+){{0,3}}? (?:{_AGENT}|{_ANYONE})
    (?:can|could|may) (?:i|we) (?:get|have) {_SOMEONE}(?: else)?{_NO_MORE}
    (?:want|need|like|(?:talk|speak) (?:to|with)) {_SOMEONE} else{_NO_MORE}
    get (?:me|us)(?: through to| on to| a hold of)?(?: a| an| the| your)? {_AGENT}
    (?:want|need|like|get|have|give me)(?: to)?(?: a| an| your| the)? {_AGENT}
    (?:want|need|like) a person(?= ,| please|$) | (?:real|actual|live) (?:person|human) | human being
    customer service | transfer me | connect me | put me through
    """
)
_BEFORE_IT = "(?:(?:please|then|ok|okay|no|yes|well|just|a|an|the|,) )*"
_HUMAN_ALONE = rf"^{_BEFORE_IT}(?:{_AGENT}|person|somebody|front desk|reception)(?: please| ,)*$"
_VISIT = "(?:appointment|booking|reservation|visit|slot|time|cleaning|check ?up|o'clock)"
_MINE = rf"(?:my|our|an existing|an old|the existing)(?: [\w':]+){{0,3}}? {_VISIT}"
_EXISTING = one_of(
    rf"""
    (?:cancel|reschedule|confirm|move|change|check on|check|calling about|call about|missed|miss) {_MINE}
    (?:about|regarding|concerning) {_MINE} | (?:have|need|want|like|wish) to (?:cancel|reschedule)
    (?<!can )(?<!could )(?<!may )i(?: already)? have an appointment | running late | late for {_MINE}
    """
)
_URGENT = one_of("emergency | bleeding | ambulance | knocked out | can't breathe")
URGENT = signed(rf"\b{_URGENT}\b", "emergency bleeding ambulance knocked breathe")
"""Brings what can not wait."""
_MATTER = one_of(
    rf"""
    {_URGENT} | complaint | complain | refund | invoice
    (?:my|the|a|your) bill | billing | (?:leave|take|give|pass on) (?:\w+ )?(?:a )?message
    (?:i have|i've got|got|have) a question | test results | prescription
    can you (?:tell|let) (?:doctor|dr|the doctor|the dentist|mr|mrs|ms)
    """
)
MATTER = signed(
    rf"\b{_MATTER}\b",
    """
    emergency bleeding ambulance knocked breathe complaint complain refund invoice bill billing message
    question test prescription tell let
    """,
)
_NOT = "(?:didn't|did not|couldn't|could not|can't|cannot)"
_REPEAT = one_of(
    rf"""
    repeat(?:s|ed|ing)?\b | pardon\b | say (?:that|it|this)(?: all)? (?:again|one more time|once more)
    say again | come again
    what did you (?:just )?say | what was (?:that|it) | (?:hear|read|tell me) (?:that|it) (?:again|once more)
    go over (?:that|it) again | missed that | (?:didn't|don't|did not) understand (?:that|you|what)
    what do you mean | are you (?:still )?there | can you hear me
    {_NOT}(?: quite)? (?:hear|catch|get (?:that|it)|make (?:it|that) out)
    (?:what|which) (?:day|time|date|number|name) was (?:that|it) | (?:what|when|which|who)\b.* again(?=$| \?)
    (?:speak|talk) (?:up|louder|slower|more slowly) | you(?:'re| are) breaking up
    """
)
_SORRY_WHAT = "(?:sorry|what|huh|excuse me|pardon me|say what|what's that|once more|one more time|again)"
_WHAT_THAT = r"^(?:(?:sorry|wait|oh|,) )*what (?:is |was )?(?:that|it)(?: \?)?$"
_REPEAT_ALONE = (
    rf"{_WHAT_THAT}|^(?:i'm )?(?:(?:wait|no|oh|,) )*{_SORRY_WHAT}(?: ,)?(?: {_SORRY_WHAT})*"
    r"(?: please)?(?: \?)?$"
)
_HOLD_ON = one_of(
    """
    hold on | hang on | hold the line | bear with me | wait a (?:moment|sec|second|minute)
    (?:1|one|just a|just 1|give me a|give me 1|need a) (?:quick )?(?:moment|sec|second|minute|2nd)
    let me (?:just )?(?:check|see|think|look|get|find|grab|ask|pull|go) | let's see
    i'm (?:just )?(?:checking|thinking)
    """
)
_EDIT = one_of(
    """
    change | changed | changing | instead | actually | move | switch | reschedule | different | wrong
    incorrect | mistake | rather | make (?:it|that) | oops | scratch that | i meant? | misspelled
    correction | update | fix | edit | correct (?:the|my|that)
    (?:my |the |an)other (?:number|phone|name|day|time)
    no (?:, )?(?:it's|the|my|not|i|it|that's not|make|on|at) | should be | supposed to be
    not (?:the|on|at|for|my|right|correct)
    """
)
_AS_IT_IS = r"(?:,|thanks?|thank you|please|then|now|though|all|just|it|that|yes|yeah|ok|okay|bye)"
_FINE = "(?:all )?(?:fine|good|right|correct|ok|okay|perfect)"
_SETTLES = one_of(
    rf"""
    nothing(?: else| at all| to change)?(?: {_AS_IT_IS})*$ | (?:it|that|everything)(?:'s| is) {_FINE}
    never mind(?: {_AS_IT_IS})*$ | no changes? | (?:leave|keep) (?:it|that|everything)
    """
)
_QUITS = one_of(
    r"""
    forget (?:it|about it|that|the whole thing) | stop(?= ,| it| this|$) | never mind
    cancel (?:it|that|this|everything|(?:my|the) (?:appointment|booking)) | cancel$
    (?:i )?changed my mind(?= ,|$)
    (?:don't|do not) (?:want|need) (?:it|this|that|an appointment|to book)(?: any ?more)?
    (?:don't|do not) book (?:it|that|anything)
    """
)
_ANOTHER = one_of(
    r"""
    (?:and|but|,) (?:another\b|one (?:more|for)|a 2nd|1 (?:more|for)|for my)
    also (?!thank) | as well(?= ,|$)
    both of (?:us|them) | for (?:both|all|us)\b | for [2-4] of us | the other (?:one|appointment|1)
    """
)
# After a yes, "and" leads to something more, unless it is a courtesy or says yes once more.
_COURTESY = one_of(
    """
    thanks? | thank | book | that's | that | it's | please | yes | yeah | have | see | i'll see | we'll see
    go | bye | goodbye | good | great | confirm | do it | so | ok | okay | i'm | looking | i look | then
    appreciate
    """
)
_MORE = rf"(?:and|but|plus) (?!{_COURTESY}\b)"
_THANKS = "(?:thanks|thank (?:you|u)|thankyou|thx|appreciate(?:d| it| that| your)?|cheers)"
_THERE = one_of(
    """
    mhm | mm hmm | mm mm | uh huh | hmm | ok | okay | right | i see | got it | oh | ah | gotcha | alright
    sure | yes | yeah | yep | no | nope | hi | hello | hey | hi there | good (?:morning|afternoon|evening)
    and | so | well
    """
)

GOODBYE = signed(
    rf"\b{_GOODBYE}(?!\w)",
    """
    bye goodbye hang talk speak see good nice great lovely wonderful care goodnight night end farewell go run
    leave back again later another
    """,
)
FINISHED = signed(
    rf"\b{_FINISHED}(?!\w)", "it all everything nothing done good set finished do questions anything not"
)
HUMAN = signed(
    rf"\b{_HUMAN}\b|{_HUMAN_ALONE}",
    """
    talk speak talking speaking connect transfer put patch someone somebody anyone anybody human agent
    representative rep operator receptionist manager supervisor person customer front reception
    """,
)
EXISTING = signed(rf"\b{_EXISTING}\b", "my our existing old cancel reschedule appointment running late")
MISDIALLED = signed(
    r"^(?:(?:oh|sorry|i'm sorry|oops|i think|,) )*(?:i (?:have|got) the )?wrong number\b", "wrong"
)
REPEAT = signed(
    rf"\b{_REPEAT}|{_REPEAT_ALONE}",
    """
    repeat repeats repeated repeating pardon say come what hear read tell over missed understand are t not
    cannot which when who speak talk breaking sorry huh excuse once one again
    """,
)
HOLD_ON = signed(
    rf"\b{_HOLD_ON}\b|(?<!can )(?<!can't )(?<!to )\bwait(?: wait)*$",
    "hold hang bear wait moment sec second minute nd let checking thinking",
)
EDIT = signed(
    rf"\b{_EDIT}\b",
    """
    change changed changing instead actually move switch reschedule different wrong incorrect mistake rather
    make oops scratch mean meant misspelled correction update fix edit correct other another no should
    supposed not
    """,
)
SETTLES = signed(
    rf"\b{_SETTLES}(?!\w)|\b(?:please )?(?:do|book) it(?: {_AS_IT_IS})*$",
    "nothing fine good right correct ok okay perfect never change changes leave keep do book",
)
KEEPS = signed(
    r"\b(?:keep|leave) (?:it|that|everything|(?:my|the|this|that) (?:\w+ )?appointment)\b", "keep leave"
)
QUITS = signed(rf"\b{_QUITS}(?!\w)", "forget stop never cancel mind want need book")
ANOTHER = signed(rf"\b{_ANOTHER}|, {_ANOTHER}", "another one 1 2 for also well both other")
FOR_SOMEONE = signed(rf"\bfor (?:my {RELATIVE}|(?:someone|somebody) else|a friend)\b", "for")
MORE = signed(rf"\b{_MORE}", "and but plus")
UNSURE = signed(
    r"\b(?:don't know|not sure|no idea|rather not|not really|can't remember|i guess)\b",
    "know sure idea rather really remember guess",
)
THANKS = signed(rf"\b{_THANKS}\b", "thanks thank thankyou thx appreciate appreciated cheers")
LISTENS = signed(
    rf"^(?:{_THERE}(?: [,?])?(?: |$))+$",
    """
    mhm mm uh hmm ok okay right i got oh ah gotcha alright sure yes yeah yep no nope hi hello hey good and
    so well
    """,
)
