"""How much an attached host may leave unread before the writers wait."""

from __future__ import annotations

from time import monotonic

LOCAL = 1 << 22
"""For a host on this machine."""
_LEAST = 1 << 17
_MOST = 1 << 22
_WIDE = 1 << 21
_LATE = 0.1
"""In seconds: how much later than without a flood the host may have what is sent, such as an answer."""


class Window:
    """A window for a host on another machine: what the way there carries without much delay, which changes."""

    def __init__(self, size: int = LOCAL) -> None:
        self.size = size
        self._probe: tuple[int, float] | None = None
        """An offset that has been sent but not acknowledged, and when."""
        self._shortest = float("inf")

    def sent(self, offset: int) -> None:
        if self._probe is None:
            self._probe = (offset, monotonic())

    def acknowledged(self, offset: int, is_full: bool) -> None:
        if self._probe is None or offset < self._probe[0]:
            return
        taken = monotonic() - self._probe[1]
        self._probe = None
        self._shortest = min(self._shortest, taken)
        change = min(2.0, (self._shortest + _LATE) / taken)
        if change < 1 or is_full:
            self.size = min(_MOST, max(_LEAST, int(self.size * change)))

    @property
    def is_wide(self) -> bool:
        """Whether so much more, in the pipe of a writer, makes nothing late."""
        return self.size >= _WIDE

    def forget(self) -> None:
        """Another host comes another way."""
        self._probe = None
        self._shortest = float("inf")
