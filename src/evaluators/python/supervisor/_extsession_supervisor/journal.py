"""Everything that a host must still receive, or receive again: the end in memory, and in files what is before that."""

from __future__ import annotations

from _bisect import bisect_right

from . import TYPE_CHECKING
from .frames import HEAD
from .journal_block import FIRST_SLAB, LEAST, SLAB, Block, JournalFile

if TYPE_CHECKING:
    from typing import Any

    from .state import State


class Journal:
    """An offset counts the bytes of all frames before it."""

    def __init__(self, directory: str, state: State, limit: int, in_memory: int = 0) -> None:
        """`in_memory` blocks that are full stay in memory, for a host that does not read files."""
        self._directory = directory
        self._in_memory = in_memory
        self._spare: bytearray | None = None
        self._limit = limit
        self.state = state
        """After the last frame."""
        self.end = 0
        self.sealed = 0
        """No frame before that changes any more."""
        self._refused = False
        self._file = JournalFile(directory, 1)
        self._next_file = JournalFile(directory, 2)
        self._blocks: list[Block] = []
        self._starts: list[int] = []
        self._add_block(0, FIRST_SLAB)

    @property
    def start(self) -> int:
        return self._starts[0]

    @property
    def last_start(self) -> int:
        """Where the last block starts: all others are full."""
        return self._last.start

    @property
    def file(self) -> int:
        """The number of the file that is being written. The next one exists too."""
        return self._file.number

    @property
    def is_full(self) -> bool:
        return self.end - self._starts[0] >= self._limit or self._refused

    def append(self, kind: int, payload: bytes, stream: int = 0, message: Any = None) -> None:
        """`message` is the one in the payload, if it has already been read."""
        size = HEAD.size + len(payload)
        block = self._last
        if size > block.space:
            block = self._add_block(size)
        block.append(kind, stream, payload)
        self.end += size
        self.state.fold(kind, stream, payload, message)
        if block.space < LEAST:
            self._add_block()

    def receive(self, descriptor: int, stream: int, most: int) -> int | None:
        """Reads from a stream; how many bytes. None when there is nothing now; 0 at the end."""
        block = self._last
        got = block.receive(descriptor, stream, most, self.state, self.sealed)
        if got:
            self.end = block.end
            if block.space < LEAST:
                self._add_block()
        return got

    def finish(self, block: Block) -> None:
        """Moves it to a file, unless there is no space."""
        if block is self._last:
            self._add_block()

    def block_at(self, offset: int) -> Block:
        return self._blocks[bisect_right(self._starts, offset) - 1]

    def state_at(self, offset: int) -> State:
        """`offset` is where a frame begins."""
        block = self.block_at(offset)
        state = block.state.copy()
        data = memoryview(block.read(block.start))[: offset - block.start]
        at = 0
        while at < len(data):
            kind, stream, size = HEAD.unpack_from(data, at)
            at += HEAD.size + size
            state.fold(kind, stream, bytes(data[at - size : at]))
        return state

    def release(self, offset: int) -> None:
        """Nobody needs what is before `offset` any more."""
        while len(self._blocks) > 1 and self._blocks[0].end <= offset:
            self._spare = self._blocks.pop(0).release() or self._spare
            self._starts.pop(0)
            self._refused = False
        if offset >= self.end and self._blocks[0].size > LEAST:
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
        self._spare = None
        self._add_block(0, FIRST_SLAB)

    def _add_block(self, size: int = 0, usual: int = SLAB) -> Block:
        slab = self._spill() or self._spare
        self._spare = None
        if slab is None or not usual == len(slab) >= size:
            slab = bytearray(max(usual, size))
        block = Block(self.end, self.state.copy(), slab)
        self._last = block
        self._blocks.append(block)
        self._starts.append(block.start)
        return block

    def _spill(self) -> bytearray | None:
        """Moves what does not stay in memory to files, the oldest first, and returns memory that can be used again."""
        slab: bytearray | None = None
        first = len(self._blocks)
        while first > 0 and self._blocks[first - 1].is_in_memory:
            first -= 1
        for block in self._blocks[first : max(first, len(self._blocks) - self._in_memory)]:
            if self._file.is_full:
                self._file = self._next_file
                self._next_file = JournalFile(self._directory, self._file.number + 1)
            try:
                slab = block.spill(self._file)
            except OSError:
                self._refused = True
                return None
        return slab
