"""The side channel: what the host says while a command runs, read by a thread of its own."""

from __future__ import annotations

import _thread
from time import sleep

from .. import TYPE_CHECKING
from ..commands import interrupts
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .channel import Channel
from .system import HAS_SIGNALS

if TYPE_CHECKING:
    from .messages import SideHello, SideMessage

_MOMENT = 0.0005  # in seconds


class SideChannel(Channel):
    def __init__(self, address: str, greeting: SideHello) -> None:
        super().__init__(address, greeting)
        self._reading = _thread.allocate_lock()
        self.is_over = False  # the host has gone

    def next(self) -> SideMessage | None:
        """The next message, or None when the host has gone. Takes in by itself which command is to be interrupted."""
        if HAS_SIGNALS:
            # Without the lock: it stands for a message that is being read.
            while not self.wait(interrupts.until_wake()):
                interrupts.wake()
        with self._reading:
            message: SideMessage | None = self.receive()
            self.is_over = message is None
            if message is not None and message["t"] == "interrupt":
                interrupts.want(message.get("id"))
        return message

    def catch_up(self) -> None:
        """Waits until the thread has taken in what the host has sent so far.

        There is nothing to wait for without signals: the thread itself raises one then, after it has read what for.
        """
        while HAS_SIGNALS:
            with self._reading:
                if self.is_over or not self.wait(0):
                    return
            sleep(_MOMENT)
