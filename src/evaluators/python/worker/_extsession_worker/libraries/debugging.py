"""Debuggers step over the worker's own code, as they do over functions of C, in whose place some of it stands."""

from __future__ import annotations

from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401
from ..wrapping import put_in_place

_OURS = __name__.partition(".")[0] + ".*"


def _skipping_ours(plain: object) -> object:
    def __init__(self: object, *args: object, **kwargs: object) -> None:
        plain(self, *args, **kwargs)  # type: ignore[operator]
        self.skip = {*(self.skip or ()), _OURS}  # type: ignore[attr-defined]

    return __init__


def install() -> None:
    when_imported("bdb", lambda module: put_in_place(module.Bdb, "__init__", _skipping_ours))
