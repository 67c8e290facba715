"""One stream of a pair."""

from __future__ import annotations

import errno
import os
import sys

from . import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .poller import Poller
    from .send_window import Window

_CHUNK = 1 << 18
_USUAL_PIPE = 1 << 16
_WIDE = 1 << 19
_MOST_WIDE = 8
_F_SETPIPE_SZ = 1031
"""Of Linux; `fcntl` knows it from Python 3.10 on."""
_LARGEST = 1 << 21
"""More than any pipe holds."""


class Fifo:
    """Reads a FIFO until its last writer is gone.

    While the worker asks the kernel whether a pair is free, there is briefly no writer: in that case, the FIFO is
    opened again, as long as its name exists.
    """

    _wide = 0

    def __init__(
        self,
        poller: Poller,
        path: str,
        receive: Callable[[int, int], int | None],
        end: Callable[[str], object],
        window: Window,
    ) -> None:
        """`receive` reads from a descriptor, up to so many bytes: None when there is nothing now, 0 at the end."""
        self._poller = poller
        self._path = path
        self._receive = receive
        self._ended = end
        self._window = window
        self._descriptor = -1
        self._reads = True
        self._reopens = True
        self._is_wide = False
        self._open()

    @property
    def is_open(self) -> bool:
        return self._descriptor >= 0

    def read_on(self, reads: bool) -> None:
        """Whether to read, or to let the writers wait."""
        if reads != self._reads:
            self._reads = reads
            self._watch()

    def drain(self) -> None:
        """Reads what has been written so far."""
        taken = 0
        while self._descriptor >= 0 and taken < _LARGEST:
            got = self._read()
            if not got:
                return
            taken += got

    def expect_end(self) -> None:
        """The worker has died: the next end is the last one."""
        self._reopens = False

    def close(self) -> None:
        if self._descriptor >= 0:
            self._poller.unwatch(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1
            if self._is_wide:
                self._is_wide = False
                Fifo._wide -= 1

    def _open(self) -> None:
        try:
            self._descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            self._ended("" if error.errno == errno.ENOENT else str(error))
            return
        if not self._window.is_wide:  # the worker has made room for a fast way
            self._resize(_USUAL_PIPE)
        self._watch()

    def _widen(self) -> None:
        """Much is written here: with more space, writers and this process wake each other up less often."""
        self._is_wide = True
        Fifo._wide += 1
        if Fifo._wide <= _MOST_WIDE:
            self._resize(_WIDE)

    def _resize(self, size: int) -> None:
        if not sys.platform.startswith("linux"):
            return
        import fcntl

        try:
            fcntl.fcntl(self._descriptor, _F_SETPIPE_SZ, size)
        except OSError:
            return  # beyond the limit of the user, or there is already more in it

    def _watch(self) -> None:
        if self._descriptor < 0:
            return
        if self._reads:
            self._poller.watch(self._descriptor, lambda _: self._read())
        else:
            self._poller.unwatch(self._descriptor)

    def _read(self) -> int:
        got = self._receive(self._descriptor, _CHUNK)
        if got:
            if got >= _USUAL_PIPE and not self._is_wide and self._window.is_wide:
                self._widen()
            return got
        if got is not None:
            self.close()
            if self._reopens:
                self._open()
            else:
                self._ended("")
        return 0
