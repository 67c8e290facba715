"""Whole frames, one after the other: in memory, or in a file that several blocks share."""

from __future__ import annotations

import os
import sys

from . import TYPE_CHECKING
from .frames import DATA, HEAD

if TYPE_CHECKING:
    from .state import State

SLAB = 1 << 20
FIRST_SLAB = 1 << 17
"""Most sessions write little, and all of a slab takes memory from the start."""
_FULL = 1 << 24
LEAST = (1 << 16) + HEAD.size
"""For how much at a time there is space when a stream is read."""


class JournalFile:
    """Blocks one after the other. It exists from the beginning, so that a host can open it before it is needed."""

    def __init__(self, directory: str, number: int) -> None:
        self._path = "%s/journal-%d" % (directory, number)
        self.number = number
        self._blocks = 0
        self.size = 0
        try:
            open(self._path, "ab", buffering=0).close()
        except OSError:
            return  # there is no space now, but there may be when it is needed

    def add(self, data: memoryview) -> int:
        """Where the block begins. Raises OSError, and is as before, if there is no space."""
        at = self.size
        with open(self._path, "ab", buffering=0) as file:
            try:
                left = data
                while left:
                    left = left[file.write(left) :]
            except OSError:
                file.truncate(at)
                raise
        self.size += len(data)
        self._blocks += 1
        return at

    def read(self, at: int, size: int) -> bytes:
        with open(self._path, "rb", buffering=0) as file:
            return os.pread(file.fileno(), size, at)

    @property
    def is_full(self) -> bool:
        """Whether it gets no more blocks."""
        return self.size >= _FULL or (self.size > 0 and self._blocks == 0)

    def release(self) -> None:
        """One of its blocks is not needed any more. What a host has read may still be needed there."""
        self._blocks -= 1
        if self._blocks > 0:
            return
        try:
            os.unlink(self._path)
        except OSError:
            return  # something else has removed it


class Block:
    def __init__(self, start: int, state: State, slab: bytearray) -> None:
        self.start = start
        self.size = 0
        self.space = len(slab)
        self.state = state
        """Before the first frame."""
        self._slab: bytearray | None = slab
        self._file: JournalFile | None = None
        self._at = 0
        self._frame = -1
        """Where the last frame is, if it is one of data."""
        self._stream = -1

    @property
    def end(self) -> int:
        return self.start + self.size

    @property
    def is_in_memory(self) -> bool:
        return self._slab is not None

    def append(self, kind: int, stream: int, payload: bytes) -> None:
        """Only if it has the space."""
        slab = self._slab
        if slab is not None:
            at = self.size + HEAD.size
            end = at + len(payload)
            self._frame = -1
            HEAD.pack_into(slab, self.size, kind, stream, len(payload))
            slab[at:end] = payload
            self.size = end
            self.space = len(slab) - end

    def receive(self, descriptor: int, stream: int, most: int, state: State, sealed: int) -> int | None:
        """Reads the payload of a frame of data, and folds it in. None when there is nothing now; 0 at the end.

        It is added to the last frame, if that is of the same stream and does not begin before the offset `sealed`.
        """
        slab = self._slab
        if slab is None:
            return None
        goes_on = self._frame >= 0 and self._stream == stream and self.start + self._frame >= sealed
        at = self.size if goes_on else self.size + HEAD.size
        try:
            got = os.readv(descriptor, [memoryview(slab)[at : at + most]])
        except BlockingIOError:
            return None
        except OSError:
            return 0
        if got:
            if not goes_on:
                self._frame, self._stream = self.size, stream
            self.size = at + got
            self.space = len(slab) - self.size
            HEAD.pack_into(slab, self._frame, DATA, stream, self.size - self._frame - HEAD.size)
            state.receive(stream, slab, at, self.size)
        return got

    def read(self, offset: int, most: int = sys.maxsize) -> bytes | memoryview:
        """What is there, so much at most. A view is valid until something is appended or released."""
        at = offset - self.start
        size = min(most, self.size - at)
        if self._slab is not None:
            return memoryview(self._slab)[at : at + size]
        return self._file.read(self._at + at, size) if self._file else b""

    def place(self, offset: int) -> dict[str, int] | None:
        """Where everything from there on is in a file; None if it is in memory."""
        at = offset - self.start
        return {"file": self._file.number, "at": self._at + at, "size": self.size - at} if self._file else None

    def spill(self, file: JournalFile) -> bytearray | None:
        """Moves the frames into the file, and returns the memory. Raises OSError, and changes nothing, if full."""
        slab = self._slab
        if slab is not None:
            self._at = file.add(memoryview(slab)[: self.size])
            self._file = file
            self._slab = None
        return slab

    def release(self) -> bytearray | None:
        """Returns the memory, if it is in memory."""
        if self._file:
            self._file.release()
        return self._slab
