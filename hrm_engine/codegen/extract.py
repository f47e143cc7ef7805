"""Find the program in what a language model says.

    thinking, prose, fences ─► blocks ─► what parses of each ─► what the function needs of it

Models wrap code in words, show it twice, add tests that print, or stop in the middle. What is
left here defines the function asked for and nothing that it does not need; whether it is right
is for the judge. Nothing is run. Read `extract`.
"""

from __future__ import annotations

import ast
import io
import re
import textwrap
import tokenize
from collections.abc import Iterable, Iterator, Sequence

from hrm_engine.codegen.source import parse

LONGEST = 40_000
"""Characters that are looked at; what a model says beyond them is not a short function."""
MOST_LINES = 400
_THINKING = re.compile(r"^.*</think(?:ing)?>", flags=re.DOTALL)
_FENCE = re.compile(
    r"^[ \t]*(```+|~~~+)[ \t]*([\w+-]*)[^\n]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)",
    flags=re.MULTILINE | re.DOTALL,
)
_OPENS = re.compile(r"^(?:def|async def|class|import|from|@)\b|^@", flags=re.MULTILINE)
_MODULES = ("bisect", "collections", "functools", "heapq", "itertools", "math", "operator", "re")
_MEMBERS = {
    "collections": ("Counter", "OrderedDict", "defaultdict", "deque"),
    "functools": ("reduce",),
    "typing": ("Any", "Callable", "Dict", "Iterable", "List", "Optional", "Set", "Tuple", "Union"),
}
IMPORTS = {module: f"import {module}" for module in _MODULES} | {
    name: f"from {module} import {name}" for module, names in _MEMBERS.items() for name in names
}
"""What models most often forget to import."""
_TEST = re.compile(r"test|main$|check_|demo|example")
_LANGUAGES = {"", "py", "python", "python3"}
_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_IMPORT = ast.Import | ast.ImportFrom


def extract(text: str, name: str, signature: str = "") -> str:
    """The code in `text` that defines `name`; "" where there is none.

    A function under another name is given this one, if none has it. Text that is only
    the body of a function is put under `signature` (a `def` line without its colon), if given.
    """
    text = _THINKING.sub("", text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n"))
    pieces = [kept for block in _blocks(text) if (kept := parsing_start(block))]
    code = "\n\n".join(pieces)
    if not code and signature:
        body = textwrap.indent(textwrap.dedent(text.strip("\n")), "    ")
        code = parsing_start(f"{signature.strip().removesuffix(':')}:\n{body}\n")
    return _tidied(code, name) if code else ""


def _blocks(text: str) -> list[str]:
    """What stands in fences; without fences, the text from its first line of Python on."""
    fenced = _FENCE.findall(text)
    if fenced:
        return [textwrap.dedent(body) for _, kind, body in fenced if kind.lower() in _LANGUAGES]
    if isinstance(parse(text), ast.Module):
        return [text]
    first = _OPENS.search(text)
    return [text[first.start() :]] if first else []


def parsing_start(block: str) -> str:
    """The most lines of `block`, from its first, that are Python; "" for none."""
    lines = block.split("\n")[:MOST_LINES]
    while lines:
        code = "\n".join(lines)
        if isinstance(parse(code), ast.Module):
            return code.rstrip()
        lines.pop()
    return ""


def _tidied(code: str, name: str) -> str:
    """`code` reduced to what `name` needs; "" if nothing can be called by that name."""
    tree = parse(code)
    body = tree.body if isinstance(tree, ast.Module) else []
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    if not functions:
        return ""
    written = name if any(each.name == name for each in functions) else _main(functions)
    needed = _needed(body, written)
    kept = "\n".join([*_forgotten(needed), *_text(needed, code)]) + "\n"
    return kept if written == name else _renamed(kept, written, name)


def _forgotten(nodes: Sequence[ast.stmt]) -> Iterator[str]:
    """The imports of well-known names that are used and were not imported."""
    used = set().union(*map(_uses, nodes)) - set().union(*map(_binds, nodes))
    lines = sorted(IMPORTS[name] for name in used if name in IMPORTS)
    yield from lines
    if lines:
        yield "\n"


def _main(functions: Sequence[ast.FunctionDef]) -> str:
    """The function that the others serve: the last that no other calls, tests left aside."""
    own = [each for each in functions if not _TEST.match(each.name)] or functions
    called = {
        node.id
        for each in own
        for node in ast.walk(each)
        if isinstance(node, ast.Name) and node.id != each.name
    }
    return next((each.name for each in reversed(own) if each.name not in called), own[-1].name)


def _renamed(code: str, old: str, new: str) -> str:
    """`code` with the function `old`, and its calls of itself, under the name `new`."""
    lines = code.split("\n")
    found, before = [], ""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.NAME and token.string == old and before != ".":
            found.append(token.start)
        before = token.string
    for row, column in reversed(found):
        line = lines[row - 1]
        lines[row - 1] = line[:column] + new + line[column + len(old) :]
    return "\n".join(lines)


def _text(nodes: Sequence[ast.stmt], code: str) -> Iterator[str]:
    """The statements as they were written, blank lines around definitions."""
    lines, end = code.split("\n"), 0
    before: ast.stmt | None = None
    for node in nodes:
        if before and isinstance(node, _DEFINITION) | isinstance(before, _DEFINITION):
            yield "\n"
        start = max(end, _first_line(node) - 1)  # two statements may share a line
        before, end = node, node.end_lineno or node.lineno
        yield "\n".join(lines[start:end])


def _needed(body: Sequence[ast.stmt], name: str) -> list[ast.stmt]:
    """The statements that `name` depends on, in their order; of two definitions the last."""
    last = {node.name: node for node in body if isinstance(node, _DEFINITION)}
    useful = [
        node
        for node in body
        if not _is_demonstration(node)
        and (not isinstance(node, _DEFINITION) or last[node.name] is node)
    ]
    kept: set[int] = set()
    wanted = {name, "*"}
    grew = True
    while grew:
        grew = False
        for place, node in enumerate(useful):
            if place not in kept and wanted & _binds(node):
                kept.add(place)
                wanted |= _uses(node)
                grew = True
    return [node for place, node in enumerate(useful) if place in kept]


def _is_demonstration(node: ast.stmt) -> bool:
    """Whether a statement only shows or tests the function."""
    if isinstance(node, ast.If) and isinstance(node.test, ast.Compare):
        return isinstance(node.test.left, ast.Name) and node.test.left.id == "__name__"
    return isinstance(node, ast.Assert)


def _binds(node: ast.stmt) -> set[str]:
    """The names that a top-level statement makes or changes; "*" for all that a module has."""
    if isinstance(node, _DEFINITION):
        return {node.name}
    if isinstance(node, _IMPORT):
        return {(each.asname or each.name).partition(".")[0] for each in node.names}
    return set(_changed(node))


def _uses(node: ast.stmt) -> set[str]:
    """The names that a statement reads and does not make itself."""
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    own = {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
    if isinstance(node, ast.FunctionDef):
        own |= {each.id for each in names if isinstance(each.ctx, ast.Store)}
    shared = [each.names for each in ast.walk(node) if isinstance(each, ast.Global)]
    return ({each.id for each in names} - own).union(*shared)


def _changed(node: ast.stmt) -> Iterable[str]:
    """Variables assigned, filled (`table[k] = v`) or told to change (`seen.add(1)`)."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name | ast.Attribute | ast.Subscript):
            if isinstance(each.ctx, ast.Store | ast.Del):
                yield from _root(each)
        elif isinstance(each, _DEFINITION):
            yield each.name
        elif isinstance(each, ast.Expr):
            call = each.value
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                yield from _root(call.func)


def _root(node: ast.expr) -> Iterator[str]:
    """The variable that `a.b[0].c` begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _first_line(node: ast.stmt) -> int:
    """Where a statement begins, its decorators included."""
    decorators = node.decorator_list if isinstance(node, _DEFINITION) else []
    return min([node.lineno, *(each.lineno for each in decorators)])
