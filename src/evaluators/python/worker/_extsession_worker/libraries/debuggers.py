"""Debuggers step over the worker's own code, as they do over functions of C, in whose place some of it stands."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..commands.errors import belongs_to
from ..imports import when_imported
from ..own_code import FOLDER, START_FILE
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType
    from typing import Any, Protocol

    from ..wrapping import Function

    class _Debugger(Protocol):
        skip: Iterable[str] | None


_OURS = __name__.partition(".")[0] + ".*"


def _skipping_ours(plain: Function) -> Function:
    def __init__(self: _Debugger, *args: object, **kwargs: object) -> None:
        plain(self, *args, **kwargs)
        self.skip = {*(self.skip or ()), _OURS}

    return __init__


def _from_users(plain: Function) -> Function:
    """`where` and `up` end at the command."""

    def get_stack(self: object, *args: object) -> tuple[list[tuple[FrameType, int]], int]:
        stack, at = plain(self, *args)
        first = 0
        while first < at and _is_below(stack[first][0]):
            first += 1
        return stack[first:], at - first

    return get_stack


def _is_below(frame: FrameType) -> bool:
    """Whether it calls commands: ours, or of the loop of those that await."""
    return frame.f_code.co_filename.startswith((FOLDER, START_FILE)) or belongs_to(frame, ("asyncio.",))


def _adapt(module: Any) -> None:
    put_in_place(module.Bdb, "__init__", _skipping_ours)
    put_in_place(module.Bdb, "get_stack", _from_users)


def install() -> None:
    when_imported("bdb", _adapt)
