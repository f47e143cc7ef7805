"""How people ask for a Sudoku or a maze, and what the model should do.

A pasted puzzle stands here under its short name, whatever its layout (`blocks.py`):

    Solve this sudoku: [sudoku 1]         call, result [solution 1], "Here is the solution: ..."
    now this one: [sudoku 2]              call
    Can you solve a sudoku?               "Paste the Sudoku here and I will solve it."
    Make me a new sudoku.                 "I have no tool for making puzzles. ..."

Slots: <p> the puzzle. Read `ask` first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hrm_agents.embedded.dialogues import talk, tools
from hrm_agents.embedded.dialogues.dice import Dice
from hrm_agents.embedded.dialogues.people import dress
from hrm_agents.embedded.sentences import NOT_UNIQUE, answer
from hrm_agents.embedded.template import result_text

Message = dict[str, Any]
KINDS = ("sudoku", "maze")
ARGUMENT = {"sudoku": "puzzle", "maze": "maze"}

DO = (
    "{|please |pls |can you |could you |could you please |would you |i need you to |help me |"
    "i want you to |i need to |let's |now |try to |can you please |are you able to |just |go and |"
    "i'd like you to |quickly |kindly |you should |how do i |how would you |how can i |hey, |"
    "hi, can you |we have to |i have to |so, |ok, |do me a favour and |your job: |task: }"
)
WORDS = {
    "sudoku": (
        DO + "{solve|solve|solve|finish|complete|fill in|fill out|crack|work out|do|answer|figure "
        "out|"
        "find the solution of|find the solution to|give me the solution of|get|try|have a go at|"
        "find the missing numbers in|find the missing digits of|put the right numbers in|unlock|"
        "check and solve|tell me the answer to|show the solution of|show me how to solve} "
        "{this|the|my|this|the following|this hard|this easy|today's|that|the given|this little|"
        "this expert|the attached|our|his|this evil|the newspaper's|one more|another} "
        "{sudoku|sudoku|sudoku|sudoku puzzle|puzzle|grid|number puzzle|board|9x9 sudoku|"
        "4x4 sudoku|6x6 sudoku|mini sudoku|9x9 grid|number place puzzle|9 by 9 puzzle|one|"
        "soduku|suduko}{:|:|:| -|.||,} <p>",
        "{sudoku|sudoku|sudoku puzzle|the sudoku|my sudoku|puzzle|grid|4x4|6x6|9x9|input|board|"
        "sudoku of the day|a sudoku|next sudoku|mini sudoku|four by four|six by six}"
        "{:|:|| please:| -| is} <p>",
        "<p> {is {my|the|a|today's} {sudoku|puzzle|grid}|this is {my|the|a} {sudoku|puzzle|grid}|"
        "what's the {solution|answer}|what is the {solution|answer}|solve this sudoku|"
        "solve the sudoku|sudoku|"
        "which digits are missing|which numbers go where|fill in the {blanks|empty cells|gaps}|"
        "what goes in the {blanks|empty cells|gaps|dots|empty squares}|complete it|finish it}",
        "{what|which} {numbers|digits} {are missing|go in the empty cells|belong in the blanks|"
        "go where the {dots|zeros|blanks} are|complete this}{?|:|} <p>",
        "{is|could} {this|the} {sudoku|puzzle|grid} {solvable|valid|possible|have a solution|"
        "correct|unique|have only one solution|be solved|still solvable|well posed}{?|:|} <p>",
        "{does|do you think} {this|this sudoku|the puzzle|this one|my grid} {has|have|got} "
        "{a solution|one solution|exactly one solution|several solutions|an answer}{?|:|} <p>",
        "{how many solutions has|is there one solution of|is there any solution for|"
        "how many ways are there to finish} {this|this sudoku|the grid|it}{?|:|} <p>",
        "{i'm|i am} {stuck|stuck on|stuck with|lost in|desperate about|fighting with|struggling "
        "with|"
        "unable to finish|tired of} {this|this sudoku|a sudoku|my sudoku|this grid|this puzzle|"
        "the expert level|it}{.|:|, help|,|:(|} <p>",
        "{i can't|i cannot|my kid can't|my dad can't|nobody here can|my class couldn't} "
        "{solve|finish|do|complete|crack} "
        "{this sudoku|this|it|this puzzle|this grid|the sudoku}{.|:|, help|,|} <p>",
        "{my|the} {paper|app|newspaper|book|teacher|grandma|magazine|calendar|game|friend|array} "
        "{has|gave me|shows|printed|sent|says} {this|this sudoku|this grid|this puzzle|it}"
        "{.|:|,|} <p>[ {can you solve it|what is the solution|solve it|help|please solve}]",
        "{here is|here's|this is|that's|i have|i've got|i found|got} {a|the|my|another|today's} "
        "{sudoku|puzzle|sudoku puzzle|grid|sudoku grid|mini sudoku|6x6 sudoku|4x4 sudoku|"
        "9 by 9 sudoku}{:|.|,|} <p>[ {solve it|can you solve it|what's the answer|finish it|"
        "answer?|and now?|your turn|go|help me|what comes out|thanks|please}]",
        "{rows|cells|dots|zeros|blanks|the rows|0 is blank|. is blank|the blanks} "
        "{are|separated by|written as|given as|shown as} {slashes|commas|zeros|dots|below|"
        "underscores|strings|one line|lines|an array|empty}{:|,|.} <p>[ {solve|solve it|- solve}]",
    ),
    "maze": (
        DO + "{solve|solve|solve|find the way through|find a way through|find the shortest path in|"
        "find the shortest path through|find the path in|find a path through|get through|do|"
        "find the exit of|navigate|get me out of|escape from|get out of|find the way out of|"
        "show me the way through|draw the route through|draw the path in|work out|walk through|"
        "trace the shortest route in|find the quickest route in|find the route through|run} "
        "{this|the|my|this|the following|this little|that|the given|this big|this tiny|our|another|"
        "one more} "
        "{maze|maze|maze|labyrinth|grid|map|grid maze|dungeon|garden|level|field}"
        "{:|:| -|.||,} <p>",
        "{maze|the maze|labyrinth|my maze|map|grid with walls|shortest path|path|route|way out|"
        "pathfinding|level|a maze|next maze|shortest route|escape route|the labyrinth|dungeon}"
        "{:|:|| please:| -|?} <p>",
        "{how do i|how can i|how do you|how would you|how does one|how should the robot|where do i|"
        "which way do i|how can the robot|how can the mouse} "
        "{get|walk|go|move|come|find the way|escape} {out|out of here|through|from s to g|"
        "from S to G|to the goal|to the exit|from start to goal|to g|here}{?|:|} <p>",
        "{get|bring|guide|lead|move|take|walk|help} {me|the robot|the mouse|us|the hero|the player|"
        "my character|the ant} {from s to g|from S to G|to the goal|from start to goal|to G|out|"
        "through|to the cheese|to the exit|home}{.|:|, please:|} <p>",
        "{the robot|the mouse|the player|my hero|somebody|i|we} {starts at S|starts at s|is at S|"
        "stands at S|begins at S} {and wants to go to G|and has to reach G|and must get to G|"
        "and needs the way to the goal}{.|:|} <p>[ {which way|how|what is the route|help}]",
        "{what|which|what's|what is} {the|is the|a} {shortest|quickest|fastest|best|right} "
        "{path|way|route|walk} {through|in|from s to g in|from S to G in|across|from start to goal "
        "in|} "
        "{this|this maze|the maze|here|the grid|this map}{?|:|} <p>",
        "{find|compute|calculate|give me|show|i need|i want|need|draw} {the|a|me the} "
        "{shortest|quickest|fastest|} "
        "{path|way|route} {from s to g|from S to G|through this|to the goal|in this grid|"
        "with the fewest steps|to G}{.|:||,} <p>",
        "{can|could|is it possible that} {g|G|the goal|the exit|one} {be reached|reach the goal|"
        "get out}"
        "{| from s| from S| at all| here}{?|:|} <p>",
        "{is there|is there any|does it have|do you see} {a way|a path|a way through|a way out|"
        "a route to the goal|an exit}{ from s to g| from S to G|| here}{?|:|} <p>",
        "<p> {find the way|find a path|shortest path|solve this maze|solve the maze|maze|"
        "what's the way|which way|how do i get out|get me to G|from S to G|find the shortest route|"
        "is there a way|how many steps|draw the path|is my {maze|labyrinth|level}}",
        "{here is|here's|this is|i have|i made|i drew|got} {a|the|my|another} "
        "{maze|labyrinth|map|little maze|level|dungeon}{:|.|,|} <p>[ {solve it|how do i get out|"
        "what's the way|find the path|shortest way please|your turn|go|and now|help me}]",
        "{i'm|i am|we are|help, i'm} {lost|stuck|trapped|going in circles|confused} "
        "{in this maze|in a labyrinth|in this dungeon|in here|here|in the maze}{.|:|, help|,|} <p>",
        "{walls are #|# is a wall|S is the start|# are walls|s start, g goal|"
        "the walls are hashes}{:|,|.} <p>"
        "[ {find the path|solve it|which way|shortest path}]",
    ),
}
EITHER = (
    "{solve|solve this|solve it|solve that|solve this one|please solve|can you solve this|"
    "can you solve|could you solve this for me|do this|do this one|help|help me|help with this|"
    "what's the solution|the solution please|answer|answer this|this|this one|try this|"
    "try this one|and this|next|go|here|here you go|here it is|look at this|can you do it|"
    "i need the solution|what about this|how about this|your turn|solution|puzzle|"
    "let's see how fast you are|let's see|what do you make of this|any idea|quick one|"
    "another puzzle|a puzzle for you|my homework}"
    "{:|:|?||,|.} <p>",
    "<p>{| solve| please| solve it| solve this| answer| solution| help| can you| thanks| go| pls|"
    " what's the solution| any idea| your turn| please solve it| can you solve this| now}",
    "<p>",
)
AGAIN = (
    "{now|and|next|also|then|and now|now do|now solve|one more|another|and this|what about|"
    "how about|and also|now try|here's another|same for|same with|the next one|again|once more|"
    "another one|one more please|ok now|great, now|thanks, now|cool, and|and how about|last one|"
    "then solve|do|also do|this too|a harder one|an easier one|i have another|second one|"
    "here is the next} {this|this one|one|it|the next|}{:|:||?|,} <p>",
    "<p> {too|next|as well|now|also|this time|and this one|please}",
)
PAIRS = (
    "{solve|please solve|can you solve|do|solve both} {|these|both|these two|both of these}{:|} "
    "<p> {and|and then|, then|and also|} <q>",
    "{first|start with} <p> {then|and then|, next|, after that} <q>",
)
MISSING = {
    "sudoku": (
        DO + "{solve|finish|complete|help with|do|crack|fill in} "
        "{a|my|this|the|some|one|a hard|an easy} "
        "{sudoku|sudoku|sudoku puzzle|sudoku grid|4x4 sudoku|6x6 sudoku|9x9 sudoku|sudokus}"
        "[ {for me|please|today|with me|from the paper|from yesterday|from my book|quickly|too|"
        "from the newspaper|of mine|that i have here}]",
        "{i have|i've got|i got|here is|there is|i found|i brought|got} {a|another|one|my|some} "
        "{sudoku|sudoku puzzle|sudokus|hard sudoku|little sudoku|sudoku problem}"
        "[ {for you|to solve|i can't solve|here|that i need solved|in my paper}]",
        "{can|could} you {solve|do|handle|help with|finish} {sudoku|sudokus|a sudoku|"
        "sudoku puzzles|my sudoku|hard sudokus}[ {too|as well|for me|at all|fast}]",
        "{i need|i want|i would like|looking for} {help with|the solution of|the answer to} "
        "{a|my|the|this|one} {sudoku|6x6 sudoku|4x4 sudoku|sudoku puzzle|9x9 sudoku}"
        "[ {please|now|from the paper}]",
        "{are you good at|do you know how to solve|do you like solving|ready for|do you do} "
        "{sudoku|sudokus|a sudoku|sudoku puzzles}",
        "{sudoku|sudoku please|a sudoku|sudoku help|the sudoku|sudoku?|new sudoku to solve}",
    ),
    "maze": (
        DO + "{solve|find the way through|find a path in|help with|do|escape|get out of|"
        "find the way out of|find the shortest path in|walk through|find the exit of} "
        "{a|my|this|the|some|one|a big} "
        "{maze|maze|labyrinth|mazes|little maze|grid maze}"
        "[ {for me|please|today|with me|from my book|quickly|too|of mine|in my game}]",
        "{i have|i've got|i got|here is|there is|i made|i drew|got} {a|another|one|my|some} "
        "{maze|labyrinth|mazes|hard maze|little maze}"
        "[ {for you|to solve|i can't solve|here|in my game|that i need solved}]",
        "{can|could} you {solve|do|handle|help with|walk through} {mazes|a maze|labyrinths|"
        "my maze|big mazes}[ {too|as well|for me|at all}]",
        "{i need|i want|i would like} {help with|the shortest path in|the way through} "
        "{a|my|the|this|one} {maze|labyrinth}[ {please|now}]",
        "{are you good at|do you know how to solve|do you like solving|ready for|do you do} "
        "{mazes|a maze|labyrinths}",
        "{maze|maze please|a maze|maze help|the maze|labyrinth|find the exit|shortest path please}",
    ),
}
MISSING_EITHER = (
    "{solve|please solve|can you solve|help me with|do|finish|i need help with|i have} "
    "{this|a|my|the|some} {puzzle|puzzles|grid|brain teaser|riddle with numbers|logic puzzle}"
    "[ {for me|please|today|for you}]",
    "{can|could} you {solve|do} {puzzles|grids|a puzzle|logic puzzles|number puzzles}",
)
PUZZLE_ERRORS = (
    "the clues contradict each other: {n} stands twice in row {n}: r{n}c1 and r{n}c7",
    "the clues contradict each other: 3 stands 3 times in column {n}: r1c{n}, r4c{n} and r9c{n}; "
    "3 stands twice in box {n}: r1c{n} and r2c{n}",
    "the clues contradict each other: {n} stands twice in box 1: r1c1 and r2c2",
    "no Sudoku has so many cells: found 8{n} cells", "the goal cannot be reached",
    "no Sudoku has so many cells: found 80 cells, in rows of 9, 9, 9, 9, 8, 9, 9, 9, 9",
    "`x` at row {n}, column 4 is no digit of a 4x4 Sudoku", "the maze is empty",
    "the puzzle has no solution, as a complete search shows", "the maze has no start (S)",
    "G cannot be reached from S, the walls part them", "the maze has no goal (G)",
    "row {n} has 8 cells where others have 9", "no answer in the time allowed",
    "the maze is too large: 7{n} rows, 80 columns", "the server is busy",
    "the maze has more than one start (S): row 1, column {n} and row 4, column {n}",
    "the grid is not JSON: expected a comma, line 1 column {n}", "the puzzle has no solution",
)  # fmt: skip


@dataclass
class Pasted:
    """The puzzles and solutions of one dialogue so far, numbered as `blocks.Names` does."""

    counts: dict[str, int] = field(default_factory=dict)

    def new(self, kind: str) -> str:
        """The name of the next one."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"[{kind} {self.counts[kind]}]"


def ask(dice: Dice, pasted: Pasted, offered: list[tools.Tool], kind: str = "") -> list[Message]:
    """A puzzle is pasted: call the tool for it, or decline when there is none."""
    kind = kind or dice.pick(KINDS)
    general = dice.chance(0.3)
    again = bool(pasted.counts) and dice.chance(0.7)
    template = dice.pick(AGAIN if again else EITHER if general else WORDS[kind])
    return _asked(dice, pasted, offered, [kind], template)


def two(dice: Dice, pasted: Pasted, offered: list[tools.Tool]) -> list[Message]:
    """Two puzzles at once: two calls, then one answer."""
    kinds = [dice.pick(KINDS) for _ in range(2)]
    return _asked(dice, pasted, offered, kinds, dice.pick(PAIRS))


def missing(dice: Dice, pasted: Pasted, offered: list[tools.Tool]) -> list[Message]:
    """A puzzle is spoken of and none is there: ask for it; often it follows."""
    kind = dice.pick(KINDS)
    either = dice.chance(0.15)
    template = dice.pick(MISSING_EITHER if either else MISSING[kind])
    text = dress(dice.fill(template), dice)
    can = tools.abilities(offered)
    if kind not in can:
        topic = "puzzles" if either else tools.KINDS[kind].topic
        return [_user(text), _assistant(talk.declined(topic, can))]
    messages = [
        _user(text),
        _assistant(talk.PASTE.format(what="puzzle" if either else tools.NOUNS[kind])),
    ]
    if dice.chance(0.4):
        messages += ask(dice, pasted, offered, kind)
    return messages


def _asked(
    dice: Dice, pasted: Pasted, offered: list[tools.Tool], kinds: list[str], template: str
) -> list[Message]:
    names = [pasted.new(kind) for kind in kinds]
    slots = dict(zip("pq", names, strict=False))
    messages = [_user(_said(dice, template, slots))]
    can = tools.abilities(offered)
    if lacking := [kind for kind in kinds if kind not in can]:
        return [*messages, _assistant(talk.declined(tools.KINDS[lacking[0]].topic, can))]
    says: list[str] = []
    for kind, name in zip(kinds, names, strict=True):
        tool = tools.of_kind(offered, kind)
        arguments = {ARGUMENT[kind]: name}
        content = _content(dice, pasted, kind)
        messages += [_call(tool, arguments), _tool(content)]
        says.append(answer(tool, arguments, content))
    return [*messages, _assistant(" ".join(says))]


def _said(dice: Dice, template: str, slots: dict[str, str]) -> str:
    """The question as `blocks.hide` leaves it: one space around a name, no double marks."""
    pieces = dice.fill(template, **slots)
    text = slots["p"] if template == "<p>" else dress(pieces, dice, question=dice.chance(0.4))
    return text.replace("  ", " ").replace("] .", "].").replace("] ,", "],").strip()


def _content(dice: Dice, pasted: Pasted, kind: str) -> str:
    luck = dice.uniform()
    if luck < 0.14:
        error = dice.pick(PUZZLE_ERRORS).format(n=1 + dice.below(9))
        return result_text(None, note=error)
    verdict = "proved" if luck < 0.85 else "verified" if luck < 0.97 else "unverified"
    several = kind == "sudoku" and dice.chance(0.12)
    return result_text(pasted.new("solution"), verdict, NOT_UNIQUE if several else "")


def _user(text: str) -> Message:
    return {"role": "user", "content": text}


def _assistant(text: str) -> Message:
    return {"role": "assistant", "content": text}


def _tool(content: str) -> Message:
    return {"role": "tool", "content": content}


def _call(name: str, arguments: dict[str, Any]) -> Message:
    call = {"type": "function", "function": {"name": name, "arguments": arguments}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}
