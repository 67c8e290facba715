"""What a value consists of, a page at a time, told without running code of the user's."""

from __future__ import annotations

import sys
from itertools import islice

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import known_kinds, known_parts, lookup, summary

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterator, List, Tuple

    from .known_parts import Part

    Read = Callable[[int, int], List[Part]]
    # How many parts there are, and what reads those from `start` to `stop`.
    Pages = Tuple[int, Read]

_MAX_SKIPPED = 20_000  # entries of a dict or set have to be counted off
_LITERALS = lookup.Kinds(str, int, bool, float, bytes, type(None))
_TEXTS = lookup.Kinds(str, bytes)
_LONGEST_KEY = 80
_SIMPLE = lookup.Kinds(int, float, complex, bool, str, bytes, bytearray, range, type(None))


def _no_parts(_start: int, _stop: int) -> list[Part]:
    return []


_NOTHING: Pages = (0, _no_parts)


def pages(value: object) -> Pages:
    """The items of containers, the columns of tables, then the attributes of instances, classes and modules."""
    reader = _READERS.get(id(type(value)))
    if reader is not None:
        return reader(value)
    if type(value) in _SIMPLE or type(value) in lookup.FUNCTIONS:
        return _NOTHING
    known = known_parts.parts(value)
    if known is not None:
        total, one = known
        return total, lambda start, stop: [one(value, at) for at in range(start, min(stop, total))]
    items = _items(value)
    attributes = _attributes(value)
    if not attributes:
        return items
    total, read = items
    named = [_named(*one) for one in attributes]
    return total + len(named), lambda start, stop: _joined(total, read, named, start, stop)


def _named(label: str, name: str, one: object) -> Part:
    if len(name) > _LONGEST_KEY:
        return name[:_LONGEST_KEY] + "…", None, one
    return label, "." + name if name.isidentifier() else None, one


def _joined(total: int, read: Read, named: list[Part], start: int, stop: int) -> list[Part]:
    found = read(start, min(stop, total)) if start < total else []
    return found + named[max(0, start - total) : max(0, stop - total)]


def follow(value: object, path: list[int]) -> object:
    """The part that the positions lead to, each among the parts of the one before; LookupError when it is gone."""
    for position in path:
        _, read = pages(value)
        found = read(position, position + 1) if position >= 0 else []
        if not found:
            raise LookupError("no such part")
        value = found[0][2]
    return value


def _items(value: object) -> Pages:
    for kind in lookup.mro(type(value)):
        reader = _READERS.get(id(kind))
        if reader is not None:
            return reader(value)
    collections = sys.modules.get("collections")
    deque: Any = lookup.own_attributes(collections).get("deque")
    return _indexed(value, deque) if type(value) is deque else _NOTHING


def _list(value: object) -> Pages:
    return _indexed(value, list)


def _tuple(value: object) -> Pages:
    total, read = _indexed(value, tuple)
    fields = field_names(type(value))
    if len(fields) != total:
        return total, read
    return total, lambda start, stop: [
        (name, "." + name, one) for name, (_, _, one) in zip(fields[start:stop], read(start, stop))
    ]


def field_names(kind: type) -> list[str]:
    """Those of a named tuple."""
    fields = lookup.own_attributes(kind).get("_fields")
    return [name for name in fields if type(name) is str] if lookup.is_tuple(fields) else []


def _indexed(value: object, kind: Any) -> Pages:
    total = kind.__len__(value)
    get = kind.__getitem__
    return total, lambda start, stop: [
        ("[%d]" % at, "[%d]" % at, get(value, at)) for at in range(start, min(stop, total))
    ]


def _dict(value: object) -> Pages:
    kind: Any = dict
    total = min(kind.__len__(value), _MAX_SKIPPED)

    def read(start: int, stop: int) -> list[Part]:
        entries: Iterator[tuple[object, object]] = islice(kind.items(value), start, min(stop, total))
        return [(_label(key), _subscript(key), one) for key, one in entries]

    return total, read


def _set(value: Any) -> Pages:
    return _unordered(value, set)


def _frozenset(value: Any) -> Pages:
    return _unordered(value, frozenset)


def _unordered(value: object, kind: Any) -> Pages:
    total = min(kind.__len__(value), _MAX_SKIPPED)

    def read(start: int, stop: int) -> list[Part]:
        members: Iterator[object] = islice(kind.__iter__(value), start, min(stop, total))
        return [("{%d}" % at, None, one) for at, one in enumerate(members, start)]

    return total, read


_READERS: Dict[int, Callable[[Any], Pages]] = {
    id(list): _list,
    id(tuple): _tuple,
    id(dict): _dict,
    id(set): _set,
    id(frozenset): _frozenset,
}


def _label(key: object) -> str:
    text = summary.summarize(key) or "<%s>" % lookup.type_name(type(key))
    return text if len(text) <= _LONGEST_KEY else text[: _LONGEST_KEY - 1] + "…"


def _subscript(key: Any) -> str | None:
    kind = lookup.type_of(key)
    if kind not in _LITERALS:
        return None
    if (kind is int and key.bit_length() > 64) or (kind in _TEXTS and len(key) > _LONGEST_KEY):
        return None
    text = repr(key)
    return None if len(text) > _LONGEST_KEY or text in ("nan", "inf", "-inf") else "[%s]" % text


def _attributes(value: object) -> list[tuple[str, str, object]]:
    """Label, name and value: of an instance its own dictionary and slots, of a class or module what is not Python's."""
    found = list(lookup.own_attributes(value).items())
    if not (lookup.is_class(value) or lookup.is_module(value)):
        return known_kinds.attributes(value, found + _slots(value))
    return [(name, name, one) for name, one in found if not (name.startswith("__") and name.endswith("__"))]


def _slots(value: object) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for kind in lookup.mro(type(value)):
        if kind is object:
            continue
        for name, descriptor in lookup.members(kind):
            try:
                found.append((name, descriptor.__get__(value)))
            except (AttributeError, TypeError):  # it has not been set
                continue
    return found
