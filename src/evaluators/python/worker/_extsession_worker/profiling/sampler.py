"""Samples where the main thread is, for a CPU profile in the format of V8, which VS Code opens."""

from __future__ import annotations

import _thread
import os
import sys
from time import perf_counter

from .. import TYPE_CHECKING, own_threads
from ..introspection.question_thread import start_thread
from ..link.wire import dumps
from ..own_code import FOLDER, START_FILE
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .lines import Lines

if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any

_INTERVAL = 0.001  # in seconds; code in Python lets another thread in after 5 ms
_MOST_SAMPLES = 100_000  # then, half of them are given up, and the interval is twice as long
_MOST_NODES = 20_000
_MOST_FRAMES = 500
_LONGEST_NAME = 1000  # of a file or a function, which code can choose


class _Node:
    """A function, called in one way."""

    def __init__(self, number: int, name: str, file: str, line: int) -> None:
        self.number = number
        self.frame = {
            "functionName": name[:_LONGEST_NAME],
            "scriptId": "0",
            "url": file[:_LONGEST_NAME],
            "lineNumber": line,
            "columnNumber": 0,
        }
        self.hits = 0
        self.lines: dict[int, float] = {}  # in seconds
        self.children: dict[CodeType, _Node] = {}

    def told(self) -> dict[str, object]:
        # What runs is looked at less often than what waits: so that ticks tell of times, they are not counted.
        ticks = [{"line": line, "ticks": int(time / _INTERVAL) + 1} for line, time in self.lines.items()]
        children = [child.number for child in self.children.values()]
        return {
            "id": self.number,
            "callFrame": self.frame,
            "hitCount": self.hits,
            "children": children,
            "positionTicks": ticks,
        }


class Sampler:
    """A section of the main thread that is sampled by another one."""

    def __init__(self) -> None:
        self._pid = os.getpid()
        self._ident = _thread.get_ident()
        self._interval = _INTERVAL
        self._nodes = [_Node(1, "(root)", "", -1)]
        self._lines = Lines()
        self._samples: list[int] = []
        self._times: list[float] = []
        self._is_over = _thread.allocate_lock()
        self._has_ended = _thread.allocate_lock()

    def __enter__(self) -> None:
        self._is_over.acquire()
        self._has_ended.acquire()
        self._start = perf_counter()
        start_thread(self._sample, ())

    def __exit__(self, *_error: object) -> None:
        self._end = perf_counter()
        if os.getpid() != self._pid:
            return  # a child that the command has forked has no such thread
        self._is_over.release()
        self._has_ended.acquire()

    def profile(self) -> str:
        """The text of a `.cpuprofile` file. Times are in microseconds.

        A sample tells of the time before it, since code in C lets nobody look until it has returned. Viewers give it
        the time until the next one, so it stands where the one before was taken.
        """
        times = [self._start, self._start, *self._times]
        deltas = [int((time - before) * 1e6) for before, time in zip(times, times[1:-1])]
        profile: dict[str, Any] = {
            "nodes": [node.told() for node in self._nodes],
            "startTime": int(self._start * 1e6),
            "endTime": int(max(self._end, times[-1]) * 1e6),
            "samples": self._samples,
            "timeDeltas": deltas,
        }
        return dumps(profile).decode()

    def _sample(self) -> None:
        own = _thread.get_ident()
        own_threads.idents.add(own)
        try:
            while not self._is_over.acquire(True, self._interval):
                frame = sys._current_frames().get(self._ident)  # pyright: ignore[reportPrivateUsage]
                self._add(frame)
                frame = None
        finally:
            own_threads.idents.discard(own)
            self._has_ended.release()

    def _add(self, frame: FrameType | None) -> None:
        calls: list[CodeType] = []
        line = None
        while frame is not None and len(calls) < _MOST_FRAMES:
            if not frame.f_code.co_filename.startswith((FOLDER, START_FILE)):
                if line is None:
                    line = self._lines.of(frame)
                calls.append(frame.f_code)
            frame = frame.f_back
        node = self._nodes[0]
        for code in reversed(calls):
            child = node.children.get(code) or self._child(node, code)
            if child is None:
                break
            node = child
        node.hits += 1
        before, now = self._times[-1] if self._times else self._start, perf_counter()
        if line is not None:
            node.lines[line] = node.lines.get(line, 0.0) + now - before
        self._samples.append(node.number)
        self._times.append(now)
        if len(self._samples) == _MOST_SAMPLES:
            del self._samples[::2], self._times[::2]
            self._interval *= 2

    def _child(self, node: _Node, code: CodeType) -> _Node | None:
        if len(self._nodes) == _MOST_NODES:
            return None
        name: str = getattr(code, "co_qualname", code.co_name)
        child = _Node(len(self._nodes) + 1, name, code.co_filename, code.co_firstlineno - 1)
        node.children[code] = child
        self._nodes.append(child)
        return child
