"""What a host must know to go on from some offset of the journal: the sum of all frames before it."""

from __future__ import annotations

from . import TYPE_CHECKING
from .frames import BEGIN, DATA, END, HELLO, MAIN, SIDE
from .text import loads

if TYPE_CHECKING:
    from typing import Any

_DIGITS = 16
_LARGE = 1 << 14
_MESSAGES = (MAIN, SIDE)


def relevant(payload: bytes) -> Any:
    """A worker's message; None for a large one that is no reply: all others that matter here are small."""
    if len(payload) > _LARGE and b'"done"' not in payload:
        return None
    return loads(payload)


class State:
    def __init__(self, marker: bytes) -> None:
        self._token = b"\x1e" + marker
        self._marker_size = len(self._token) + 1 + _DIGITS
        self.hello: Any = None
        self.next: int | None = None
        self.running: int | None = None
        self.last: int | None = None
        """The command that was begun last."""
        self.owners: dict[int, int] = {}
        """The open pairs that belong to a command, also after its end."""
        self.late: dict[int, int] = {}
        """The open pairs for late output of a command whose own pair was retired."""
        self.open: dict[int, set[int]] = {}
        """The streams (0, 1) that have not ended, by pair."""
        self.tails: dict[int, bytes] = {}
        """The start of a marker whose rest has not been read, by stream."""
        self.pieces: dict[int, int] = {}
        """The number of the last piece of collected text, by stream."""

    def copy(self) -> State:
        other = object.__new__(State)
        vars(other).update(vars(self))
        other.owners = dict(self.owners)
        other.late = dict(self.late)
        other.open = {pair: set(streams) for pair, streams in self.open.items()}
        other.tails = dict(self.tails)
        other.pieces = dict(self.pieces)
        return other

    def pair_of(self, id: int) -> int | None:
        return next((pair for pair, owner in self.owners.items() if owner == id), None)

    def fold(self, kind: int, stream: int, payload: bytes, message: Any = None) -> None:
        """Takes a frame in. `message` is the one in it, if it has already been read."""
        if kind in _MESSAGES:
            self._message(message or relevant(payload))
        elif kind == DATA:
            self.receive(stream, payload, 0, len(payload))
        elif kind == BEGIN:
            id: int = (message or loads(payload))["id"]
            self.running = self.last = id
            if self.next is not None and self.next in self.open:
                self.owners[self.next] = id
        elif kind == END:
            self._end(stream)
        elif kind == HELLO:
            self.hello = loads(payload)

    def _message(self, message: Any) -> None:
        kind = message["t"] if message else None
        if kind == "pair":
            self.open[message["number"]] = {0, 1}
            if "id" in message:
                self.late[message["number"]] = message["id"]
        elif kind == "ready":
            self.next = message["next"]
        elif kind == "done":
            self.next = message["next"]
            self.running = None
        elif kind == "closed":
            for pair in [pair for pair, id in self.owners.items() if id == message["id"]]:
                del self.owners[pair]

    def _end(self, stream: int) -> None:
        pair = stream >> 1
        self.tails.pop(stream, None)
        streams = self.open.get(pair)
        if streams is None:
            return
        streams.discard(stream & 1)
        if not streams:
            self.close(pair)

    def close(self, pair: int) -> None:
        for known in (self.open, self.owners, self.late):
            known.pop(pair, None)
        for stream in (2 * pair, 2 * pair + 1):
            self.tails.pop(stream, None)
            self.pieces.pop(stream, None)

    def receive(self, stream: int, buffer: bytes | bytearray, start: int, end: int) -> None:
        """Takes in what was read from a stream: a part of the buffer."""
        tail = self.tails.pop(stream, b"")
        if not tail and buffer.find(b"\x1e", start, end) < 0:
            return
        data = tail + bytes(buffer[start:end])
        collected = self._token + b"L"
        at = data.rfind(collected)
        if 0 <= at <= len(data) - self._marker_size:
            self.pieces[stream] = int(data[at + len(collected) : at + self._marker_size])
        at = data.find(b"\x1e", max(0, len(data) - self._marker_size + 1))
        while at >= 0:
            rest = data[at:]
            if self._token.startswith(rest) or rest.startswith(self._token):
                self.tails[stream] = rest
                return
            at = data.find(b"\x1e", at + 1)

    def as_json(self) -> dict[str, object]:
        return {
            "next": self.next,
            "running": self.running,
            "last": self.last,
            "pairs": [
                {
                    "number": pair,
                    "open": sorted(streams),
                    "command": self.owners.get(pair),
                    "late": self.late.get(pair),
                    "tails": [self.tails.get(2 * pair + index, b"").decode("latin-1") for index in (0, 1)],
                    "pieces": [self.pieces.get(2 * pair + index, 0) for index in (0, 1)],
                }
                for pair, streams in self.open.items()
            ],
        }
