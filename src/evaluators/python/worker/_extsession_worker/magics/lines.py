"""Which lines of a source are IPython's way of writing. A line that may be Python is never one of them."""

from __future__ import annotations

import re

from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

_QUOTES = re.compile(r"'''|\"\"\"|'|\"")
_SPECIAL = re.compile(r"""['"#()\[\]{}]|$""")
_CELL = re.compile(r"%%(\w+)(?:[ \t]+(.*))?$")
_ESCAPED = re.compile(r"(\s*)(%(?=\w)|!!?(?=\s*\S)|\?\??(?=%{0,2}\w))(.*)$")
_ASSIGNED = re.compile(r"(\s*)([^\W\d][\w., \t\[\]'\"]*?)\s*=\s*(%(?=\w)|!)\s*(.*)$")
_ASKED = re.compile(r"(\s*)(%{0,2}[\w.*]+)(\?\??)\s*$")


class Call:
    """A magic in place of the lines from `first` to `last`, which count from 0.

    kind: 'cell', 'line', 'system', 'getoutput' or 'help'. `target` is what its value is assigned to, if anything.
    """

    def __init__(self, kind: str, first: int, last: int, name: str, text: str) -> None:
        self.kind, self.first, self.last, self.name, self.text = kind, first, last, name, text
        self.indent = self.target = self.body = ""


def find(lines: list[str]) -> list[Call]:
    """The magics among the lines of a source, in their order."""
    cell = _cell(lines)
    if cell is not None:
        return [cell]
    calls: list[Call] = []
    state = _State()
    line = 0
    while line < len(lines):
        call = None if state.is_inside else _line(lines, line)
        if call is None:
            state.read(lines[line])
        else:
            calls.append(call)
            line = call.last
        line += 1
    return calls


def _cell(lines: list[str]) -> Call | None:
    """A cell's magic stands in its first line; comments, such as the cell's marker, may stand before it."""
    for number, line in enumerate(lines):
        found = _CELL.match(line)
        if found:
            call = Call("cell", number, len(lines) - 1, found.group(1), (found.group(2) or "").rstrip())
            call.body = "\n".join(lines[number + 1 :])
            return call
        if line.strip() and not line.lstrip().startswith("#"):
            return None
    return None


def _line(lines: list[str], first: int) -> Call | None:
    last = first
    while lines[last].endswith("\\") and last + 1 < len(lines):
        last += 1
    text = "".join(line[:-1] for line in lines[first:last]) + lines[last]
    asked = _ASKED.match(text)
    if asked:
        return _indented(asked.group(1), Call("help", first, last, asked.group(3), asked.group(2)))
    assigned = _ASSIGNED.match(text)
    if assigned:
        indent, target, escape, rest = assigned.groups()
        call = _indented(indent, _escaped("!!" if escape == "!" else escape, rest, first, last))
        call.target = target
        return call
    escaped = _ESCAPED.match(text)
    if escaped is None:
        return None
    indent, escape, rest = escaped.groups()
    return _indented(indent, _escaped(escape, rest, first, last))


def _escaped(escape: str, rest: str, first: int, last: int) -> Call:
    rest = rest.strip()
    if escape == "%":
        name, _space, text = rest.partition(" ")
        return Call("line", first, last, name, text.strip())
    if escape == "!":
        return Call("system", first, last, "", rest)
    return Call("getoutput" if escape == "!!" else "help", first, last, escape, rest)


def _indented(indent: str, call: Call) -> Call:
    call.indent = indent
    return call


class _State:
    """Whether what was read so far leaves a string or a bracket open, or its last line goes on."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._continues = False

    @property
    def is_inside(self) -> bool:
        return bool(self._quote) or self._depth > 0 or self._continues

    def read(self, line: str) -> None:
        position = 0
        while position < len(line):
            if self._quote:
                position = self._read_string(line, position)
                continue
            special = _SPECIAL.search(line, position)
            char = special.group() if special else ""
            if special is None or char in ("", "#"):
                break
            position = special.start()
            quote = _QUOTES.match(line, position)
            if quote:
                self._quote = quote.group()
                position = quote.end()
                continue
            self._depth = max(0, self._depth + (1 if char in "([{" else -1))
            position += 1
        self._continues = line.endswith("\\") and ("#" not in line or bool(self._quote))
        if len(self._quote) == 1 and not self._continues:
            self._quote = ""  # a short string ends with its line, closed or not

    def _read_string(self, line: str, position: int) -> int:
        while position < len(line):
            if line[position] == "\\":
                position += 2
            elif line.startswith(self._quote, position):
                position += len(self._quote)
                self._quote = ""
                break
            else:
                position += 1
        return position
