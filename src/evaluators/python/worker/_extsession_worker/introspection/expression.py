"""What stands at a cursor: names, attributes and items that lead to an object, read backwards from there."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import List, Literal, Tuple, Union

    from .lexer import Token

    # A path to an object: ("name", "df"), then ("attribute", "columns") or ("item", 0). That to a string: ("text", "").
    Step = Union[Tuple[Literal["name", "attribute", "text"], str], Tuple[Literal["item"], Union[int, str]]]
    Path = List[Step]


def path_before(tokens: list[Token]) -> Path | None:
    """The path to the object that the last tokens name; None when it would have to be computed to be known."""
    steps: Path = []
    at = len(tokens) - 1
    while at >= 0:
        token = tokens[at]
        if token.is_operator("]"):
            item = _literal_item(tokens[: at + 1])
            if item is None:
                return None
            steps.append(("item", item[0]))
            at -= item[1]
            continue
        if token.kind == "string":
            steps.append(("text", ""))
            return steps[::-1]
        if not token.is_identifier():
            return None
        if at > 0 and tokens[at - 1].is_operator("."):
            steps.append(("attribute", token.text))
            at -= 2
            continue
        steps.append(("name", token.text))
        return steps[::-1]
    return None


def _literal_item(tokens: list[Token]) -> tuple[int | str, int] | None:
    """The key of a subscript `[0]`, `[-1]` or `['a']` at the end, and how many tokens it takes."""
    count = 4 if len(tokens) > 4 and tokens[-3].is_operator("-") else 3
    if len(tokens) <= count or not tokens[-count].is_operator("["):
        return None
    key = literal(tokens[-2])
    if count == 4:
        return (-key, count) if type(key) is int else None
    return None if key is None else (key, count)


def literal(token: Token) -> int | str | None:
    """The value of a plain string or decimal number; None when it is neither."""
    text = token.text
    if token.kind == "number" and text.isdigit() and len(text) < 10:
        return int(text)
    if token.kind != "string" or "\\" in text or text[0] not in "'\"" or text[:3] in ("'''", '"""'):
        return None
    return text[1:-1] if len(text) > 1 and text[-1] == text[0] else None


def open_call(tokens: list[Token]) -> list[Token] | None:
    """The tokens up to the innermost `(` that is still open and follows something that can be called."""
    depth = 0
    for at in range(len(tokens) - 1, 0, -1):
        token = tokens[at]
        if token.is_operator(")]}"):
            depth += 1
        elif token.is_operator("([{"):
            if depth:
                depth -= 1
            elif token.text == "(" and (tokens[at - 1].is_identifier() or tokens[at - 1].is_operator("]")):
                return tokens[:at]
            else:
                return None
    return None


def statement(tokens: list[Token]) -> list[Token]:
    """The tokens of the last, unfinished simple statement."""
    for at in range(len(tokens) - 1, -1, -1):
        if tokens[at].kind == "end" or tokens[at].is_operator(";"):
            return tokens[at + 1 :]
    return tokens
