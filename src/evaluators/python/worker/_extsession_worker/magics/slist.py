"""What `x = !command` gives: a list of lines with the attributes that IPython's has."""

from __future__ import annotations

import os
import re

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import List

    Lines = List[str]
else:
    Lines = list


class SList(Lines):
    """Lines, also as one string (`s`, `n`) or as paths (`p`)."""

    def __reduce__(self) -> tuple[object, ...]:
        return list, (list(self),)  # other processes have no such class

    @property
    def l(self) -> SList:  # noqa: E743 - the name that IPython gives it
        return self

    @property
    def s(self) -> str:
        """The lines, separated by spaces."""
        return " ".join(self)

    @property
    def n(self) -> str:
        """The lines, separated by line ends."""
        return "\n".join(self)

    @property
    def p(self) -> list[Path]:
        """The lines that are paths of what exists."""
        from pathlib import Path

        return [Path(line) for line in self if os.path.exists(line)]

    def grep(self, pattern: str | Callable[[str], object], prune: bool = False, field: int | None = None) -> SList:
        """The lines in which `pattern` is found, or for which it returns a true value; with `prune`, all others.

        With `field`, only that word of each line is looked at. Case does not matter.
        """
        matches = pattern if callable(pattern) else re.compile(pattern, re.IGNORECASE).search
        return SList(line for line in self if bool(matches(_field_of(line, field))) != prune)

    def fields(self, *numbers: int) -> SList | list[list[str]]:
        """The words of each line; with numbers, the words of these numbers, separated by spaces."""
        words = [line.split() for line in self]
        if not numbers:
            return words
        chosen = [[line[number] for number in numbers if -len(line) <= number < len(line)] for line in words]
        return SList(" ".join(line) for line in chosen if line)

    def sort(self, field: int | None = None, nums: bool = False) -> SList:  # pyright: ignore[reportIncompatibleMethodOverride]
        """A sorted copy: by a word of each line, and by the digits in it with `nums`."""

        def key(line: str) -> tuple[int, str]:
            text = _field_of(line, field)
            return (int("".join(filter(str.isdigit, text)) or 0), "") if nums else (0, text)

        return SList(sorted(self, key=key))


def _field_of(line: str, field: int | None) -> str:
    if field is None:
        return line
    words = line.split()
    return words[field] if -len(words) <= field < len(words) else ""
