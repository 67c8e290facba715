"""sys.stdout and sys.stderr."""

from __future__ import annotations

import _io
import io
from itertools import count

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .flood import no_gathering
from .streams import owner, router

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_router = router()
_get_owner = owner.get


class _Bytes(_io._BufferedIOBase):  # pyright: ignore[reportPrivateUsage]
    """`sys.stdout.buffer`."""

    def __init__(self, stream: int) -> None:
        self._stream = stream

    closed = False  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def write(self, data: Any) -> int:
        content = data if type(data) is bytes else memoryview(data).tobytes()
        _router.write(self._stream, content)
        return len(content)

    @property
    def raw(self) -> _Bytes:
        """Itself: it has no buffer."""
        return self

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream + 1

    def flush(self) -> None:
        _router.flush()

    def close(self) -> None:
        """No effect: the next command writes here too."""


class TextStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr`: nothing that was written is lost, however the process ends."""

    encoding = "utf-8"
    errors = "backslashreplace"
    newlines = None
    closed = False  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]
    line_buffering = True
    write_through = True
    mode = "w"

    __slots__ = ("number", "gathering", "_count")  # found faster than in the dictionary, which it has too

    def __init__(self, stream: int) -> None:
        self.number = stream
        self.gathering = no_gathering
        self._count = count(1).__next__
        self.name = ("<stdout>", "<stderr>")[stream]
        self.buffer = _Bytes(stream)

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)
        if name == "write":
            self.__class__ = _PatchedTextStream  # pyright: ignore[reportAttributeAccessIssue]

    def write(self, text: str) -> int:
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # user code calls it
            raise TypeError("write() argument must be str, not " + type(text).__name__)
        gathering = self.gathering
        if gathering.command is _get_owner():
            try:
                gathering.append(text.encode())
                return len(text)
            except ValueError:
                pass  # the piece is full or over, or there are surrogates: `send` knows
        self.send(text)
        return len(text)

    def send(self, text: str) -> None:
        """Writes text that could not be gathered in one step."""
        data = text.encode("utf-8", "backslashreplace")
        if self.gathering.add(data):
            return
        _router.write(self.number, data)
        if not self._count() & 63:
            _router.flood.consider(self)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        _router.flush()

    def fileno(self) -> int:
        return self.number + 1

    def isatty(self) -> bool:
        return False

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        """No effect: the next command writes here too."""

    def detach(self) -> _Bytes:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The bytes below, for a text stream of the user's own. Stays usable: the next command writes here too."""
        return self.buffer

    def reconfigure(self, **_options: object) -> None:
        """Accepted and without effect: text is UTF-8 and goes out at once."""


class _PatchedTextStream(TextStream):
    """One whose `write` the user has replaced: no `print` takes a shorter way."""

    __slots__ = ()
