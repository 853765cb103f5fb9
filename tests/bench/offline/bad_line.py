"""A bad line: some words of a caller arrive as others, get lost, or come with noise."""

from random import Random

ALIKE = {
    "to": ("two", "too"), "two": ("to", "too"), "for": ("four",), "four": ("for",), "ate": ("eight",),
    "eight": ("ate",), "one": ("won", "on"), "won": ("one",), "oh": ("o", "owe"), "nine": ("fine", "mine"),
    "five": ("fine", "hive"), "six": ("sticks", "sick"), "seven": ("heaven",), "three": ("free", "tree"),
    "ten": ("then", "tin"), "eleven": ("a level", "seven"), "thirty": ("thirteen", "dirty"), "fifteen": ("fifty",),
    "thirteen": ("thirty",), "fourteen": ("forty",), "forty": ("fourteen",), "sixteen": ("sixty",), "half": ("have",),
    "quarter": ("water",), "past": ("passed",), "noon": ("new", "soon"), "zero": ("hero",), "first": ("thirst",),
    "fourth": ("forth",), "third": ("heard",), "second": ("seconds",), "ninth": ("night",), "tenth": ("tense",),
    "monday": ("sunday", "money"), "tuesday": ("thursday", "two days"), "wednesday": ("when is day",),
    "thursday": ("tuesday", "thirsty"), "friday": ("fry day", "fried"), "november": ("remember",),
    "december": ("the summer", "remember"), "tomorrow": ("to borrow",), "week": ("weak",), "next": ("text",),
    "cleaning": ("leaning", "cleaner"), "filling": ("feeling", "filing"), "check": ("chuck",), "checkup": ("ketchup",),
    "exam": ("example",), "cavity": ("gravity",), "no": ("know", "now"), "know": ("no",), "not": ("nut", "knot"),
    "yes": ("guess", "yet"), "right": ("write", "light"), "correct": ("collect",), "maria": ("mario", "maya"),
    "james": ("jane",), "linda": ("glenda",), "miller": ("mueller", "mila"), "smith": ("smyth",), "patel": ("battle",),
    "am": ("and",), "pm": ("pen",), "my": ("by",), "it's": ("its",), "at": ("that", "and"), "name": ("main",),
    "book": ("look",), "number": ("lumber",), "actually": ("actual",), "make": ("take",), "time": ("dime",),
}  # fmt: skip
"""Words, and what they are heard as."""
NOISE = (
    "the", "a", "and", "it", "is", "you", "that", "in", "on", "of", "we", "have", "so", "there", "can", "with", "this",
    "all", "what", "just", "out", "one", "day", "time", "house", "water", "good",
)  # fmt: skip
FILLERS = ("um", "uh", "like", "er", "you know", "well", "so")


def distorted(words: str, dice: Random, share: float) -> str:
    """Return words of which that share has gone wrong, each in one way or another."""
    heard: list[str] = []
    for word in words.split():
        if dice.random() >= share:
            heard.append(word)
            continue
        match dice.random():
            case luck if luck < 0.4 and word in ALIKE:
                heard.append(dice.choice(ALIKE[word]))
            case luck if luck < 0.65:
                pass
            case luck if luck < 0.85:
                heard.append(dice.choice(NOISE))
            case _:
                heard += [dice.choice(FILLERS), word]
    return " ".join(heard) or "um"
