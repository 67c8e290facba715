"""Values of the standard library and other libraries that are told by a few of their fields, without code of theirs."""

from __future__ import annotations

import os
import sys
from itertools import islice

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup

if TYPE_CHECKING:
    from typing import Any, Callable, Iterable, Iterator

    Text = Callable[[object], str]

_LIBRARIES = ("/site-packages/", "/dist-packages/", os.path.dirname(os.__file__).replace("\\", "/") + "/")
_DICTS = ("Counter", "OrderedDict", "defaultdict")
_PATHS = ("PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath")
# Private attributes that hold what is otherwise computed, and what they are called then.
_FIELDS = {
    "networkx": {"_node": "nodes", "_adj": "adj"},
    "torch": {"_parameters": "parameters", "_buffers": "buffers", "_modules": "modules"},
}
_OF_ENUMS = {"_name_": "name", "_value_": "value"}
_MOST = 20
_arguments_of: Callable[[object], object] = BaseException.__dict__["args"].__get__


def is_of_library(kind: type) -> bool:
    """Whether the class comes with Python or has been installed, so that its private names say nothing to the user."""
    name = lookup.type_name(kind)
    top = name.split(".")[0]
    if "." not in name or top == "__main__":
        return False
    file = lookup.found_in(top, "__file__")
    if type(file) is not str:
        return top in sys.builtin_module_names
    return any(place in file.replace("\\", "/") for place in _LIBRARIES)


def attributes(value: object, found: list[tuple[str, object]]) -> list[tuple[str, str, object]]:
    """Labels, names and values of an instance's attributes, without Python's own, and private ones of a library."""
    kind = type(value)
    is_member = is_enum(value)
    known = _OF_ENUMS if is_member else _FIELDS.get(lookup.type_name(kind).split(".")[0], {})
    hides = is_member or is_of_library(kind)
    kept: list[tuple[str, str, object]] = []
    for name, one in found:
        is_hidden = name.startswith("_") if hides else name.startswith("__") and name.endswith("__")
        if name in known or not is_hidden:
            kept.append((known.get(name, name), name, one))
    return kept


def text(value: Any, of: Text) -> str | None:
    """`of` tells the values within."""
    kind = lookup.type_of(value)
    if is_enum(value):
        held = lookup.own_attributes(value)
        name, inner = held.get("_name_"), held.get("_value_")
        member = "." + name if type(name) is str else ""  # several flags together have no name in older versions
        return "<%s%s: %s>" % (_short(kind), member, of(inner))
    if any(base is BaseException for base in lookup.mro(kind)):
        arguments = _arguments_of(value)
        inside = ", ".join(map(of, arguments[:_MOST])) if lookup.is_tuple(arguments) else "…"
        return "%s(%s)" % (_short(kind), inside)
    top = lookup.type_name(kind).split(".")[0]
    if top == "collections":
        return _of_collections(value, kind, of)
    return _of_module(value, kind, top) if top in ("pathlib", "re", "numpy", "PIL") else None


def is_enum(value: object) -> bool:
    base = lookup.found_in("enum", "Enum")
    return base is not None and any(one is base for one in lookup.mro(type(value)))


def _short(kind: type) -> str:
    return lookup.type_name(kind).rpartition(".")[2]


def _of_collections(value: object, kind: Any, of: Text) -> str | None:
    if kind is lookup.found_in("collections", "deque"):
        members: Iterator[object] = islice(kind.__iter__(value), _MOST + 1)
        return "deque([%s])" % _listed(map(of, members))
    if not any(kind is lookup.found_in("collections", name) for name in _DICTS):
        return None
    plain: Any = dict  # those of the class may hash keys
    entries = islice(plain.items(value), _MOST + 1)
    return "{%s}" % _listed("%s: %s" % (of(key), of(one)) for key, one in entries)


def _listed(texts: Iterable[str]) -> str:
    found = list(texts)
    return ", ".join(found[:_MOST] + ["…"] * (len(found) > _MOST))


def _of_module(value: Any, kind: Any, top: str) -> str | None:
    if any(kind is lookup.found_in("pathlib", one) for one in _PATHS):
        return str(value)
    if kind is lookup.found_in("re", "Pattern"):
        return repr(value) if type(value.pattern) in (str, bytes) else None
    if top == "numpy" and any(base is lookup.found_in("numpy", "dtype") for base in lookup.mro(kind)):
        return str(value) if value.kind in "biufcmMSU" else None
    if top == "PIL" and lookup.is_found_in(lookup.type_name(kind).rpartition(".")[0], kind):
        held = lookup.own_attributes(value)
        mode, size = held.get("_mode", held.get("mode")), held.get("_size")
        if type(mode) is str and lookup.is_tuple(size):
            return "%s %s" % (mode, " x ".join(str(one) for one in size[:2] if type(one) is int))
    return None
