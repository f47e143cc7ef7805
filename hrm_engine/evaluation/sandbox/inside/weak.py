"""What remains where the kernel offers nothing: a list of allowed syntax and an audit hook.

This is lint and a tripwire within the interpreter, not a wall: a fault in CPython opens it.
Hence the name of the level. It forbids the imports, attributes and events by which Python code
ordinarily leaves a process, and takes the functions that raise no event out of `posix`.
"""

from __future__ import annotations

import ast
import os
import posix
import sys
from typing import Any


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IMPORTABLE = _words(
    "__future__ abc array base64 binascii bisect calendar cmath collections copy dataclasses "
    "datetime decimal difflib enum fractions functools hashlib heapq itertools json math "
    "numbers operator pprint queue random re statistics string struct sys textwrap time types "
    "typing unicodedata uuid zlib"
)
FORBIDDEN_NAMES = _words(
    "breakpoint compile delattr eval exec getattr globals help locals open setattr vars"
)
FORBIDDEN_ATTRIBUTES = _words(
    "addaudithook ast attrgetter builtins contextlib ctypes gc gi_frame cr_frame f_back "
    "f_builtins f_globals f_locals importlib inspect io methodcaller modules os path posix "
    "settrace setprofile signal socket subprocess sys tb_frame threading warnings weakref"
)
ALLOWED_DUNDERS = _words(
    "__init__ __repr__ __str__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __len__ "
    "__iter__ __next__ __getitem__ __setitem__ __delitem__ __contains__ __call__ __add__ "
    "__sub__ __mul__ __truediv__ __floordiv__ __mod__ __pow__ __neg__ __abs__ __bool__ __int__ "
    "__float__ __index__ __enter__ __exit__ __name__ __doc__ __post_init__ __reversed__ "
    "__radd__ __rmul__ __iadd__ __and__ __or__ __xor__ __slots__ __missing__ __new__ __main__ "
    "__annotations__ __all__ __version__ __author__"
)
EVENTS = _words(
    "array.__new__ builtins.id builtins.input builtins.input/result compile exec "
    "object.__getattr__ object.__setattr__ sys._getframe time.sleep"
)
"""Audit events that may happen. The two of `object` speak of frames and code objects, which
`check` forbids to candidates; `time.sleep` is bounded by the clock outside."""
KEPT_IN_POSIX = _words("fspath getpid urandom stat lstat cpu_count")


def lock() -> None:
    """In the job: take the silent functions away, refuse every event not known as harmless."""
    for name in dir(posix):
        if _is_silent(name):
            setattr(posix, name, _refuse)
            setattr(os, name, _refuse)
    sys.addaudithook(_hook)


def _is_silent(name: str) -> bool:
    kind = type(getattr(posix, name)).__name__
    return kind == "builtin_function_or_method" and name not in KEPT_IN_POSIX


def _refuse(*_: Any, **__: Any) -> Any:
    raise PermissionError("the weak sandbox forbids this function of `os`")


def _hook(event: str, _: tuple[Any, ...]) -> None:
    if event not in EVENTS:
        raise PermissionError(f"the weak sandbox forbids `{event}`")


def check(code: str) -> None:
    """Raise PermissionError for syntax that reaches out of the program, SyntaxError for none."""
    for node in ast.walk(ast.parse(code)):
        for found in _reaches(node):
            raise PermissionError(f"the weak sandbox forbids `{found}`")


def _reaches(node: ast.AST) -> list[str]:
    """What in one node is forbidden."""
    if isinstance(node, ast.Import):
        return [a.name for a in node.names if a.name.split(".")[0] not in IMPORTABLE]
    if isinstance(node, ast.ImportFrom):
        module = (node.module or "").split(".")[0]
        names = [a.name for a in node.names if _hidden(a.name) or a.name in FORBIDDEN_ATTRIBUTES]
        return names if module in IMPORTABLE and not node.level else [module or "."]
    if isinstance(node, ast.Attribute):
        return [node.attr] if _hidden(node.attr) or node.attr in FORBIDDEN_ATTRIBUTES else []
    if isinstance(node, ast.Name):
        hidden = node.id.startswith("__") and _hidden(node.id)
        return [node.id] if hidden or node.id in FORBIDDEN_NAMES else []
    return []


def _hidden(name: str) -> bool:
    """An underscore name that programs do not need: `__class__`, `_os`."""
    private = name.startswith("__") or (name.startswith("_") and name[1:] in FORBIDDEN_ATTRIBUTES)
    return private and name not in ALLOWED_DUNDERS
