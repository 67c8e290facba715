"""The pairs of one worker: one armed for the next command, some free, some whose commands are over but not yet read."""

from __future__ import annotations

from os import close, dup

from .pairs import Pair
from .pristine import builtins as __builtins__  # noqa: F401

_RESERVED_DESCRIPTORS = 12  # ours when the person's code has used up all others


class PairPool:
    """Hands a pair to each command and takes it back when no one in the world can write there any more.

    `make` makes the pair of a number; `announce` sends a message to the host.
    """

    def __init__(self, make: object, announce: object) -> None:
        self._make_pair = make
        self._announce = announce
        self._made = 0
        self._all: list[Pair] = []  # that are not retired
        self._free: list[Pair] = []
        self._over: list[tuple[Pair, int]] = []  # with the command's id
        self._reserve: list[int] = []
        self.armed = self._make()
        self.armed.arm()

    def prepare(self) -> None:
        """What need not delay the first command's arrival."""
        self._free.append(self._make())
        self._fill_reserve()

    def arm_next(self) -> None:
        """Makes another pair the process's descriptors 1 and 2."""
        self.armed = self._free.pop()
        self.armed.arm()

    def give_back(self, pair: Pair, id: int) -> None:
        """The command of that id is over. Its pair serves again when the host has read it."""
        self._over.append((pair, id))
        if not self._free:
            self._replace()

    @property
    def is_waiting(self) -> bool:
        """Whether pairs wait for the host to read them."""
        return bool(self._over)

    def reuse(self) -> None:
        """Takes back the pairs that are free now; those that someone else holds are theirs from now on."""
        over, self._over = self._over, []
        for pair, id in over:
            state = pair.recycle()
            if state == "free":
                self._free.append(pair)
                self._announce({"t": "closed", "id": id})  # type: ignore[operator]
            elif state == "unread":
                self._over.append((pair, id))
            else:
                self._all.remove(pair)

    def after_fork_in_child(self) -> None:
        for pair in self._all:
            pair.close_all()
        self._release_reserve()

    def _replace(self) -> None:
        self._release_reserve()
        try:
            self._free.append(self._make())
        finally:
            self._fill_reserve()

    def _make(self) -> Pair:
        self._made += 1
        pair = self._make_pair(self._made)  # type: ignore[operator]
        self._all.append(pair)
        self._announce({"t": "pair", "number": pair.number})  # type: ignore[operator]
        return pair

    def _release_reserve(self) -> None:
        while self._reserve:
            close(self._reserve.pop())

    def _fill_reserve(self) -> None:
        try:
            while len(self._reserve) < _RESERVED_DESCRIPTORS:
                self._reserve.append(dup(0))
        except OSError:
            pass  # the person's code has used them up: what we hold now is what there is
