"""Breakpoints in the file of the running command, whose text can differ from the file on disk."""

from __future__ import annotations

from os.path import abspath

from .. import TYPE_CHECKING
from ..commands.sources import with_plain_ends
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

_TOP_LEVEL_AWAIT = 0x2000  # ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_FAR = 100_000  # no file has more lines


class CommandLines:
    """The lines of the file that can have breakpoints. pydevd would read them from disk."""

    def __init__(self, filename: str, source: str, first_line: int) -> None:
        self.filename = filename
        self._path = abspath(filename)
        self._lines = range(first_line, first_line + len(with_plain_ends(source).split("\n")))
        self._source = "\n" * (first_line - 1) + source

    def put_in_place(self, api: Any, file_utils: Any) -> Callable[[], None]:
        """Changes pydevd's modules. Returns a function that restores them."""
        plain_lines, plain_exists = api._get_code_lines, file_utils.exists

        def code_lines(code: object) -> object:
            return self._stops(plain_lines) if code == self._path else plain_lines(code)

        def exists(path: str) -> object:
            return path == self._path or plain_exists(path)

        def restore() -> None:
            api._get_code_lines, file_utils.exists = plain_lines, plain_exists

        api._get_code_lines, file_utils.exists = code_lines, exists
        return restore

    def _stops(self, code_lines: Callable[[Any], Iterable[int]]) -> list[int]:
        """The lines of the command that have code, and all others of the file, which may have run before."""
        around = [*range(1, self._lines.start), *range(self._lines.stop, _FAR)]
        try:
            code = compile(self._source, self._path, "exec", _TOP_LEVEL_AWAIT, True)
        except (SyntaxError, ValueError):  # there are magics in it
            return [*around, *self._lines]
        return [*around, *code_lines(code)]
