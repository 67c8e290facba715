"""One magic as it was called: its text, and where in the user's code it stands."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .shell_commands import expand

if TYPE_CHECKING:
    from types import FrameType

    from ..commands.session import Session


class UsageError(Exception):
    """A magic that is not there, or is not used as it is meant."""

    __module__ = "builtins"  # tracebacks name it as they name Python's own errors


class MagicCall:
    def __init__(self, session: Session, line: str, cell: str | None, frame: FrameType) -> None:
        self.session, self.line, self.cell = session, line, cell
        self.namespace: dict[str, object] = {**frame.f_globals, **frame.f_locals}
        self.is_in_function = frame.f_locals is not frame.f_globals
        self._filename, self._line_number = frame.f_code.co_filename, frame.f_lineno

    def expanded(self) -> str:
        """The line with the values of `{expression}` and `$name` in it."""
        return expand(self.line, self.namespace)

    def words(self) -> list[str]:
        from shlex import split

        return split(self.expanded())

    def evaluate(self, source: str | None = None) -> object:
        """Runs code that was given to the magic, in the session; the value of its last expression, or None.

        source: of the line; without it, the cell is run. Errors tell the line in the user's file.
        """
        first_line = self._line_number + (1 if source is None else 0)
        code = (self.cell or "") if source is None else source
        scope = self.namespace if self.is_in_function else None
        return self.session.run_part(code, self._filename, first_line, scope)

    def options(self, letters: str) -> tuple[dict[str, str], str]:
        """Leading options, such as `-n 3` for 'n:', and the rest of the line, untouched."""
        found: dict[str, str] = {}
        rest = self.line
        while rest.startswith("-") and rest[1:2].isalpha():
            letter, after = rest[1], rest[2:]
            place = letters.find(letter)
            if place < 0:
                raise UsageError("There is no option -%s here." % letter)
            if letters[place + 1 : place + 2] == ":":
                found[letter], _space, rest = after.lstrip().partition(" ")
            elif after[:1].strip():
                found[letter], rest = "", "-" + after
            else:
                found[letter], rest = "", after
            rest = rest.lstrip()
        return found, rest
