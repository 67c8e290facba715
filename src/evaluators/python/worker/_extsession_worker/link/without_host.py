"""The host is gone: the time in which the process ends in order is bounded."""

from __future__ import annotations

from time import monotonic, sleep

from .. import TYPE_CHECKING
from ..commands import interrupts
from ..output.streams import router
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .system import drain, end_group, interrupt_group, tell_ending

if TYPE_CHECKING:
    from collections.abc import Callable

_GRACE = 5.0  # in seconds, for what runs to react to an interrupt and for all exit handlers together
_IDLE = 0.2  # within which a main thread that runs nothing begins to end
_AGAIN = 1.0  # between one interrupt and the next
_LOOK_EVERY = 0.02
_router = router()


def outlast(control: str, leader: int, ends: Callable[[], bool]) -> None:
    """Interrupts what runs until the main thread `ends`, and kills the process group when that takes too long.

    For another thread, which the interpreter stops once the exit handlers are through.
    """
    tell_ending(control)
    drop = drain(control)
    now = monotonic()
    end = now + _GRACE
    interrupt_at = now + (_IDLE if _router.running is None else 0)
    while now < end:
        if not ends():
            drop()
            if now >= interrupt_at:
                _interrupt(leader)
                interrupt_at = now + _AGAIN
        sleep(_LOOK_EVERY)
        now = monotonic()
    end_group(leader)


def _interrupt(leader: int) -> None:
    running = _router.running
    if running is not None:
        interrupts.want(running.id)
    interrupt_group(leader)
