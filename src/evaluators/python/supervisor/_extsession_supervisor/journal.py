"""Everything that a host must still receive, or receive again: in memory, and in files beyond that."""

from __future__ import annotations

from _bisect import bisect_right

from . import TYPE_CHECKING
from .frames import HEAD
from .journal_block import SLAB, Block, JournalFile

if TYPE_CHECKING:
    from typing import Any

    from .state import State

_IN_MEMORY = 1 << 20
"""In addition to the last block."""
_FILE = 1 << 24
_LEAST = 1 << 16
"""For how much at a time there is space when a stream is read."""


class Journal:
    """An offset counts the bytes of all frames before it."""

    def __init__(self, directory: str, state: State, limit: int) -> None:
        self._directory = directory
        self._limit = limit
        self.state = state
        """After the last frame."""
        self.end = 0
        self._refused = False
        self._files = 0
        self._file = self._new_file()
        self._spare: bytearray | None = None
        """Memory that is used again, rather than taken anew, while much is written."""
        self._blocks: list[Block] = []
        self._starts: list[int] = []
        self._in_memory = 0
        self._add_block(0)

    @property
    def start(self) -> int:
        return self._starts[0]

    @property
    def is_full(self) -> bool:
        return self.end - self.start >= self._limit or self._refused

    def append(self, kind: int, payload: bytes, stream: int = 0, message: Any = None) -> None:
        """`message` is the one in the payload, if it has already been read."""
        size = HEAD.size + len(payload)
        self._block_for(size).append(kind, stream, payload)
        self.end += size
        self._in_memory += size
        self.state.fold(kind, stream, payload, message)

    def receive(self, descriptor: int, stream: int, most: int) -> int | None:
        """Reads from a stream; how many bytes. None when there is nothing now; 0 at the end."""
        got = self._block_for(HEAD.size + min(_LEAST, most)).receive(descriptor, stream, most, self.state)
        if got:
            self.end += HEAD.size + got
            self._in_memory += HEAD.size + got
        return got

    def read(self, offset: int, size: int) -> bytes | memoryview:
        """Up to `size` bytes from `offset` on; empty at the end. A view is valid until the journal changes."""
        return self._block_at(offset).read(offset, size)

    def state_at(self, offset: int) -> State:
        """`offset` is where a frame begins."""
        block = self._block_at(offset)
        state = block.state.copy()
        data = bytearray()
        while block.start + len(data) < offset:
            data += block.read(block.start + len(data), offset - block.start - len(data))
        at = 0
        while at < len(data):
            kind, stream, size = HEAD.unpack_from(data, at)
            at += HEAD.size + size
            state.fold(kind, stream, bytes(data[at - size : at]))
        return state

    def release(self, offset: int) -> None:
        """Nobody needs what is before `offset` any more."""
        while len(self._blocks) > 1 and self._blocks[0].end <= offset:
            block = self._blocks.pop(0)
            self._starts.pop(0)
            if block.is_in_memory:
                self._in_memory -= block.size
            block.release()
            self._refused = False
        if len(self._blocks) > 1:
            return
        self._spare = None
        if offset >= self.end and self._blocks[0].size > _LEAST:
            self._start_anew()

    def drop_oldest(self, before: int) -> bool:
        """Gives up the oldest block if it ends before `before`; whether it did."""
        if len(self._blocks) == 1 or self._blocks[0].end > before:
            return False
        self.release(self._blocks[0].end)
        return True

    def _start_anew(self) -> None:
        """Gives the memory back that much output has taken."""
        self._blocks.clear()
        self._starts.clear()
        self._in_memory = 0
        self._add_block(0)

    def _block_for(self, size: int) -> Block:
        last = self._blocks[-1]
        return last if last.has_space(size) else self._add_block(size)

    def _add_block(self, size: int) -> Block:
        self._spill()
        slab, self._spare = self._spare, None
        if slab is None or len(slab) < size:
            slab = bytearray(max(SLAB, size))
        block = Block(self.end, self.state.copy(), slab)
        self._blocks.append(block)
        self._starts.append(block.start)
        return block

    def _spill(self) -> None:
        for block in self._blocks:
            if self._in_memory <= _IN_MEMORY:
                return
            if not block.is_in_memory:
                continue
            if self._file.size >= _FILE:
                self._file = self._new_file()
            try:
                slab = block.spill(self._file)
            except OSError:
                self._refused = True
                return
            self._in_memory -= block.size
            if slab is not None and len(slab) == SLAB:
                self._spare = slab

    def _new_file(self) -> JournalFile:
        self._files += 1
        return JournalFile("%s/journal-%d" % (self._directory, self._files))

    def _block_at(self, offset: int) -> Block:
        return self._blocks[bisect_right(self._starts, offset) - 1]
