"""A short text and the size of a value, told from types in C alone: no code of the user's runs."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import known_kinds, lookup
from .brackets import BRACKETS

if TYPE_CHECKING:
    from typing import Any

_WIDTH = 160
_ITEMS = 20
_DEPTH = 4
_SHORT = 10**18
_BITS = 300  # of integers that are shown in digits
_DATES = ("datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "decimal.Decimal")
_LARGEST = 2000  # in bytes, of a number that is shown in digits
_HOLDERS = ("numpy.void", "numpy.object_")  # of anything
_NUMBERS = lookup.Kinds(bool, int, float, complex)
_STRINGS = lookup.Kinds(str, bytes, bytearray)
_SIZED = lookup.Kinds(str, bytes, bytearray, list, tuple, set, frozenset, dict)


def size(thing: object) -> str | None:
    """The length, or the shape such as '3 x 4'; None where neither is known without running code."""
    kind = type(thing)
    value: Any = thing
    if kind is range:
        return _range_length(value)
    for base in lookup.mro(kind):
        if base in _SIZED:  # also of a subclass, such as Counter
            sized: Any = base
            return str(sized.__len__(value))
    shape = _shape(value)
    return " x ".join(map(str, shape)) if shape is not None else None


def size_in_memory(value: object) -> int | None:
    """In bytes, without what objects within it take; None for what is not of a builtin type."""
    kind = type(value)
    return kind.__sizeof__(value) if kind in _SIZED or kind in _NUMBERS else None


def _range_length(value: range) -> str | None:
    if any(one.bit_length() > _BITS for one in (value.start, value.stop, value.step)):
        return None
    span = value.stop - value.start
    return str(max(0, -(-span // value.step)))


def _shape(value: object) -> tuple[int, ...] | None:
    if _is(value, "numpy", "ndarray"):
        array: Any = type(value)
        return array.shape.__get__(value)
    if _is(value, "pandas", "DataFrame") or _is(value, "pandas", "Series"):
        axes = _pandas_axes(lookup.own_attributes(value).get("_mgr"))
        return tuple(reversed(axes)) if axes else None
    return None


def _is(value: object, module: str, name: str) -> bool:
    """Whether the class of `value` is precisely that one of a library that has been imported."""
    found = sys.modules.get(module)
    return type(found) is lookup.Module and found.__dict__.get(name, found) is type(value)


def _pandas_axes(manager: object) -> list[int] | None:
    """How long a frame's axes are, from what its block manager holds."""
    axes = _held(manager, "axes")
    lengths: list[int] = []
    for axis in axes if lookup.is_list(axes) else ():
        held = lookup.own_attributes(axis)
        span = held.get("_range")
        length = len(span) if type(span) is range else _array_length(held.get("_data"))
        if length is None:
            return None
        lengths.append(length)
    return lengths or None


def _array_length(data: object) -> int | None:
    """The length of an array of NumPy, or of one of pandas that holds one of NumPy or of Arrow, such as of text."""
    for array in (data, _held(data, "_ndarray"), _held(data, "_pa_array")):
        if _is(array, "numpy", "ndarray"):
            shape = _shape(array)
            return shape[0] if shape else None
        if _is(array, "pyarrow", "ChunkedArray"):
            chunked: Any = type(array)
            length: int = chunked.__len__(array)
            return length
    return None


def _held(value: object, name: str) -> object:
    """An attribute that the object has itself, or that a compiled class of its keeps."""
    for kind in lookup.mro(type(value)):
        descriptor = lookup.own_attributes(kind).get(name)
        if type(descriptor) is lookup.GetSet:
            return descriptor.__get__(value)
    return lookup.own_attributes(value).get(name)


def summarize(value: object) -> str | None:
    """At most a line of text; None for values whose text only their own code could make."""
    if not _is_plain(value):
        known = _known_text(value)
        return known if known is None or len(known) <= _WIDTH else known[: _WIDTH - 1] + "…"
    for _attempt in range(3):
        try:
            text = _Summary().of(value, 0)
        except RuntimeError:  # the running command changed it at this moment
            continue
        return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
    return None


def _is_plain(value: object) -> bool:
    kind = type(value)
    return (
        value is None
        or value is Ellipsis
        or value is NotImplemented
        or kind in _NUMBERS
        or kind is range
        or kind in _SIZED
        or kind in lookup.FUNCTIONS
        or lookup.is_class(value)
        or lookup.is_module(value)
    )


class _Summary:
    """Writes until there is enough."""

    def __init__(self) -> None:
        self._length = 0

    def of(self, value: object, depth: int) -> str:
        kind = type(value)
        if id(kind) in BRACKETS:
            return self._container(value, kind, depth)
        number: Any = value
        text = repr(value) if kind is int and -_SHORT < number < _SHORT else _scalar(value, kind)
        self._length += len(text)
        return text

    def _container(self, value: Any, kind: type, depth: int) -> str:
        opening, closing = BRACKETS[id(kind)]
        if not value and (kind is set or kind is frozenset):
            return kind.__name__ + "()"
        parts: list[str] = []
        for one in value.items() if kind is dict else value:
            if len(parts) >= _ITEMS or self._length > _WIDTH or depth >= _DEPTH:
                parts.append("…")
                break
            if kind is dict:
                parts.append(self.of(one[0], depth + 1) + ": " + self.of(one[1], depth + 1))
            else:
                parts.append(self.of(one, depth + 1))
            self._length += 2
        if kind is tuple and len(parts) == 1:
            parts.append("")
            return opening + ", ".join(parts).rstrip() + closing
        return opening + ", ".join(parts) + closing


def _scalar(value: Any, kind: type) -> str:
    if kind is int:
        return _integer(value)
    if kind is range:
        return "range(%s, %s, %s)" % tuple(map(_integer, (value.start, value.stop, value.step)))
    if kind in _STRINGS:
        text = repr(value[: _WIDTH + 1])
        return text if len(value) <= _WIDTH else text[:_WIDTH] + "…"
    if kind in lookup.FUNCTIONS:
        return "<function %s>" % function_name(value)
    if lookup.is_class(value):
        return "<class '%s'>" % lookup.type_name(value)
    if lookup.is_module(value):
        name = lookup.own_attributes(value).get("__name__")
        return "<module '%s'>" % name if type(name) is str else "<module>"
    if kind in _NUMBERS or value is None or value is Ellipsis or value is NotImplemented:
        return repr(value)
    return _known_text(value) or "<%s>" % lookup.type_name(kind)


def _integer(value: int) -> str:
    bits = value.bit_length()
    return repr(value) if bits <= _BITS else "<int of %d bits>" % bits


def function_name(value: object) -> str:
    """The name of a function or method of one of the builtin function types."""
    if type(value) is lookup.Method:
        value = value.__func__
    if type(value) is lookup.Function:
        return value.__qualname__
    function: Any = value
    return function.__name__ if type(value) in lookup.FUNCTIONS else "?"


def _known_text(value: object) -> str | None:
    """That of a date, a time, a decimal or a number of NumPy, whose `str` is code in C that calls no other."""
    kind: Any = lookup.type_of(value)
    name = lookup.type_name(kind)
    if not any(base is int or base is str for base in lookup.mro(kind)) or known_kinds.is_enum(value):
        known = known_kinds.text(value, lambda one: _Summary().of(one, _DEPTH - 1))
        if known is not None:
            return known
    is_scalar = name.startswith("numpy.") and name not in _HOLDERS and _is_scalar(kind)
    if not (name in _DATES or is_scalar) or not lookup.is_found_in(name.split(".")[0], kind):
        return None
    for text in (str, bytes):
        if any(base is text for base in lookup.mro(kind)):  # as those of NumPy are
            plain: Any = text
            begin = plain.__getitem__(value, slice(_WIDTH))
            return str(begin) if text is str else repr(begin)
    own = lookup.own_attributes(kind)
    if type(own.get("__str__")) is not lookup.SlotWrapper or not has_plain_zone(value, own.get("tzinfo")):
        return None
    return str(value) if kind.__sizeof__(value) <= _LARGEST else None


def _is_scalar(kind: type) -> bool:
    numpy = sys.modules.get("numpy")
    generic = numpy.__dict__.get("generic") if type(numpy) is lookup.Module else None
    return any(base is generic for base in lookup.mro(kind))


def has_plain_zone(value: object, tzinfo: Any) -> bool:
    """Whether its time zone, if it has one, is none of the user's."""
    if type(tzinfo) is not lookup.GetSet:
        return True
    zone: object = tzinfo.__get__(value)
    if zone is None:
        return True
    kind = type(zone)
    is_compiled = type(lookup.own_attributes(kind).get("utcoffset")) is lookup.MethodDescriptor
    return is_compiled and any(lookup.is_found_in(module, kind) for module in ("datetime", "zoneinfo"))
