"""Standard input: `input()`, `getpass` and `sys.stdin` ask the host; descriptor 0, which children inherit, is empty."""

from __future__ import annotations

import _thread
import builtins
import io
import os
import sys

from .channel import Channel
from .imports import when_imported
from .pristine import builtins as __builtins__  # noqa: F401
from .streams import router

_router = router()


class LineSource:
    """Asks the host for lines. The answer comes over the side channel, so any thread may ask while any other runs."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._next = 0
        self._waiting: dict[int, object] = {}
        self._answers: dict[int, str | None] = {}

    def ask(self, prompt: str, password: bool) -> str | None:
        """One line without its end, or None at the end of input. Can be interrupted."""
        if _router.forked:
            return None
        command = _router.target()
        if command is not None:
            command.settle()
        self._next += 1
        number = self._next
        lock = self._waiting[number] = _thread.allocate_lock()
        lock.acquire()
        asked = {
            "t": "input",
            "request": number,
            "id": command.id if command else 0,
            "prompt": prompt,
            "password": password,
        }
        try:
            self._channel.send(asked)
            lock.acquire()
        except BaseException:
            self._channel.send({"t": "inputCancelled", "request": number})
            raise
        finally:
            self._waiting.pop(number, None)
        return self._answers.pop(number, None)

    def answer(self, number: int, text: str | None) -> None:
        lock = self._waiting.get(number)
        if lock is not None:
            self._answers[number] = text
            lock.release()  # type: ignore[attr-defined]


class _BytesInput(io.BufferedIOBase):
    """`sys.stdin.buffer`."""

    def __init__(self, text: TextInput) -> None:
        self._text = text

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readline(self, size: int | None = -1) -> bytes:
        return self._text.readline(-1 if size is None else size).encode("utf-8", "surrogateescape")

    def read(self, size: int | None = -1) -> bytes:
        return self._text.read(size).encode("utf-8", "surrogateescape")

    read1 = read


class TextInput(io.TextIOBase):
    """`sys.stdin`."""

    encoding = "utf-8"
    errors = "surrogateescape"
    newlines = None
    name = "<stdin>"
    mode = "r"

    def __init__(self, lines: LineSource) -> None:
        self._lines = lines
        self._rest = ""
        self.buffer = _BytesInput(self)

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def isatty(self) -> bool:
        return False

    def close(self) -> None:
        """No effect: the next command reads here too."""

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        if not self._rest:
            line = self._lines.ask("", False)
            self._rest = "" if line is None else line + "\n"
        end = self._rest.find("\n") + 1 or len(self._rest)
        if 0 <= size < end:
            end = size
        line, self._rest = self._rest[:end], self._rest[end:]
        return line

    def read(self, size: int | None = -1) -> str:
        parts: list[str] = []
        wanted = -1 if size is None else size
        while wanted:
            part = self.readline(wanted)
            if not part:
                break
            parts.append(part)
            if wanted > 0:
                wanted -= len(part)
        return "".join(parts)


def install(channel: Channel) -> LineSource:
    """Puts the host behind `sys.stdin`, `input` and `getpass`."""
    lines = LineSource(channel)
    stdin = TextInput(lines)
    input_plain = builtins.input

    def input(prompt: object = "") -> str:
        if sys.stdin is not stdin:
            return input_plain(prompt)
        text = str(prompt)
        sys.stdout.write(text)
        sys.stdout.flush()
        line = lines.ask(text, False)
        if line is None:
            raise EOFError("EOF when reading a line")
        return line

    def getpass(prompt: str = "Password: ", stream: object = None, **_options: object) -> str:
        out = stream if stream is not None else sys.stderr
        out.write(prompt)  # type: ignore[attr-defined]
        line = lines.ask(prompt, True)
        out.write("\n")  # type: ignore[attr-defined]
        if line is None:
            raise EOFError
        return line

    def adapt_getpass(module: object) -> None:
        getpass.__doc__ = module.getpass.__doc__  # type: ignore[attr-defined]
        module.getpass = getpass  # type: ignore[attr-defined]

    input.__doc__ = input_plain.__doc__
    builtins.input = input  # type: ignore[assignment]
    when_imported("getpass", adapt_getpass)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    sys.stdin = sys.__stdin__ = stdin  # type: ignore[assignment]
    return lines
