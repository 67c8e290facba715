"""What the user's code does with descriptors 1 and 2 of the running command, as pytest does to capture output.

Python's own writes go there too while they lead somewhere else. And who has another descriptor of the command's streams
may write there at any time: its text is not gathered then, but written at once.
"""

from __future__ import annotations

import os

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from .streams import router

if TYPE_CHECKING:
    from ..wrapping import Function

_router = router()


def _noticing_copies(plain: Function) -> Function:
    def dup(fd: int) -> int:
        if fd == 1 or fd == 2:
            _router.expect_raw_writes()
        copy: int = plain(fd)
        return copy

    return dup


def _noticing_replacement(plain: Function) -> Function:
    def dup2(fd: int, fd2: int, inheritable: bool = True) -> int:
        if fd == 1 or fd == 2 or fd2 == 1 or fd2 == 2:
            _router.expect_raw_writes()
        result: int = plain(fd, fd2, inheritable)
        if fd2 == 1 or fd2 == 2:
            _router.follow(fd2)
        return result

    return dup2


def install() -> None:
    put_in_place(os, "dup", _noticing_copies)
    put_in_place(os, "dup2", _noticing_replacement)
