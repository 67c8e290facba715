"""Debuggers step over the worker's own code, as they do over functions of C, in whose place some of it stands."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from ..wrapping import Function

    class _Debugger(Protocol):
        skip: Iterable[str] | None


_OURS = __name__.partition(".")[0] + ".*"


def _skipping_ours(plain: Function) -> Function:
    def __init__(self: _Debugger, *args: object, **kwargs: object) -> None:
        plain(self, *args, **kwargs)
        self.skip = {*(self.skip or ()), _OURS}

    return __init__


def install() -> None:
    when_imported("bdb", lambda module: put_in_place(module.Bdb, "__init__", _skipping_ours))
