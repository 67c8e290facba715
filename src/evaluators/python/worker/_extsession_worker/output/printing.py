"""`print` with one write for a whole line, where the plain one makes a write of each argument and of the line's end."""

from __future__ import annotations

import builtins
import sys

from ..pristine import builtins as __builtins__  # noqa: F401
from ..wrapping import put_in_place
from .streams import owner
from .text_stream import TextStream

_simple = frozenset(map(id, (str, int, float, bool, type(None))))  # a class hashed or compared may run its metaclass


def _whole_lines(plain: object) -> object:
    """What could run the user's code, or is for another file, the plain one does."""
    get_owner = owner.get

    def print(
        *args: object, sep: object = None, end: object = None, file: object = None, flush: object = False
    ) -> None:
        out = sys.stdout if file is None else file
        if type(out) is not TextStream or flush:
            plain(*args, sep=sep, end=end, file=file, flush=flush)  # type: ignore[operator]
            return
        if len(args) == 1 and end is None and sep is None:
            kind = type(args[0])
            if kind is str or kind is int or kind is float:
                text = f"{args[0]}\n"
                gathering = out.gathering
                if gathering.command is get_owner():
                    try:
                        gathering.append(text.encode())  # type: ignore[operator]
                        return
                    except ValueError:
                        pass  # the piece is full or over, or there are surrogates: `send` knows
                out.send(text)
                return
        if (
            (end is None or type(end) is str)
            and (sep is None or type(sep) is str)
            and _simple.issuperset(map(id, map(type, args)))
        ):
            text = (" " if sep is None else sep).join(map(str, args))  # type: ignore[attr-defined]
            out.write(text + "\n" if end is None else text + end)  # type: ignore[operator]
        else:
            plain(*args, sep=sep, end=end, file=file, flush=flush)  # type: ignore[operator]

    return print


def install() -> None:
    put_in_place(builtins, "print", _whole_lines)
