"""Processes that debugged code forks: none of the debugger's threads is in them, so a stop there would never end."""

from __future__ import annotations

import os

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable


class _State:
    leave: Callable[[], None] | None = None
    is_registered = False


_state = _State()


def call_in_forked(leave: Callable[[], None] | None) -> None:
    """Has `leave`, and nothing named before, called in processes that are forked from now on."""
    _state.leave = leave
    if not _state.is_registered and hasattr(os, "register_at_fork"):
        _state.is_registered = True
        os.register_at_fork(after_in_child=_after_fork_in_child)


def _after_fork_in_child() -> None:
    leave, _state.leave = _state.leave, None
    if leave is not None:
        leave()
