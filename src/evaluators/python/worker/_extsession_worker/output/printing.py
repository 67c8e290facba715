"""`print` with one write for a whole line, where the plain one makes a write of each argument and of the line's end."""

from __future__ import annotations

import builtins
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from .streams import owner
from .text_stream import TextStream

if TYPE_CHECKING:
    from typing import Any

    from ..wrapping import Function

_simple = frozenset(map(id, (str, int, float, bool, type(None))))  # a class hashed or compared may run its metaclass
_nothing = object()
_SIMPLE_OPTIONS = {"sep", "end", "file", "flush"}


def _line(args: tuple[object, ...], out: object, sep: str | None = None, end: str | None = None) -> str | None:
    """What `print` writes; None when that could run the user's code, or is for another file."""
    if type(out) is not TextStream or not _simple.issuperset(map(id, map(type, args))):
        return None
    if not ((sep is None or type(sep) is str) and (end is None or type(end) is str)):
        return None
    return (" " if sep is None else sep).join(map(str, args)) + ("\n" if end is None else end)


def _whole_lines(plain: Function) -> Function:
    get_owner = owner.get

    def print_with(args: tuple[object, ...], options: dict[str, Any]) -> None:
        file = options.get("file")
        out = sys.stdout if file is None else file
        flush = options.get("flush", False)
        line = None
        if options.keys() <= _SIMPLE_OPTIONS and type(flush) is bool:
            line = _line(args, out, options.get("sep"), options.get("end"))
        if line is None:
            return plain(*args, **options)
        out.write(line)
        return out.flush() if flush else None

    # Defaults of keywords would each be looked up at each call, and a tuple of one argument be made.
    def print(_first: Any = _nothing, *more: Any, **options: Any) -> None:
        if not more and not options:
            out = sys.stdout
            kind: object = type(_first)  # pyright: ignore[reportUnknownVariableType]
            if type(out) is TextStream and (kind is int or kind is str or kind is float):
                gathering = out.gathering
                if gathering.command is get_owner():
                    try:
                        if kind is int:
                            gathering.append(b"%d\n" % _first)
                        else:
                            gathering.append(f"{_first}\n".encode())
                        return None
                    except ValueError:
                        pass  # the piece is full or over, or there are surrogates: `send` knows
                return out.send(f"{_first}\n")
        args = more if _first is _nothing else (_first, *more)
        if options:
            return print_with(args, options)
        line = _line(args, sys.stdout)
        if line is None:
            plain(*args)
        else:
            sys.stdout.write(line)
        return None

    return print


def install() -> None:
    put_in_place(builtins, "print", _whole_lines)
