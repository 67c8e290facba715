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

    # Defaults of keywords would each be looked up at each call.
    def print(*args: Any, **options: Any) -> None:
        if options:
            return print_with(args, options)
        out = sys.stdout
        if len(args) == 1 and type(out) is TextStream:
            arg: Any = args[0]
            kind: object = type(arg)  # pyright: ignore[reportUnknownVariableType]
            gathering = out.gathering
            if gathering.command is get_owner():
                try:
                    if kind is int:
                        gathering.append(b"%d\n" % arg)
                        return None
                    if kind is str or kind is float:
                        gathering.append(f"{arg}\n".encode())
                        return None
                except ValueError:
                    pass  # the piece is full or over, or there are surrogates: `send` knows
            if kind is str or kind is int or kind is float:
                return out.send(f"{arg}\n")
        line = _line(args, out)
        if line is None:
            plain(*args)
        else:
            out.write(line)
        return None

    return print


def install() -> None:
    put_in_place(builtins, "print", _whole_lines)
