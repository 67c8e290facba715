"""The line that a sample of a frame counts towards.

From Python 3.10 on, code in Python lets another thread look only after a call, and when a loop turns. A loop that calls
nothing is therefore always seen in the last line of its body, although it has run all of them.
"""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any

_IS_LOOKED_AT_TURNS = sys.version_info >= (3, 10)
_MOST_PLACES = 20_000
_UNIT = 2  # bytes of an instruction
_JUMPS_FROM_CACHE = sys.version_info >= (3, 13)  # a jump has a unit of its own behind it, and is counted from its end
_MODULES = ("opcode", "_opcode", "_opcode_metadata")


class Lines:
    def __init__(self) -> None:
        self._known: dict[tuple[CodeType, int], int] = {}
        self._operations = _operations() if _IS_LOOKED_AT_TURNS else {}

    def of(self, frame: FrameType) -> int:
        """The line in which a frame is, or the first one of the loop of several lines that turns."""
        own = frame.f_lineno or 0
        if not _IS_LOOKED_AT_TURNS:
            return own
        place = (frame.f_code, frame.f_lasti)
        line = self._known.get(place)
        if line is None:
            if len(self._known) == _MOST_PLACES:
                self._known.clear()
            line = self._known[place] = self._head(*place) or own
        return line

    def _head(self, code: Any, place: int) -> int | None:
        target = self._target(code.co_code, place)
        if target is None:
            return None
        inside = [(start, line) for start, end, line in code.co_lines() if end > target and start <= place]
        lines = {line for _start, line in inside if line}
        return inside[0][1] if len(lines) > 2 else None  # of two, the body is the other one

    def _target(self, text: bytes, place: int) -> int | None:
        """Where the jump back leads to that is there, if one is."""
        jump, prefix = self._operations.get("JUMP_BACKWARD"), self._operations.get("EXTENDED_ARG")
        is_absolute = jump is None
        if is_absolute:
            jump = self._operations.get("JUMP_ABSOLUTE")
        if not 0 <= place < len(text) or text[place] != jump:
            return None
        argument, shift, before = text[place + 1], 8, place - _UNIT
        while before >= 0 and text[before] == prefix:
            argument |= text[before + 1] << shift
            shift, before = shift + 8, before - _UNIT
        end = place + _UNIT * (2 if _JUMPS_FROM_CACHE else 1)
        target = _UNIT * argument if is_absolute else end - _UNIT * argument
        return target if 0 <= target < place else None


def _operations() -> dict[str, int]:
    """The numbers of instructions. The user's code does not find what they are imported from."""
    there = [name for name in _MODULES if name in sys.modules]
    with standard_library_first():
        from opcode import opmap
    for name in _MODULES:
        if name not in there:
            sys.modules.pop(name, None)
    return opmap
