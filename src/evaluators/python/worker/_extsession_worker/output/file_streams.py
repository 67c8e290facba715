"""Files in place of the process's standard output and error, while one execution lasts."""

from __future__ import annotations

import _io
import os
import sys
from os import O_APPEND, O_CREAT, O_TRUNC, O_WRONLY, close, dup, dup2
from os import open as open_fd

from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .cstdio import open_c_stdio

_NAMES = ("stdout", "stderr", "done")


class OutputFiles:
    """A context in which Python, C code and children write to two files; at its end `code` is written to a third.

    A name that is None stands for a file in a fresh temporary directory, which is the caller's to remove. The
    redirection is the process's: other threads write to the files too.
    """

    def __init__(self, stdout_fn: str | None, stderr_fn: str | None, done_fn: str | None, code: str) -> None:
        given = (stdout_fn, stderr_fn, done_fn)
        directory = ""
        if None in given:
            import tempfile

            directory = tempfile.mkdtemp(prefix="extsession-")
        names = [os.path.join(directory, own) if name is None else name for name, own in zip(given, _NAMES)]
        stdout, stderr, done = (os.fspath(name) for name in names)
        self.paths = (stdout, stderr, done)
        self._code = code
        self._flush_c_stdio = open_c_stdio()

    def __enter__(self) -> OutputFiles:
        self._objects = sys.stdout, sys.stderr
        self._flush()
        opened: list[int] = []
        if os.path.isfile(self.paths[2]):  # a code from before must not pass for this execution's
            os.truncate(self.paths[2], 0)
        try:
            for path in self.paths[:2]:
                opened.append(open_fd(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o666))
            self._saved = [_duplicate(descriptor) for descriptor in (1, 2)]
            for target, descriptor in enumerate(opened, 1):
                dup2(descriptor, target)
        finally:
            for descriptor in opened:
                close(descriptor)
        sys.stdout, sys.stderr = _text(1), _text(2)
        return self

    def __exit__(self, *_error: object) -> None:
        self._flush()
        sys.stdout, sys.stderr = self._objects
        for target, saved in enumerate(self._saved, 1):
            if saved is None:
                close(target)
            else:
                dup2(saved, target)
                close(saved)
        with _io.open(self.paths[2], "w") as done:
            done.write(self._code)

    def _flush(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:  # None, closed, or an object of the user's
                continue
        self._flush_c_stdio()


def _duplicate(descriptor: int) -> int | None:
    try:
        return dup(descriptor)
    except OSError:  # a process may run without standard streams
        return None


def _text(descriptor: int) -> object:
    """Unbuffered, as with `python -u`: what Python writes keeps its place among what others write."""
    raw = _io.FileIO(descriptor, "w", closefd=False)
    return _io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)
