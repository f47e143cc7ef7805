"""Expressions as tokens: a prompt that names its subtrees, an answer that points at them.

The prompt is the tree in prefix order. A reference token stands in front of every node
but the variable, numbered in that order; integers are spelled digit by digit:

    sin(5*x)     <bos> #0 sin #1 mul #2 INT 5 x <sep>

The answer is the rule-form derivative of `hrm_engine.expressions.differentiate`, also in
prefix order, in which an untouched subtree of the input is one reference:

    cos(5*x)*5   mul cos #1 #2 <eos>

So an answer copies nothing long and does no arithmetic: it is a short local function of
the tree. The variable is always the token `x`; the other letters are `c0`, `c1`, ... by
first appearance. One rule for each operator (`u`, `v` parts that depend on the variable,
`c` one that does not, `@` the node itself, `D` a derivative, left out as a factor where
it is 1; a part alone is its reference, or `x`):

    c               INT 0                          x        INT 1
    u + v           add Du Dv                      c + u    Du
    u - v           sub Du Dv                      c - u    neg Du
    neg u           neg Du
    c * u, u * c    mul c Du                       u / c    div Du c
    u * v           add mul Du v mul u Dv
    u / v           div sub mul Du v mul u Dv pow v INT 2
    c / u           neg div mul c Du pow u INT 2
    u ^ c           mul mul c pow u sub c INT 1 Du
    c ^ u           mul mul @ ln c Du              e ^ u    mul @ Du
    u ^ v           mul @ add mul Dv ln u div mul v Du u
    sqrt u          div Du mul INT 2 @             root n u div Du mul n pow @ sub n INT 1
    ln u            div Du u                       log b u  div Du mul u ln b
    |u|             mul sign u Du                  sign u   INT 0
    sin u           mul cos u Du                   cos u    neg mul sin u Du
    tan u           mul pow sec u INT 2 Du         sec u    mul mul @ tan u Du
    atan u          div Du add pow u INT 2 INT 1   ...      tables of `differentiate`

`PrefixConstraint` admits exactly the well-formed answers: an arity counter.
Read `Prompt` first, then `derivative_tokens` and `read_answer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hrm_engine.errors import TaskError
from hrm_engine.expressions.differentiate import derive, unshared
from hrm_engine.expressions.tree import ARITY, LEAVES, MAX_DIGITS, Expr, integer, node, symbol

MAX_REFERENCES = 96
MAX_LETTERS = 8
MAX_PROMPT = 224
MAX_ANSWER = 256

OPERATORS = tuple(name for name in ARITY if name not in LEAVES)
VOCABULARY: tuple[str, ...] = (
    *("<pad>", "<bos>", "<sep>", "<eos>", *OPERATORS, "pi", "e", "x", "INT", *"0123456789"),
    *(f"c{k}" for k in range(MAX_LETTERS)),
    *(f"#{k}" for k in range(MAX_REFERENCES)),
)
IDS: dict[str, int] = {token: k for k, token in enumerate(VOCABULARY)}

PAD, BOS, SEP, EOS = (IDS[name] for name in ("<pad>", "<bos>", "<sep>", "<eos>"))
VARIABLE, INT, PI_TOKEN, E_TOKEN = (IDS[name] for name in ("x", "INT", "pi", "e"))
DIGITS = tuple(IDS[digit] for digit in "0123456789")
FIRST_LETTER, FIRST_REFERENCE = IDS["c0"], IDS["#0"]
# What a token asks for: how many operands must follow it.
_OPEN = {IDS[name]: ARITY[name] for name in OPERATORS}
_DIGIT_OF = dict(zip(DIGITS, "0123456789", strict=True))


@dataclass(frozen=True, slots=True)
class Prompt:
    """A problem as the network sees it.

    tokens: ids from `<bos>` to `<sep>`; tree: the input with unshared nodes; variable: its
    name; nodes: the subtree that each reference `#k` stands for; letters: the names behind
    `c0`, `c1`, ...
    """

    tokens: tuple[int, ...]
    tree: Expr
    variable: str
    nodes: tuple[Expr, ...]
    letters: tuple[str, ...]


def spell(value: int) -> list[int]:
    """The tokens of a non-negative integer: `INT` and its digits."""
    return [INT, *(DIGITS[int(digit)] for digit in str(value))]


def write_prompt(expr: Expr, variable: str) -> Prompt:
    """`expr` as a prompt. Raises TaskError when it is too long for the network."""
    tree = unshared(expr)
    tokens, nodes, letters = [BOS], list[Expr](), dict[str, int]()
    stack = [tree]
    while stack:
        part = stack.pop()
        if part.op == "sym" and part.value == variable:
            tokens.append(VARIABLE)
            continue
        if len(nodes) >= MAX_REFERENCES:
            raise _too_long(f"more than {MAX_REFERENCES} nodes")
        tokens.append(FIRST_REFERENCE + len(nodes))
        nodes.append(part)
        if part.op == "int":
            tokens += spell(int(part.value or 0))
        elif part.op == "sym":
            tokens.append(FIRST_LETTER + letters.setdefault(str(part.value), len(letters)))
        else:
            tokens.append(IDS[part.op])
            stack.extend(reversed(part.args))
    if len(letters) > MAX_LETTERS:
        raise _too_long(f"more than {MAX_LETTERS} letters besides the variable")
    if len(tokens) >= MAX_PROMPT:
        raise _too_long(f"more than {MAX_PROMPT} tokens")
    return Prompt((*tokens, SEP), tree, variable, tuple(nodes), tuple(letters))


def derivative_tokens(prompt: Prompt) -> list[int]:
    """The target answer (without `<eos>`). Raises TaskError above `MAX_ANSWER` tokens."""
    references = {id(part): FIRST_REFERENCE + k for k, part in enumerate(prompt.nodes)}
    tokens: list[int] = []
    stack = [derive(prompt.tree, prompt.variable)]
    while stack:
        part = stack.pop()
        reference = references.get(id(part))
        if reference is not None:
            tokens.append(reference)
        elif part.op == "int":
            tokens += spell(int(part.value or 0))
        elif part.op == "sym":
            tokens.append(VARIABLE)  # every other letter is a node of the input
        else:
            tokens.append(IDS[part.op])
            stack.extend(reversed(part.args))
    if len(tokens) > MAX_ANSWER:
        raise _too_long(f"an answer of {len(tokens)} tokens")
    return tokens


def read_answer(prompt: Prompt, tokens: Sequence[int]) -> Expr:
    """The tree that `tokens` (without `<eos>`) spell. Raises TaskError when malformed."""
    operands: list[Expr] = []
    digits = ""
    for token in reversed(tokens):  # from the right, operands are ready when needed
        if token in _DIGIT_OF:
            digits = _DIGIT_OF[token] + digits
            continue
        if bool(digits) != (token == INT) or len(digits) > MAX_DIGITS:
            raise _malformed("digits without INT, or INT without digits")
        if token == INT:
            operands.append(integer(int(digits)))
            digits = ""
        elif token in _OPEN:
            arity = _OPEN[token]
            if len(operands) < arity:
                raise _malformed(f"`{VOCABULARY[token]}` lacks an operand")
            parts = [operands.pop() for _ in range(arity)]
            operands.append(node(VOCABULARY[token], *parts))
        else:
            operands.append(_leaf(prompt, token))
    if len(operands) != 1 or digits:
        raise _malformed(f"{len(operands)} expressions instead of one")
    return operands[0]


def _leaf(prompt: Prompt, token: int) -> Expr:
    if token == VARIABLE:
        return symbol(prompt.variable)
    if token in (PI_TOKEN, E_TOKEN):
        return Expr(VOCABULARY[token])
    if 0 <= token - FIRST_REFERENCE < len(prompt.nodes):
        return prompt.nodes[token - FIRST_REFERENCE]
    if 0 <= token - FIRST_LETTER < len(prompt.letters):
        return symbol(prompt.letters[token - FIRST_LETTER])
    raise _malformed(f"token {token} stands for nothing in the question")


@dataclass(frozen=True, slots=True)
class PrefixConstraint:
    """The grammar of answers: prefix notation over what the prompt holds.

    open: operands still to come; digits: how many digits the current integer has, 0 right
    after `INT`, -1 outside one, `MAX_DIGITS` when it may not grow; ended: `<eos>` was seen.
    """

    references: int
    letters: int
    open: int = 1
    digits: int = -1
    ended: bool = False

    @staticmethod
    def of(prompt: Prompt) -> PrefixConstraint:
        """The constraint at the start of an answer to `prompt`."""
        return PrefixConstraint(len(prompt.nodes), len(prompt.letters))

    def allowed(self) -> tuple[int, ...]:
        """The ids that may come next; empty after `<eos>`. Cached: costs a lookup."""
        if self.ended:
            return ()
        if self.digits == 0:
            return DIGITS
        grows = 0 < self.digits < MAX_DIGITS
        return _continuations(self.references, self.letters, self.open > 0, grows)

    def advance(self, token: int) -> PrefixConstraint:
        """The state after `token`, which must be one of `allowed()`."""
        if token in _DIGIT_OF:
            leading_zero = self.digits == 0 and token == DIGITS[0]
            return self._at(self.open, MAX_DIGITS if leading_zero else self.digits + 1)
        if token == EOS:
            return PrefixConstraint(self.references, self.letters, 0, -1, ended=True)
        return self._at(self.open - 1 + _OPEN.get(token, 0), 0 if token == INT else -1)

    def _at(self, operands: int, digits: int) -> PrefixConstraint:
        return PrefixConstraint(self.references, self.letters, operands, digits)


@lru_cache(maxsize=4096)
def _continuations(references: int, letters: int, more: bool, grows: bool) -> tuple[int, ...]:
    digits = DIGITS if grows else ()
    if not more:
        return (*digits, EOS)
    pointers = range(FIRST_REFERENCE, FIRST_REFERENCE + references)
    names = range(FIRST_LETTER, FIRST_LETTER + letters)
    return (*digits, *_OPEN, PI_TOKEN, E_TOKEN, VARIABLE, INT, *names, *pointers)


def _malformed(problem: str) -> TaskError:
    return TaskError(
        f"the answer is not an expression: {problem}", hint="decode with the constraint"
    )


def _too_long(problem: str) -> TaskError:
    return TaskError(
        f"the expression does not fit the network: {problem}",
        hint="shorten it, or let the classical method answer",
    )
