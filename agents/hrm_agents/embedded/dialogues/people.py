"""Who asks: openings, context, politeness and slips around a question, never in its mathematics."""

from __future__ import annotations

from hrm_agents.embedded.dialogues.dice import Dice, Piece

OPENINGS = (
    "{hey|hi|hello|hi there|hey there|good morning|good evening|hello there|hey copilot|hi copilot|"
    "ok copilot|ok|okay|so|well|yo|dear assistant|excuse me|sorry|hey assistant|computer|sir|"
    "hey hrm|hi bot|alright|now|right|good day|greetings|hey buddy|ok then|um|hmm|morning}{,|,|!|}",
    "{quick question|one more|next one|another one|question|math question|calculus question|"
    "a quick one|last one|easy one|homework help|here's one|simple question|one thing|"
    "maths help please|calc help|new problem|test question}{:|,|:| -|.}",
    "{i'm|i am} {studying for my {calc|calculus|math|maths|physics} {exam|test|final|midterm}|"
    "doing my homework|working on {an assignment|a worksheet|a problem set}|new to calculus|"
    "learning calculus|preparing for a test|reviewing for an exam|a student|"
    "an engineer designing {a filter|a bridge|a controller|a circuit}|stuck|a bit lost|"
    "teaching a class|taking calc 1|writing a {paper|report|script|simulation}|"
    "checking my notes|in a hurry|tired|trying to learn}{.|,|, so|:| and|. so}",
    "{for|in} {a physics problem|my homework|my physics class|my thesis|an exam|a project|"
    "class today|a control system|my lab report|an optimisation problem|gradient descent|"
    "my calc class|an economics question|chapter {2|3|5|9}|a simulation|my robot|work|school}{,|:}",
    "{my homework says|the book says|my teacher wrote|on the board it says|problem 4 says|"
    "the exercise is|the exam had|my assignment reads|it says here}{:|,}",
    "{my name is|i'm|this is} {anna|tom|maria|li|ahmed|sofia|ben|priya|jonas|kim}{.|,| and}",
    "{thanks for the help|great|nice|cool|good|perfect|thank you|got it}{.|,|!| so} "
    "{now|next|also|another one:|then|one more:|}",
    "{if you have time|if possible|when you can|if you can|as fast as possible|"
    "sorry to bother you|i hope you are well|i was wondering|let's try this|real quick|"
    "just to be sure|to double check|out of curiosity|can you help me}{,|:|?|.| -}",
    "{we did {limits|products|chains} {today|last week|yesterday}|"
    "i missed {class|the lecture}|i got {3|7|12} points on the last {test|quiz}|"
    "my exam is {tomorrow|in 2 days|on monday}|i have 10 minutes left|it is late here|"
    "my calculator broke|i don't understand this|i am not good at math|"
    "it's raining and i have homework|we learned this in 11th grade}{.|,|, so|!}",
)
CLOSINGS = (
    "{please|pls|plz|please|thanks|thank you|thx|thanks!|ty|cheers|please help|help please|"
    "help|for me|for me please|asap|now|quickly|right now|if you can|if possible|"
    "thanks in advance|many thanks|my friend|sir|mate|bro|ok|okay|would be great|"
    "appreciate it|i'm stuck|i am stuck|please answer fast|urgent|no rush|"
    "just the answer|answer only|no explanation needed|without steps|and be exact|"
    "exactly|in simplest form|simplified please|symbolically|step by step|show steps|"
    "i need it for {tomorrow|class|my homework|work|a test|the exam}|"
    "for my {homework|class|assignment|exam|project|son|daughter}|"
    "it's for {school|homework|a friend|physics}|i keep getting it wrong|"
    "i forgot how|i always mix this up|is that hard|do you know|can you do that|"
    "can you help|am i right that it's easy|what do you think|and explain|"
    "i don't trust my answer|my teacher wants it|it is due {today|tonight|at noon}}",
)
SYSTEM_WORDS = ("{calculus|differentiation|derivatives|math}: ", "{task|todo|q|question}: ")
NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o",
    "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "x",
}  # fmt: skip


def dress(pieces: list[Piece], dice: Dice, *, question: bool = True) -> str:
    """The question as somebody would type it: context, end mark, case and slips."""
    if dice.chance(0.28):
        opening = dice.phrase(dice.pick(OPENINGS))
        pieces = [(opening + " ", False), *pieces]
    mark = dice.weighted({"?": 40, "": 42, ".": 14, "!": 2, "??": 1, " ?": 2}) if question else ""
    pieces = [*pieces, (mark, False)]
    if dice.chance(0.22):
        gap = ", " if not mark and dice.chance(0.5) else " "
        pieces = [*pieces, (gap + dice.phrase(dice.pick(CLOSINGS)), False)]
    pieces = _slips(_case(pieces, dice), dice)
    text = "".join(text for text, _ in pieces)
    return " ".join(text.split(" ")) if dice.chance(0.02) else text.replace("  ", " ").strip()


def _case(pieces: list[Piece], dice: Dice) -> list[Piece]:
    """A capital at the start for the careful, none for the others, all for the loud."""
    kind = dice.uniform()
    if kind < 0.55 and not pieces[0][1]:
        first = pieces[0][0]
        rest = [
            (_proper(text), maths) if not maths else (text, maths) for text, maths in pieces[1:]
        ]
        return [(_proper(first[:1].upper() + first[1:]), False), *rest]
    if kind > 0.985:
        return [(text if maths or "d/d" in text else text.upper(), maths) for text, maths in pieces]
    return pieces


def _proper(text: str) -> str:
    return text.replace(" i ", " I ").replace("i'm", "I'm").replace(". so", ". So")


def _slips(pieces: list[Piece], dice: Dice) -> list[Piece]:
    """One or two typing errors in one of eight questions; only in words of four letters or more."""
    if not dice.chance(0.13):
        return pieces
    for _ in range(1 + dice.below(2)):
        at = dice.below(len(pieces))
        text, maths = pieces[at]
        words = text.split(" ")
        which = dice.below(len(words))
        if not maths and len(words[which]) >= 4 and words[which].isalpha():
            words[which] = _slip(words[which], dice)
            pieces = [*pieces[:at], (" ".join(words), False), *pieces[at + 1 :]]
    return pieces


def _slip(word: str, dice: Dice) -> str:
    at = 1 + dice.below(len(word) - 2)
    kind = dice.below(5)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind in (1, 2):
        return word[:at] + word[at + 1 :]
    if kind == 3:
        return word[:at] + word[at] + word[at:]
    near = NEAR.get(word[at].lower(), "e")
    return word[:at] + dice.pick(near) + word[at + 1 :]
