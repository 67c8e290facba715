"""What a command is interrupted for without being ended, such as to stop in the debugger."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import interrupts

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_state = interrupts.state()
_monotonic, _sleep = interrupts.monotonic, interrupts.sleep  # as they were before user code could replace them
_MOMENT = 0.0005  # in seconds
_ACT_WITHIN = 2.0  # in seconds, less than the host waits for an answer


def act_in_command(act: Callable[[FrameType], object]) -> bool:
    """Calls `act` in the main thread, with the innermost frame of the command that runs; from any other thread.

    Whether it was called: not if no command runs, or if code in C keeps the main thread for longer than a moment.
    """
    _state.act = act
    until = _monotonic() + _ACT_WITHIN
    while _state.act is act and _state.listening and _monotonic() < until:
        if not _state.is_nudged and interrupts.is_armed():
            _state.is_nudged = True
            interrupts.signal_main()
        _sleep(_MOMENT)
    was_called = _state.act is not act
    _state.act = None
    return was_called
