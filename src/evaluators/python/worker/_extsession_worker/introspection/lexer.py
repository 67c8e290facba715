"""Python source as tokens, up to a cursor: good enough to tell what stands there, for source that is not finished."""

from __future__ import annotations

from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

_OPEN, _CLOSE = "([{", ")]}"
_STRING_PREFIXES = frozenset(("", "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"))
KEYWORDS = frozenset(
    [
        "False",
        "None",
        "True",
        "and",
        "as",
        "assert",
        "async",
        "await",
        "break",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "else",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "if",
        "import",
        "in",
        "is",
        "lambda",
        "nonlocal",
        "not",
        "or",
        "pass",
        "raise",
        "return",
        "try",
        "while",
        "with",
        "yield",
    ]
)


class Token:
    """`kind` is 'name', 'number', 'string', 'end' of a line, or 'operator'; the text is `source[start:end]`."""

    __slots__ = ("kind", "text", "start", "end")

    def __init__(self, kind: str, text: str, start: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = start + len(text)

    def is_operator(self, characters: str) -> bool:
        return self.kind == "operator" and self.text in characters

    def is_identifier(self) -> bool:
        return self.kind == "name" and self.text not in KEYWORDS


class Lexer:
    """`tokens` of `source`; `inside` is 'string' or 'comment' when it ends in one that is still open, else ''.

    Line ends inside brackets are left out. A string that is still open is the last token.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._depth = 0
        self.tokens: list[Token] = []
        self.inside = ""
        at = 0
        while at < len(source):
            at = self._next(at)

    def _next(self, at: int) -> int:
        source, character = self._source, self._source[at]
        if character == "\n":
            if not self._depth:
                self._add("end", at, at + 1)
            return at + 1
        if character.isspace() or character == "\\":
            return at + (2 if source.startswith("\\\n", at) else 1)
        if character == "#":
            end = source.find("\n", at)
            if end < 0:
                self.inside = "comment"
            return len(source) if end < 0 else end
        if character in "\"'":
            return self._string(at, at)
        if character.isdigit() or (character == "." and source[at + 1 : at + 2].isdigit()):
            return self._number(at)
        if is_identifier_part(character):
            end = identifier_end(source, at)
            if source[end : end + 1] in ("'", '"') and source[at:end].lower() in _STRING_PREFIXES:
                return self._string(at, end)
            return self._add("name", at, end)
        if character in _OPEN:
            self._depth += 1
        elif character in _CLOSE:
            self._depth = max(0, self._depth - 1)
        return self._add("operator", at, at + 1)

    def _number(self, at: int) -> int:
        end = at
        while is_identifier_part(self._source[end : end + 1]) or self._source[end : end + 1] == ".":
            end += 1
        return self._add("number", at, end)

    def _string(self, start: int, quote_at: int) -> int:
        """The string whose prefix begins at `start`; an unfinished one of one line ends with its line."""
        source, quote = self._source, self._source[quote_at]
        triple = source.startswith(quote * 3, quote_at)
        closing = quote * 3 if triple else quote
        at = quote_at + len(closing)
        while at < len(source):
            if source[at] == "\\":
                at += 2
            elif source.startswith(closing, at):
                return self._add("string", start, at + len(closing))
            elif source[at] == "\n" and not triple:
                return self._add("string", start, at)
            else:
                at += 1
        self.inside = "string"
        return self._add("string", start, len(source))

    def _add(self, kind: str, start: int, end: int) -> int:
        self.tokens.append(Token(kind, self._source[start:end], start))
        return end


def is_identifier_part(character: str) -> bool:
    return character != "" and ("a" + character).isidentifier()


def identifier_end(source: str, at: int) -> int:
    """Where the identifier that has a part at `at` ends."""
    while is_identifier_part(source[at : at + 1]):
        at += 1
    return at
