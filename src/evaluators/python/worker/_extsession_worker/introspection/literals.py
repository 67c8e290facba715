"""A value written as code that makes it again, told from builtin types and NumPy's arrays alone."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import known_libraries, lookup
from .brackets import BRACKETS

if TYPE_CHECKING:
    from typing import Any

_LONGEST = 100_000
_DEPTH = 30
_BITS = 10_000
_SIZED = lookup.Kinds(str, bytes, bytearray)
_EXACT = lookup.Kinds(bool, type(None))


class _NoCode(Exception):
    """The value is too long, or only its own code could say what makes it."""


def code_of(value: object) -> str | None:
    """At most 100,000 characters; None where there is no such code."""
    try:
        return _Writer().of(value, 0)
    except (_NoCode, RuntimeError):  # or the running command changed it at this moment
        return None


class _Writer:
    def __init__(self) -> None:
        self._left = _LONGEST

    def of(self, value: object, depth: int) -> str:
        kind = type(value)
        if depth > _DEPTH:
            raise _NoCode
        if id(kind) in BRACKETS:
            return self._container(value, kind, depth)
        array = known_libraries.plain_items(value, self._left)
        if array is not None:
            items, dtype = array
            return "np.array(%s, dtype=%r)" % (self.of(items, depth + 1), dtype)
        return self._taken(_scalar(value, kind, self._left))

    def _container(self, value: Any, kind: type, depth: int) -> str:
        opening, closing = BRACKETS[id(kind)]
        if not value and (kind is set or kind is frozenset):
            return self._taken(kind.__name__ + "()")
        parts: list[str] = []
        for one in value.items() if kind is dict else value:
            self._taken("[], ")
            if kind is dict:
                parts.append(self.of(one[0], depth + 1) + ": " + self.of(one[1], depth + 1))
            else:
                parts.append(self.of(one, depth + 1))
        return opening + ", ".join(parts) + ("," if kind is tuple and len(parts) == 1 else "") + closing

    def _taken(self, text: str) -> str:
        self._left -= len(text)
        if self._left < 0:
            raise _NoCode
        return text


def _scalar(value: Any, kind: type, longest: int) -> str:
    if kind in _SIZED and len(value) <= longest:
        return repr(value)
    if kind is int and value.bit_length() <= _BITS:
        return repr(value)
    if kind is range and all(one.bit_length() <= _BITS for one in (value.start, value.stop, value.step)):
        return repr(value)
    if kind is float:
        return repr(value) if value - value == 0 else "float(%r)" % repr(value)
    if value is Ellipsis:
        return "..."
    if kind in _EXACT or (kind is complex and value - value == 0):
        return repr(value)
    raise _NoCode
