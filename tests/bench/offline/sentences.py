"""The sentences around the values: openings, answers, corrections, yeses and noes, questions and hesitations."""

OPENINGS = (
    "hi", "hello?", "Hi, I'd like to make an appointment.", "I need to see a dentist.", "Can I book an appointment?",
    "Hey, I want to come in.", "Good morning, I need an appointment, please.", "I'm calling to schedule a visit.",
    "Hi there, are you taking new patients?", "I was hoping to get an appointment.", "yeah hi, um, I need an appointment",
)  # fmt: skip
WISHES = (
    "Hi, I need {service}", "I'd like {service}", "Hello, I want to book {service}", "Can I get {service}",
    "I'm calling about {service}", "Good afternoon, I would like to schedule {service}", "I need to make {service}",
    "Could you put me down for {service}", "Hey, um, I want {service}", "I'm looking for {service}",
)  # fmt: skip
LINKS = {
    "day": ("on {}", "for {}", ", preferably on {}", "{}"),
    "time": ("at {}", "around {}", ", {}", ", say {}"),
    "name": (", my name is {}", ", this is {}", ", the name's {}", ", for {}"),
    "phone": (
        ", my number is {}",
        ", you can reach me at {}",
        ", and my phone number is {}",
        ", call me at {}",
    ),
    "service": ("for {}", ", {}"),
}
FRAMES = {
    "service": ("{}", "{} please", "It's for {}", "I need {}", "Um, {}", "I think {}", "{}, thanks", "it would be {}", "well, {}"),
    "day": (
        "{}", "{} please", "How about {}?", "{} would be great", "Can you do {}?", "Let's say {}", "I was thinking {}",
        "{} works for me", "Um, {}", "I'd like {}", "{} if that's possible", "Is {} possible?", "{} is good", "maybe {}",
        "Could we do {}?", "let me think, {}",
    ),
    "time": (
        "{}", "{} please", "How about {}?", "{} would be great", "Can you do {}?", "Let's say {}", "I was thinking {}",
        "{} works for me", "Um, {}", "I'd like {}", "around {}", "{} if you have it", "make it {}", "{} is good",
        "Could I come in at {}?", "{} would be best",
    ),
}  # fmt: skip
SLIPS = (
    "{wrong}, no wait, {right}", "{wrong}, sorry, {right}", "{wrong}... actually, {right}", "{wrong}, I mean {right}",
    "{wrong}, no, {right}", "not {wrong}, {right}", "{wrong}. No, make it {right}", "{wrong}, oh sorry I meant {right}",
)  # fmt: skip
ADDED = ("Oh and I meant", "And sorry, earlier I meant", "oh wait, make that", "and actually change it to")
CORRECTIONS = (
    "No, {right}", "No, it's {right}", "No, {label} is {right}", "That's not right, {label} should be {right}",
    "No, I said {right}", "Sorry, I meant {right}", "Almost, but {label} is {right}", "No no, {right}", "{label} is wrong, it's {right}",
    "Wait, {label} should be {right}", "Yes, but {label} is {right}", "No that's wrong. {right}", "It's {right}, actually",
)  # fmt: skip
MINDS = (
    "Actually, can we make it {right}?", "Hmm, can I change {label} to {right}?", "Oh wait, {right} would be better",
    "Yes, but make it {right}", "On second thought, {right}", "No, I changed my mind, {right} please",
    "Sorry, could you change that to {right}?", "Let's do {right} instead", "I'd rather have {right}", "Can we do {right} instead?",
)  # fmt: skip
YESES = (
    "yes", "Yes.", "Yeah", "yep", "Yes, please", "yes that's right", "That's correct", "correct", "sure, go ahead", "Yes, book it",
    "That's perfect, thanks", "sounds good", "yeah that works", "Right, yes", "perfect, thank you", "absolutely", "uh huh", "Yes, thank you so much",
    "that's all correct, yes", "go for it", "please do", "yeah sure", "Okay, yes", "yes yes", "great, yes please", "Looks good to me",
)  # fmt: skip
NOES = (
    "no",
    "No, that's wrong",
    "That's not right",
    "Nope",
    "no, something is wrong there",
    "that isn't correct",
)
NOTHING = ("nothing, it's all right", "Nothing, that's fine", "no, it's fine")
QUESTIONS = (
    "Do you take my insurance?", "How much does it cost?", "Where are you located?", "Is there parking?", "How long does it take?",
    "What's your address?", "Will it hurt?", "Who is the dentist?", "Do I need to bring anything?", "can I bring my kids?",
)  # fmt: skip
HESITATIONS = (
    "Hold on, let me check my calendar", "One second", "Hang on", "let me see", "Um, give me a moment please", "just a second",
)  # fmt: skip
AGAIN = (
    "Sorry, what was that?", "Can you repeat that?", "Pardon?", "I didn't catch that", "Could you say that again please?", "Come again?",
)  # fmt: skip
WHATS_FREE = (
    "What do you have?", "what times are free?", "What times do you have available?", "When are you free?", "Do you have any openings?",
    "anything is fine", "Whatever you have", "what's available?", "any time works",
)  # fmt: skip
TAKES = (
    "{right}", "{right} please", "{place}", "{place} please", "I'll take {right}", "{place} works", "Let's go with {right}", "{right} works",
)  # fmt: skip
