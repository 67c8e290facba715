"""Everything that a host must still receive, or receive again: in memory, and in files beyond that."""

from __future__ import annotations

import os
from _bisect import bisect_right

from . import TYPE_CHECKING
from .frames import HEAD

if TYPE_CHECKING:
    from typing import Any

    from .state import State

_BLOCK = 1 << 19
_IN_MEMORY = 1 << 20
_SMALL = 1 << 12
_TOGETHER = 1 << 16


class Block:
    """Whole frames, one after the other."""

    def __init__(self, start: int, state: State, path: str) -> None:
        self.start = start
        self.size = 0
        self.state = state
        self.path = path
        self._frames: list[bytes] | None = []
        self._offsets: list[int] = []

    @property
    def end(self) -> int:
        return self.start + self.size

    @property
    def is_in_memory(self) -> bool:
        return self._frames is not None

    def append(self, frame: bytes) -> None:
        """Only in memory."""
        if self._frames is not None:
            self._frames.append(frame)
            self._offsets.append(self.size)
            self.size += len(frame)

    def read(self, offset: int, size: int) -> bytes | memoryview:
        """At least one byte if there is one; several small frames at a time."""
        at = offset - self.start
        if self._frames is None:
            with open(self.path, "rb", buffering=0) as file:
                file.seek(at)
                return file.read(min(size, self.size - at)) or b""
        if at >= self.size:
            return b""
        index = bisect_right(self._offsets, at) - 1
        first = memoryview(self._frames[index])[at - self._offsets[index] :]
        if len(first) >= _SMALL or index + 1 == len(self._frames):
            return first[:size]
        parts: list[bytes | memoryview] = [first]
        taken = len(first)
        for frame in self._frames[index + 1 :]:
            taken += len(frame)
            if taken > _TOGETHER:
                break
            parts.append(frame)
        return b"".join(parts)[:size]

    def spill(self) -> None:
        """Raises OSError, and stays in memory, if there is no space."""
        if self._frames is None:
            return
        try:
            with open(self.path, "wb", buffering=0) as file:
                for frame in self._frames:
                    left = memoryview(frame)
                    while left:
                        left = left[file.write(left) :]
        except OSError:
            self.delete()
            raise
        self._frames = None
        self._offsets = []

    def delete(self) -> None:
        try:
            os.unlink(self.path)
        except OSError:
            return  # it was in memory


class Journal:
    def __init__(self, directory: str, state: State, limit: int) -> None:
        self._directory = directory
        self._limit = limit
        self.state = state
        """After the last frame."""
        self.end = 0
        self._refused = False
        self._made = 0
        self._blocks: list[Block] = []
        self._starts: list[int] = []
        self._in_memory = 0
        self._add_block()

    @property
    def start(self) -> int:
        return self._starts[0]

    @property
    def is_full(self) -> bool:
        return self.end - self.start >= self._limit or self._refused

    def append(self, kind: int, payload: bytes, stream: int = 0, message: Any = None) -> None:
        """`message` is the one in the payload, if it has already been read."""
        block = self._blocks[-1]
        if block.size >= _BLOCK:
            block = self._add_block()
        block.append(HEAD.pack(kind, stream, len(payload)) + payload)
        size = HEAD.size + len(payload)
        self.end += size
        self._in_memory += size
        self.state.fold(kind, stream, payload, message)

    def read(self, offset: int, size: int) -> bytes | memoryview:
        """Up to `size` bytes from `offset` on; empty at the end."""
        return self._block_at(offset).read(offset, size)

    def state_at(self, offset: int) -> State:
        """`offset` is where a frame begins."""
        block = self._block_at(offset)
        state = block.state.copy()
        data = b""
        while block.start + len(data) < offset:
            data += block.read(block.start + len(data), offset - block.start - len(data))
        at = 0
        while at < len(data):
            kind, stream, size = HEAD.unpack_from(data, at)
            at += HEAD.size + size
            state.fold(kind, stream, data[at - size : at])
        return state

    def release(self, offset: int) -> None:
        """Nobody needs what is before `offset` any more."""
        while len(self._blocks) > 1 and self._blocks[0].end <= offset:
            block = self._blocks.pop(0)
            self._starts.pop(0)
            if block.is_in_memory:
                self._in_memory -= block.size
            block.delete()
            self._refused = False

    def drop_oldest(self, before: int) -> bool:
        """Gives up the oldest block if it ends before `before`; whether it did."""
        if len(self._blocks) == 1 or self._blocks[0].end > before:
            return False
        self.release(self._blocks[0].end)
        return True

    def _add_block(self) -> Block:
        self._made += 1
        block = Block(self.end, self.state.copy(), "%s/journal-%d" % (self._directory, self._made))
        self._blocks.append(block)
        self._starts.append(block.start)
        self._spill()
        return block

    def _spill(self) -> None:
        for block in self._blocks[:-1]:
            if self._in_memory <= _IN_MEMORY:
                return
            if not block.is_in_memory:
                continue
            try:
                block.spill()
            except OSError:
                self._refused = True
                return
            self._in_memory -= block.size

    def _block_at(self, offset: int) -> Block:
        return self._blocks[bisect_right(self._starts, offset) - 1]
