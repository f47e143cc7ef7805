r"""Puzzles in a conversation, and the short names under which the embedded LLM sees them.

A pasted Sudoku is 81 characters or nine lines; a model of 2.9 M parameters would have to spell them
one by one, and may slip. So it never sees them. A plain-text detector finds every block, whatever
its layout, and the model reads and writes a name:

    Solve this sudoku:\n5 3 . | . 7 . ...       Solve this sudoku: [sudoku 1]
    result: 5 3 4 | 6 7 8 ...                   result: [solution 1]

The model chooses the tool and names the block, under a grammar that offers the names there are
(`grammar.py`); the call carries the block's own text and the final sentence the tool's own text.
Copying is therefore exact by construction, a question costs the same few tokens in every layout,
and what no layout says (which tool, whether to call at all) is what is left to the model.

Only the embedded model works like this: every other language model sees the text as it is.
Whether a block is a proper puzzle is for the tool to say. Read `shortened` first, then `find`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from hrm_agents.embedded.sentences import Result, read
from hrm_agents.embedded.template import compact_result, result_text
from hrm_agents.formats.scan import decode
from hrm_agents.messages import Message, ToolCall

SIZES = {16: "4", 36: "6", 81: "9"}
"""Cells of a Sudoku, and its highest digit."""
LABEL = re.compile(r"\[(?:sudoku|maze|solution) \d+\]")
LONGEST = 20_000
_MOST_LISTS = 20
_NEAR = range(60, 101)
"""So many cells in a row are a Sudoku with a slip in it: the tool will say which."""
_FEWEST_GIVEN = 4

_WALLS = "#█▓"
_CELL = r"[0-9._*?xX\-]"
_DECORATION = r"\s,;|/+=\[\]\"'\u2500-\u257f"
_ONE_LINE = re.compile(r"(?<![\w.])[0-9._*?xX\-,;|/\[\]\"' ]{16,}(?![\w(^])")
_SLASHED = re.compile(rf"(?<!\w)[{_WALLS}.SGEo]{{3,64}}(?:/[{_WALLS}.SGEo]{{3,64}}){{2,64}}(?!\w)")
_GRID = rf"(?:null|None|[{_DECORATION}0-9._*?xX\-])"
_MAZE = rf"[{_WALLS}░ .·*SGEAB@oO+|_\-]"
_SUDOKU_LINE = re.compile(rf"{_GRID}+")
_MAZE_LINE = re.compile(rf"{_MAZE}+")
_RULE = re.compile(r"[+=\-\u2500-\u257f]{5,}")
_LINES = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_JSON = re.compile(r"(?<!\[)\[\s*[\[\"]")
_LONGEST_ROW, _LONGEST_FENCE = 300, 40
_OPEN_FENCE = re.compile(r"[`~]{3,}[a-z]*[ \t]*\n\Z|`\Z")
_CLOSE_FENCE = re.compile(r"\n?[`~]{3,}|`")


class Block(NamedTuple):
    """A puzzle in a text: from `start` to `end` stands `text`, of kind `sudoku` or `maze`."""

    start: int
    end: int
    text: str
    kind: str


class Names:
    """Which name stands for which text; the same text has one name."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def name(self, kind: str, text: str) -> str:
        """The name of a block or a solution, new or known."""
        for label, known in self._texts.items():
            if known == text and label.startswith(f"[{kind} "):
                return label
        number = self._counts[kind] = self._counts.get(kind, 0) + 1
        label = f"[{kind} {number}]"
        self._texts[label] = text
        return label

    def known(self, text: str) -> str:
        """`text` itself, or the name of the puzzle that it is."""
        found = (label for label, known in self._texts.items() if known == text)
        return next((label for label in found if not label.startswith("[solution")), text)

    def argument(self, value: Any) -> Any:
        """An argument as the tool wants it: a name becomes its text."""
        return self._texts.get(value, value) if isinstance(value, str) else value

    def without_solutions(self, text: str) -> str:
        """What the assistant said earlier, as it wrote it: with names."""
        for label, known in self._texts.items():
            if label.startswith("[solution") and known in text:
                before, _, after = text.partition(known)
                text = f"{before.rstrip()} {label} {after.lstrip()}".strip()
        return text

    def sentence(self, text: str) -> str:
        """A sentence as people read it: what a name stands for begins on a line of its own."""
        parts = re.split(rf"\s*({LABEL.pattern})[ .]*", text)
        lines = [self._texts.get(part, part) for part in parts]
        return "\n".join(line for line in lines if line)


def shortened(messages: Sequence[Message]) -> tuple[list[Message], Names]:
    """The conversation with a name for each puzzle and each solution, and what they stand for."""
    names = Names()
    return [_shortened(message, names) for message in messages], names


def labels(text: str, kinds: Sequence[str]) -> list[str]:
    """The names of these kinds that stand in a shortened text."""
    found = (match[0] for match in LABEL.finditer(text))
    return [label for label in found if label[1:].split()[0] in kinds]


def find(text: str) -> list[Block]:
    """The puzzles in `text`, in order; none in a text that no question is as long as."""
    found: list[Block] = []
    if len(text) > LONGEST:
        return found
    for block in (*_in_json(text), *_in_lines(text), *_in_one_line(text)):
        if all(block.end <= other.start or other.end <= block.start for other in found):
            found.append(block)
    return sorted(found)


def hide(text: str, names: Names) -> str:
    """`text` with each puzzle's name in its place; without one, `text` as it is."""
    pieces, place = [], 0
    for block in find(text):
        start, end = _with_fence(text, block)
        pieces += [text[place:start].strip(), names.name(block.kind, block.text)]
        place = end
    if not place:
        return text
    rest = text[place:]
    pieces.append(rest.strip())
    shown = " ".join(piece for piece in pieces if piece)
    return re.sub(r"\] ([.,;:?!])", r"]\1", shown)


def _shortened(message: Message, names: Names) -> Message:
    content = message.get("content")
    if message["role"] == "user":
        return {**message, "content": hide(str(content or ""), names)}
    if message["role"] == "tool":
        return {**message, "content": _result(compact_result(str(content or "")), names)}
    if calls := message.get("tool_calls"):
        return {**message, "tool_calls": [_call(call, names) for call in calls]}
    return {**message, "content": names.without_solutions(str(content or ""))}


def _result(content: str, names: Names) -> str:
    """A tool's message; an answer of several lines is a solution."""
    got: Result = read(content)
    if got.error or "\n" not in got.result:
        return content
    return result_text(names.name("solution", got.result), got.verdict, got.note)


def _call(call: ToolCall, names: Names) -> ToolCall:
    """A call that was made, with the names of what it carried."""
    function = call["function"]
    arguments = decode(function["arguments"])
    if not isinstance(arguments, dict):
        return call
    named = {
        key: names.known(value) if isinstance(value, str) else value
        for key, value in arguments.items()
    }
    return {**call, "function": {**function, "arguments": json.dumps(named, ensure_ascii=False)}}


def _with_fence(text: str, block: Block) -> tuple[int, int]:
    """The block with the code fence around it, if there is one."""
    near = max(0, block.start - _LONGEST_FENCE)
    before = _OPEN_FENCE.search(text[near : block.start])
    after = _CLOSE_FENCE.match(text, block.end)
    if before and after:
        return near + before.start(), after.end()
    return block.start, block.end


def _kind(text: str) -> str:
    return "maze" if re.search(rf"[{_WALLS}]", text) else "sudoku"


def _in_json(text: str) -> Iterator[Block]:
    """Lists of lists or of strings that fill a grid of at least four rows (mazes: two)."""
    decoder, place = json.JSONDecoder(), 0
    for _ in range(_MOST_LISTS):
        if not (match := _JSON.search(text, place)):
            return
        place = match.end()
        try:
            value, end = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        place = end
        cells = [str(cell) for row in value for cell in (row if isinstance(row, list) else [row])]
        kind = _kind("".join(cells))
        if len(value) >= (2 if kind == "maze" else 4) and (
            kind == "maze" or (sum(map(len, cells)) >= min(SIZES) and _has_blank(cells))
        ):
            yield Block(match.start(), end, text[match.start() : end], kind)


def _has_blank(cells: Sequence[str]) -> bool:
    """Whether a Sudoku's cells have something to fill in; a matrix seldom has."""
    return any(cell in ("0", "", "None") or re.search(r"[^1-9]", cell) for cell in cells)


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def _in_lines(text: str) -> Iterator[Block]:
    """Runs of lines that hold nothing but cells and rules; a row may end or begin a sentence."""
    lines = [_Line(m.start(1), m.end(1), m[1]) for m in _LINES.finditer(text)]
    for pattern, kind, fewest in ((_MAZE_LINE, "maze", 3), (_SUDOKU_LINE, "sudoku", 4)):
        for run in _runs(lines, pattern):
            start, end = lines[run[0]].start, lines[run[-1]].end
            width = _width(lines[run[len(run) // 2]].text, kind)
            above, below = _previous(lines, run[0]), _next(lines, run[-1])
            rows = len(run)
            if above and (cut := _suffix(above.text, pattern, kind, width)) is not None:
                start, rows = above.start + cut, rows + 1
            if below and (cut := _prefix(below.text, pattern, kind, width)) is not None:
                end, rows = below.start + cut, rows + 1
            found = text[start:end]
            if rows >= fewest and _is_grid(found, kind):
                yield Block(start, end, found, kind)


def _is_grid(text: str, kind: str) -> bool:
    """Whether these lines are a maze with a wall, or the cells of a Sudoku."""
    if kind == "maze":
        return _kind(text) == "maze"
    cells = re.findall(_CELL, text)
    return len(cells) >= min(SIZES) and any(cell.isdigit() or cell in "._" for cell in cells)


def _runs(lines: Sequence[_Line], pattern: re.Pattern[str]) -> Iterator[list[int]]:
    """Numbers of neighbouring lines of cells; one empty line may part the bands of a Sudoku."""
    run: list[int] = []
    for number, line in enumerate(lines):
        if pattern.fullmatch(line.text) and line.text.strip():
            run.append(number)
        elif run and not line.text.strip() and _goes_on(lines, run, number, pattern):
            continue
        elif run:
            yield run
            run = []
    if run:
        yield run


def _goes_on(
    lines: Sequence[_Line], run: Sequence[int], number: int, pattern: re.Pattern[str]
) -> bool:
    """Whether the band above an empty line is continued below it, by rows as wide."""
    if pattern is not _SUDOKU_LINE or number + 1 >= len(lines):
        return False
    below = lines[number + 1].text
    width = _width(lines[run[0]].text, "sudoku")
    if not pattern.fullmatch(below) or len(run) >= width or len(lines[run[0]].text) < _FEWEST_GIVEN:
        return False
    return _width(below, "sudoku") == width <= 9


def _width(line: str, kind: str) -> int:
    """How many cells a line has."""
    return len(line.strip()) if kind == "maze" else len(re.findall(_CELL, line))


def _previous(lines: Sequence[_Line], number: int) -> _Line | None:
    return lines[number - 1] if number else None


def _next(lines: Sequence[_Line], number: int) -> _Line | None:
    return lines[number + 1] if number + 1 < len(lines) else None


def _suffix(line: str, pattern: re.Pattern[str], kind: str, width: int) -> int | None:
    """Where the row begins that ends a line of words: `sudoku: 53..7....`."""
    for match in re.finditer(r"(?<=[\s:=>])\S", line[:_LONGEST_ROW]):
        part = line[match.start() :]
        if not pattern.fullmatch(part):
            continue
        if _width(part, kind) == width or _RULE.fullmatch(part):
            return match.start()
    return None


def _prefix(line: str, pattern: re.Pattern[str], kind: str, width: int) -> int | None:
    """Where the row ends that begins a line of words: `....8..79 please`."""
    for match in re.finditer(r"\S(?=[\s,;])", line[:_LONGEST_ROW]):
        part = line[: match.end()]
        if pattern.fullmatch(part) and _width(part, kind) == width:
            return match.end()
    return None


def _in_one_line(text: str) -> Iterator[Block]:
    """A whole puzzle in one line: 81 characters, rows parted by slashes or spaces, lone cells."""
    for match in _SLASHED.finditer(text):
        if _kind(match[0]) == "maze":
            yield Block(match.start(), match.end(), match[0], "maze")
    for match in _ONE_LINE.finditer(text):
        if cut := _cells(match[0]):
            start, end = match.start() + cut[0], match.start() + cut[1]
            yield Block(start, end, text[start:end], "sudoku")


def _cells(text: str) -> tuple[int, int] | None:
    """Where in a run of cells and rules the Sudoku stands, without marks of the sentence."""
    pieces = [(m.start(), m.end()) for m in re.finditer(rf"{_CELL}+", text)]
    longest = max((end - start for start, end in pieces), default=0)
    while pieces and longest > 1 and pieces[-1][1] - pieces[-1][0] == 1:
        pieces.pop()
    while pieces and longest > 1 and pieces[0][1] - pieces[0][0] == 1:
        pieces.pop(0)
    if not pieces:
        return None
    start, end = pieces[0][0], pieces[-1][1]
    options = [pieces]
    if text[end - 1] in ".?-":  # perhaps the sentence's
        last = [(pieces[-1][0], end - 1)] if end - 1 > pieces[-1][0] else []
        options.append([*pieces[:-1], *last])
    for sizes in (tuple(SIZES), tuple(_NEAR)):
        for option in options:
            if option and _is_sudoku(text, option, sizes):
                return start, option[-1][1]
    return None


def _is_sudoku(text: str, pieces: Sequence[tuple[int, int]], sizes: Sequence[int]) -> bool:
    """Whether these pieces, as long as each other, hold so many cells that can be a Sudoku's."""
    cells = "".join(text[start:end] for start, end in pieces)
    if len({end - start for start, end in pieces}) > 1 or len(cells) not in sizes:
        return False
    highest = SIZES.get(len(cells), "9")
    given = [cell for cell in cells if cell in "123456789"]
    if highest == "9":
        return len(cells) == max(SIZES) or len(pieces) > 1 or "." in cells or "0" in cells
    return _FEWEST_GIVEN <= len(given) < len(cells) and max(given) <= highest
