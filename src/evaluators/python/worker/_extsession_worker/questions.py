"""Questions about the namespace, answered in a thread of their own: a slow answer holds up no input."""

from __future__ import annotations

import _thread
from _queue import SimpleQueue

from .attribution import count_own_thread
from .channel import Channel
from .pristine import builtins as __builtins__  # noqa: F401

_start_thread = _thread.start_new_thread


class Questions:
    """`main_thread` is the thread that runs commands."""

    def __init__(self, side: Channel, namespace: dict[str, object], main_thread: int) -> None:
        self._side = side
        self._namespace = namespace
        self._main_thread = main_thread
        self._asked: SimpleQueue[dict[str, object]] = SimpleQueue()
        _start_thread(self._serve, ())
        count_own_thread()

    def ask(self, message: dict[str, object]) -> None:
        """The answer goes to the host when it is there."""
        self._asked.put(message)

    def _serve(self) -> None:
        while True:
            message = self._asked.get()
            reply: dict[str, object]
            try:
                reply = self._answer(message)
            except Exception as error:
                reply = {"error": "%s: %s" % (type(error).__name__, error)}
            try:
                self._side.send({"t": "answer", "request": message["request"], **reply})
            except OSError:
                return  # the host is gone, or this is a forked child's copy

    def _answer(self, message: dict[str, object]) -> dict[str, object]:
        if message["t"] == "stack":
            from . import stack

            return {"stack": stack.of_thread(self._main_thread)}
        from . import introspect

        return introspect.answer(message, self._namespace)
