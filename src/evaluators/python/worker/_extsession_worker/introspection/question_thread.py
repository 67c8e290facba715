"""Questions about the namespace, answered in a thread of their own: a slow answer holds up no input."""

from __future__ import annotations

import _thread

from .. import TYPE_CHECKING, own_threads
from ..link.channel import Channel
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from ..link.question_messages import (
        AnswerParts,
        DigestsQuestion,
        FileQuestion,
        GridQuestion,
        Question,
        SaveQuestion,
    )

start_thread = _thread.start_new_thread
_VARIABLES_AT_A_TIME = 500  # to write more at once would hold up the command


class Questions:
    """Has a thread from the first question on. `main_thread` is the thread that runs commands."""

    def __init__(self, side: Channel, namespace: dict[str, object], main_thread: int) -> None:
        self._side = side
        self._namespace = namespace
        self._main_thread = main_thread
        self._asked: list[Question] = []
        self._is_asked = _thread.allocate_lock()  # while it is locked, nothing new is
        self._is_asked.acquire()
        self._has_thread = False
        own_threads.starters.append(self._start)

    def ask(self, message: Question) -> None:
        """The answer goes to the host when it is there."""
        self._asked.append(message)
        if self._is_asked.locked():
            self._is_asked.release()
        self._start()

    def _start(self) -> None:
        if not self._has_thread:
            self._has_thread = True
            own_threads.idents.add(start_thread(self._serve, ()))

    def forget(self) -> None:
        """There is no namespace any more."""
        self._namespace = {}

    def _serve(self) -> None:
        while True:
            self._is_asked.acquire()
            while self._asked:
                message = self._asked.pop(0)
                for piece in _pieces(self._reply(message)):
                    self._side.send({"t": "answer", "request": message["request"], **piece})

    def _reply(self, message: Question) -> AnswerParts:
        try:
            return self._answer(message)
        except Exception as error:
            return {"error": "%s: %s" % (type(error).__name__, error)}

    def _answer(self, message: Question) -> AnswerParts:
        if message["t"] == "stack":
            from ..commands import stack

            return {"stack": stack.of_thread(self._main_thread)}
        if message["t"] == "pause":
            from ..debugging import on_breakpoint

            return {"pause": on_breakpoint.pause()}
        if message["t"] == "grid":
            return self._grid(message)
        if message["t"] == "file" or message["t"] == "digests" or message["t"] == "save":
            return _about_files(message)
        from . import answers

        return answers.answer(message, self._namespace)

    def _grid(self, message: GridQuestion) -> AnswerParts:
        """By the thread that runs commands, where its command has stopped in the debugger."""
        from ..debugging import stopped

        def answer() -> object:
            from ..data import answers

            return answers.answer(message["of"], self._namespace)

        return {"grid": stopped.call(self._main_thread, answer)}


def _about_files(message: FileQuestion | DigestsQuestion | SaveQuestion) -> AnswerParts:
    from . import files

    if message["t"] == "file":
        return {"file": files.text_of(message["path"])}
    if message["t"] == "digests":
        return {"digests": files.digests_of(message["paths"])}
    return {"saved": files.save(message["path"], message["data"])}


def _pieces(reply: AnswerParts) -> list[AnswerParts]:
    """The answer as several of them, so that the interpreter's lock is not held for long while one is written."""
    variables = reply.get("variables", [])
    starts = range(0, len(variables), _VARIABLES_AT_A_TIME)
    first: list[AnswerParts] = [
        {"variables": variables[start : start + _VARIABLES_AT_A_TIME], "more": True} for start in starts[:-1]
    ]
    return [*first, {**reply, "variables": variables[starts[-1] :]}] if first else [reply]
