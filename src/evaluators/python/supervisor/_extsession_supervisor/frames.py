"""The frames between a supervisor and its host: kind (1 byte), stream (4), length (4), payload; big-endian."""

from __future__ import annotations

from _struct import Struct

from . import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = Struct(">BII")
VERSION = 2
LARGEST = 1 << 29

# To the host. Those below 0x80 are in the journal, where an offset counts their bytes. STORED stands for some of them,
# and says where they are in a file.
# MAIN and SIDE are messages of the worker as they are, after TIME if it is a reply. DATA and END concern the stream
# 2 * pair + index. PONG answers PING. DEBUGGER is what a command sends to its debugger, and TO_DEBUGGER what comes from
# there, with the command's number as the stream; nothing is the end. Commands connect at the socket of LEAD_DEBUGGERS.
HELLO, MAIN, SIDE, DATA, END, LEFT, EXIT, PRINTED, BEGIN, CANCELLED, ANSWERED, TIME, PONG, DEBUGGER = range(1, 15)
ATTACHED, REFUSED, STORED = 0x81, 0x82, 0x83

# From the host.
ATTACH, SUBMIT, CANCEL, INTERRUPT, TO_MAIN, TO_SIDE, ANSWER_INPUT = range(0x20, 0x27)
SIGNAL, CLOSE_PAIR, ACKNOWLEDGE, OVER, KILL, WRITE_LINES, PING, LEAD_DEBUGGERS, TO_DEBUGGER = range(0x27, 0x30)


class FrameReader:
    """Splits a byte stream into frames, whatever its chunks."""

    def __init__(self, largest: int = LARGEST) -> None:
        self.largest = largest
        self._buffer = bytearray()

    def push(self, data: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Raises ValueError for a frame that is too large."""
        buffer = self._buffer
        if not buffer and len(data) >= HEAD.size:
            kind, stream, size = HEAD.unpack_from(data)
            if len(data) == HEAD.size + size <= self.largest:
                yield kind, stream, data[HEAD.size :]
                return
        buffer += data
        while len(buffer) >= HEAD.size:
            kind, stream, size = HEAD.unpack_from(buffer)
            if size > self.largest:
                raise ValueError("a frame of %d bytes" % size)
            end = HEAD.size + size
            if len(buffer) < end:
                return
            payload = bytes(buffer[HEAD.size : end])
            del buffer[:end]
            yield kind, stream, payload


def frame(kind: int, payload: bytes = b"", stream: int = 0) -> bytes:
    return HEAD.pack(kind, stream, len(payload)) + payload
