"""`name?`, `name??` and `*pattern*?`: what is known of an object."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .call import MagicCall

_MISSING: Any = object()
_LONGEST = 200  # string form, in characters


def describe(call: MagicCall) -> None:
    _tell(call, with_source=False)


def describe_with_source(call: MagicCall) -> None:
    _tell(call, with_source=True)


def _tell(call: MagicCall, with_source: bool) -> None:
    name = call.line.strip()
    value = _magic(name) if name.startswith("%") else _value(call, name)
    if value is _MISSING:
        print("Object `%s` not found." % name)
        return
    for title, text in _facts(name, value, with_source):
        if text:
            print("%-11s%s%s" % (title + ":", "\n" if "\n" in text else "", text))


def _magic(name: str) -> Any:
    from . import own

    magic = name.lstrip("%")
    return own.LINE.get(magic, own.CELL.get(magic, _MISSING))


def _value(call: MagicCall, name: str) -> Any:
    try:
        return eval(name, call.namespace)
    except Exception:  # no such name, or what stands there is no expression
        return _MISSING


def _facts(name: str, value: Any, with_source: bool) -> list[tuple[str, str]]:
    import inspect

    is_plain = not callable(value) and not inspect.ismodule(value)
    source = _found(inspect.getsource, value) if with_source else ""
    facts = [("Type", type(value).__name__)]
    if callable(value):
        signature = str(_found(inspect.signature, value))
        facts.insert(0, ("Signature", signature and name.rpartition(".")[2] + signature))
    if is_plain:
        facts += [("String form", _short(str(value))), ("Length", str(_found(len, value)))]
    facts.append(("Source", source) if source else ("Docstring", inspect.getdoc(value) or "<no docstring>"))
    facts.append(("File", _found(inspect.getfile, value)))
    return facts


def _found(look_up: Callable[[Any], Any], value: object) -> Any:
    """What `inspect` knows of a value; empty when that is nothing."""
    try:
        return look_up(value)
    except (TypeError, ValueError, OSError):
        return ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def search(call: MagicCall) -> None:
    """Names that match a pattern, such as `np.*load*?`."""
    from fnmatch import fnmatchcase

    path, _dot, pattern = call.line.rpartition(".")
    if path:
        names = dir(_value(call, path))
        path += "."
    else:
        names = [*call.namespace, *vars(sys.modules["builtins"])]
    for name in sorted(set(names)):
        if fnmatchcase(name, pattern) and (pattern.startswith("_") or not name.startswith("_")):
            print(path + name)
