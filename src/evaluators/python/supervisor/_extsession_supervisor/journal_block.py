"""Whole frames, one after the other: in memory, or in a file that several blocks share."""

from __future__ import annotations

import os

from . import TYPE_CHECKING
from .frames import DATA, HEAD

if TYPE_CHECKING:
    from .state import State

SLAB = 1 << 20


class JournalFile:
    """Blocks one after the other. It is removed with the last of them."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._blocks = 0
        self.size = 0

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

    def release(self) -> None:
        """One of its blocks is not needed any more."""
        self._blocks -= 1
        if self._blocks == 0:
            os.unlink(self._path)
            self.size = 0


class Block:
    def __init__(self, start: int, state: State, slab: bytearray) -> None:
        self.start = start
        self.size = 0
        self.state = state
        """Before the first frame."""
        self._slab: bytearray | None = slab
        self._file: JournalFile | None = None
        self._at = 0

    @property
    def end(self) -> int:
        return self.start + self.size

    @property
    def is_in_memory(self) -> bool:
        return self._slab is not None

    def has_space(self, size: int) -> bool:
        return self._slab is not None and self.size + size <= len(self._slab)

    def append(self, kind: int, stream: int, payload: bytes) -> None:
        """Only if it has the space."""
        slab = self._slab
        if slab is not None:
            at = self.size + HEAD.size
            HEAD.pack_into(slab, self.size, kind, stream, len(payload))
            slab[at : at + len(payload)] = payload
            self.size = at + len(payload)

    def receive(self, descriptor: int, stream: int, most: int, state: State) -> int | None:
        """Reads the payload of a frame of data, and folds it in. None when there is nothing now; 0 at the end."""
        slab = self._slab
        if slab is None:
            return None
        at = self.size + HEAD.size
        try:
            got = os.readv(descriptor, [memoryview(slab)[at : at + most]])
        except BlockingIOError:
            return None
        except OSError:
            return 0
        if got:
            HEAD.pack_into(slab, self.size, DATA, stream, got)
            self.size = at + got
            state.receive(stream, slab, at, at + got)
        return got

    def read(self, offset: int, size: int) -> bytes | memoryview:
        """Up to `size` bytes. A view is valid until something is appended or released."""
        at = offset - self.start
        size = min(size, self.size - at)
        if self._slab is not None:
            return memoryview(self._slab)[at : at + size]
        return self._file.read(self._at + at, size) if self._file else b""

    def spill(self, file: JournalFile) -> bytearray | None:
        """Moves the frames into the file, and returns the memory. Raises OSError, and changes nothing, if full."""
        slab = self._slab
        if slab is not None:
            self._at = file.add(memoryview(slab)[: self.size])
            self._file = file
            self._slab = None
        return slab

    def release(self) -> None:
        if self._file:
            self._file.release()
