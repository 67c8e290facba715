"""The pairs of one worker: one armed for the next command, some free, some whose commands are over but not yet read."""

from __future__ import annotations

import os
from errno import EMFILE, ENFILE
from os import close, dup, dup2

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .pairs import Pair, nowhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..link.messages import Closed, PairMade
    from .pairs import MakePair

_RESERVED_DESCRIPTORS = 12  # ours when user code has used up all others
_LEFT_DESCRIPTORS = 100  # to user code, and to all else, by pairs that are over and still held
_UNLIMITED = 1 << 20
_FEW_DESCRIPTORS = 256  # where their number is not known
_TOO_MANY = b"[ExtSession] Too many commands have threads that can still write: what those of this one write is lost.\n"


class PairPool:
    """Hands a pair to each command and takes it back when no one in the world can write there any more.

    `make` makes the pair of a number; `announce` sends a message to the host.
    """

    def __init__(self, make: MakePair, announce: Callable[[PairMade | Closed], None]) -> None:
        self._make_pair = make
        self._announce = announce
        self._made = 0
        self._all: list[Pair] = []  # that are not retired
        self._free: list[Pair] = []
        self._over: dict[Pair, int] = {}  # with the command's id
        self._held: list[Pair] = []  # that are retired, and held by threads and tasks of this process
        self._reserve: list[int] = []
        self.armed = self._make()  # until the first command, what is written belongs to the start

    def prepare(self) -> None:
        """What need not delay the first command's arrival."""
        self._free.append(self._make())
        self._fill_reserve()

    def arm_next(self, before: Pair) -> None:
        """Makes another pair than `before` the process's descriptors 1 and 2."""
        if self.armed is before:
            self.armed = self._next()
        while not self.armed.has_name():
            self._all.remove(self.armed)
            self.armed.retire()
            self.armed = self._next()
        self.armed.arm()

    def _next(self) -> Pair:
        return self._free.pop() if self._free else self._make()

    def give_back(self, pair: Pair, id: int) -> None:
        """The command of that id is over. Its pair serves again when the host has read it; earlier ones may by now."""
        if pair not in self._over:
            self.reuse()
            self._over[pair] = id
        if not self._free:
            self._replace()

    @property
    def is_waiting(self) -> bool:
        """Whether pairs wait for the host to read them."""
        return bool(self._over)

    def reuse(self) -> None:
        """Takes back the pairs that are free now; those that someone else holds are theirs from now on."""
        for pair, id in list(self._over.items()):
            state = pair.recycle()
            if state == "unread":
                continue
            if state == "free":
                self._announce({"t": "closed", "id": id})
            del self._over[pair]
            if state == "free":
                self._free.append(pair)
            else:
                self._all.remove(pair)
                self._hold(pair)

    def lead_nowhere(self) -> None:
        """The host is gone: what is written from now on is lost, but where descriptors 1 and 2 were replaced."""
        self._release_reserve()
        ours = [descriptor for descriptor in (1, 2) if any(pair.is_open_as(descriptor) for pair in self._all)]
        for pair in self._all + self._held:
            pair.lead_nowhere()
        for descriptor in ours:
            dup2(nowhere()[0], descriptor)

    def after_fork_in_child(self) -> None:
        for pair in self._all + self._held:
            pair.close_all()
        self._release_reserve()

    def _replace(self) -> None:
        self._release_reserve()
        try:
            self._free.append(self._make())
        except OSError as error:
            if error.errno not in (EMFILE, ENFILE) or not self._held:
                raise
            self._drop_oldest()
            self._free.append(self._make())
        finally:
            self._fill_reserve()

    def _make(self) -> Pair:
        self._made += 1
        pair = self._make_pair(self._made)
        self._all.append(pair)
        self._announce({"t": "pair", "number": pair.number})
        return pair

    def _hold(self, pair: Pair) -> None:
        nowhere()
        self._held = [one for one in (*self._held, pair) if one.leased]
        while 2 * len(self._held) > max(0, _descriptor_limit() - _LEFT_DESCRIPTORS):
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        self._held.pop(0).abandon(_TOO_MANY)

    def _release_reserve(self) -> None:
        while self._reserve:
            close(self._reserve.pop())

    def _fill_reserve(self) -> None:
        try:
            while len(self._reserve) < _RESERVED_DESCRIPTORS:
                self._reserve.append(dup(0))
        except OSError:
            pass  # user code has used them up: what we hold now is what there is


def _descriptor_limit() -> int:
    try:
        limit = os.sysconf("SC_OPEN_MAX")
        return limit if limit >= 0 else _UNLIMITED
    except (AttributeError, OSError, ValueError):
        return _FEW_DESCRIPTORS
