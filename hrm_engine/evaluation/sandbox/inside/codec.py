"""Plain Python values as JSON and back, so that no pickle and no evaluator is needed.

    None, True, 1, 1.5, "s", [..]    as themselves
    (1,), {1}, frozenset()           {"tuple": [1]}, {"set": [1]}, {"frozenset": []}
    {1: 2}                           {"dict": [[1, 2]]}
    1j, b"x", bytearray(b"x")        {"complex": [0.0, 1.0]}, {"bytes": "78"}, {"bytes": "78"}
    10**40                           {"int": "0x1d63..."}

A subclass of a plain type (a named tuple, a Counter) is packed as its base, by the base's own
methods, so what a candidate overrides does not matter. `Unpacker` is fed by untrusted processes:
it builds these types and nothing else.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from typing import Any

REPLY = struct.Struct("<iqq")
"""How the zygote reports the end of a job: wait status, CPU microseconds, peak memory in KiB."""
DEPTH = 100
BIG = 1 << 63


class NotPlainError(Exception):
    """A value that cannot leave the sandbox: of another type, too large or nested too deep."""


class MalformedError(Exception):
    """Packed data that spells no value."""


class Packer:
    """Packs values until about `allowance` bytes of JSON are spent."""

    def __init__(self, allowance: int) -> None:
        self.left = allowance

    def pack(self, value: Any, depth: int = 0) -> Any:
        """`value` as what `json.dumps` writes. Raises NotPlainError."""
        if depth > DEPTH:
            raise NotPlainError(f"the value is nested more than {DEPTH} levels deep")
        self._spend(4)
        kind = type(value)
        if value is None or kind is bool:
            return value
        for base, method in _PACK:
            if issubclass(kind, base):
                return method(self, value, depth + 1)
        raise NotPlainError(f"the value is of type `{kind.__name__}`, which is not a plain type")

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise NotPlainError("the value is larger than the output limit")

    def _int(self, value: int, _: int) -> Any:
        self._spend(int.bit_length(value) // 4)
        plain = int.__pos__(value)
        return plain if -BIG < plain < BIG else {"int": hex(plain)}

    def _float(self, value: float, _: int) -> Any:
        self._spend(16)
        return float.__pos__(value)

    def _complex(self, value: complex, _: int) -> Any:
        self._spend(40)
        plain = complex.__pos__(value)
        return {"complex": [plain.real, plain.imag]}

    def _str(self, value: str, _: int) -> Any:
        self._spend(str.__len__(value))
        return str.__add__("", value)

    def _bytes(self, value: bytes | bytearray, _: int) -> Any:
        self._spend(2 * memoryview(value).nbytes)
        return {"bytes": memoryview(value).hex()}

    def _list(self, value: list[Any], depth: int) -> Any:
        return self._each(list.__iter__(value), depth)

    def _tuple(self, value: tuple[Any, ...], depth: int) -> Any:
        return {"tuple": self._each(tuple.__iter__(value), depth)}

    def _set(self, value: set[Any], depth: int) -> Any:
        return {"set": self._each(set.__iter__(value), depth)}

    def _frozenset(self, value: frozenset[Any], depth: int) -> Any:
        return {"frozenset": self._each(frozenset.__iter__(value), depth)}

    def _dict(self, value: dict[Any, Any], depth: int) -> Any:
        items = dict.items(value)
        return {"dict": [[self.pack(k, depth), self.pack(v, depth)] for k, v in items]}

    def _each(self, values: Iterable[Any], depth: int) -> list[Any]:
        return [self.pack(value, depth) for value in values]


_PACK: tuple[tuple[type, Callable[[Packer, Any, int], Any]], ...] = (
    (int, Packer._int),
    (float, Packer._float),
    (str, Packer._str),
    (list, Packer._list),
    (tuple, Packer._tuple),
    (dict, Packer._dict),
    (set, Packer._set),
    (frozenset, Packer._frozenset),
    (bytes, Packer._bytes),
    (bytearray, Packer._bytes),
    (complex, Packer._complex),
)


class Unpacker:
    """Rebuilds values, all of them together no larger than a `Packer` with `allowance` makes.

    A forged answer may hold what no packer wrote, such as thousands of numbers with one hash, of
    which a set takes long to build; the allowance bounds that.
    """

    def __init__(self, allowance: int) -> None:
        self._left = allowance

    def unpack(self, node: Any) -> Any:
        """The value that `Packer.pack` packed. Raises MalformedError."""
        try:
            return self._any(node)
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            raise MalformedError(f"this is no packed value: {type(error).__name__}") from error

    def _any(self, node: Any) -> Any:
        self._spend(4)
        if isinstance(node, list):
            return [self._any(item) for item in node]
        if isinstance(node, dict):
            ((tag, body),) = node.items()
            return _UNPACK[tag](self, body)
        return node

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise MalformedError("the value is larger than the output limit")

    def _items(self, body: Any) -> list[Any]:
        if not isinstance(body, list):
            raise TypeError("a list is missing")
        return [self._any(item) for item in body]

    def _int(self, body: str) -> int:
        self._spend(max(0, len(body) - 3))  # 0x and a sign or a first digit
        return int(body, 16)

    def _dict(self, body: Any) -> dict[Any, Any]:
        return {self._any(key): self._any(value) for key, value in body}


def _complex(real: float, imaginary: float) -> complex:
    return complex(float(real), float(imaginary))


_UNPACK: dict[str, Callable[[Unpacker, Any], Any]] = {
    "int": Unpacker._int,
    "tuple": lambda unpacker, body: tuple(unpacker._items(body)),
    "set": lambda unpacker, body: set(unpacker._items(body)),
    "frozenset": lambda unpacker, body: frozenset(unpacker._items(body)),
    "dict": Unpacker._dict,
    "complex": lambda _, body: _complex(*body),
    "bytes": lambda _, body: bytes.fromhex(body),
}
