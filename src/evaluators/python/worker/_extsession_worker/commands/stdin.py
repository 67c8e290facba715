"""Standard input: `input()`, `getpass` and `sys.stdin` ask the host; descriptor 0, which children inherit, is empty."""

from __future__ import annotations

import _thread
import builtins
import io
import os
import sys

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..link.channel import Channel
from ..output.streams import router
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from .prompt_interrupts import interrupted_at_prompt, prompt_interrupt

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, AnyStr, TextIO

    from ..link.messages import InputRequest
    from ..wrapping import Function

_router = router()
# in seconds: on Windows an interrupt does not end the wait for a lock, before Python 3.14
_TURN = 0.1 if os.name == "nt" else -1


class LineSource:
    """Asks the host for lines. The answer comes over the side channel, so any thread may ask while any other runs."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._next = 0
        self._waiting: dict[int, _thread.LockType] = {}
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
        asked: InputRequest = {
            "t": "input",
            "request": number,
            "id": command.id if command else 0,
            "prompt": prompt,
            "password": password,
        }
        try:
            self._channel.send(asked)
            while not lock.acquire(True, _TURN):
                continue
        except BaseException as error:
            self._channel.send({"t": "inputCancelled", "request": number})
            if isinstance(error, KeyboardInterrupt) and interrupted_at_prompt():
                raise prompt_interrupt() from None
            raise
        finally:
            self._waiting.pop(number, None)
        return self._answers.pop(number, None)

    def answer(self, number: int, text: str | None) -> None:
        lock = self._waiting.get(number)
        if lock is not None:
            self._answers[number] = text
            lock.release()


class _BytesInput(io.BufferedIOBase):
    """`sys.stdin.buffer`."""

    def __init__(self, text: TextInput) -> None:
        self._text = text

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0

    def readline(self, size: int | None = -1) -> bytes:
        line = self._text.readline().encode("utf-8", "surrogateescape")
        if size is None or size < 0:
            return line
        self._text.put_back(line[size:].decode("utf-8", "surrogateescape"))
        return line[:size]

    def read(self, size: int | None = -1) -> bytes:
        return b"".join(_pieces(self.readline, size))

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

    def line(self, prompt: str) -> str | None:
        """What is left of a line, else the next one; without its end. None at the end of input."""
        if not self._rest:
            return self._lines.ask(prompt, False)
        return self.readline().rstrip("\n")

    def readline(self, size: int = -1) -> str:
        if not self._rest:
            line = self._lines.ask("", False)
            self._rest = "" if line is None else line + "\n"
        end = self._rest.find("\n") + 1 or len(self._rest)
        if 0 <= size < end:
            end = size
        line, self._rest = self._rest[:end], self._rest[end:]
        return line

    def put_back(self, text: str) -> None:
        """What is read next."""
        self._rest = text + self._rest

    def read(self, size: int | None = -1) -> str:
        return "".join(_pieces(self.readline, size))


def _pieces(readline: Callable[[int], AnyStr], size: int | None) -> list[AnyStr]:
    """So much of what `readline` gives, all without a size."""
    pieces: list[AnyStr] = []
    wanted = -1 if size is None else size
    while wanted:
        piece = readline(wanted)
        if not piece:
            break
        pieces.append(piece)
        if wanted > 0:
            wanted -= len(piece)
    return pieces


def install(channel: Channel) -> LineSource:
    """Puts the host behind `sys.stdin`, `input` and `getpass`."""
    lines = LineSource(channel)
    stdin = TextInput(lines)

    def asking(plain: Function) -> Function:
        def input(prompt: object = "") -> str:
            if sys.stdin is not stdin:
                return plain(prompt)
            text = str(prompt)
            sys.stdout.write(text)
            sys.stdout.flush()
            line = stdin.line(text)
            if line is None:
                raise EOFError("EOF when reading a line")
            return line

        return input

    def asking_in_secret(_plain: Function) -> Function:
        def getpass(prompt: str = "Password: ", stream: TextIO | None = None, **_options: object) -> str:
            out = stream if stream is not None else sys.stderr
            out.write(prompt)
            line = lines.ask(prompt, True)
            out.write("\n")
            if line is None:
                raise EOFError
            return line

        return getpass

    def adapt_getpass(module: Any) -> None:
        name = module.getpass.__name__  # such as `unix_getpass`, where pickle finds it
        put_in_place(module, name, asking_in_secret)
        module.getpass = getattr(module, name)

    put_in_place(builtins, "input", asking)
    when_imported("getpass", adapt_getpass)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    sys.stdin = sys.__stdin__ = stdin
    return lines
