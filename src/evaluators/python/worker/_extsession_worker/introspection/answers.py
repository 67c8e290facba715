"""Answers about the namespace, given by the side thread while a command runs too. Runs no code of the user's.

Positions in source are UTF-16 code units on the wire and indices into a str in here.
"""

from __future__ import annotations

from ..pristine import builtins as __builtins__  # noqa: F401
from . import completion, expression, lookup, signature, summary
from .lexer import Lexer, identifier_end

_MAX_VARIABLES = 5000
_MAX_DOCUMENTATION = 20_000
_ATTEMPTS = 3


def answer(message: dict[str, object], namespace: dict[str, object]) -> dict[str, object]:
    """The reply to a 'variables', 'complete' or 'inspect' message."""
    for attempt in range(_ATTEMPTS):
        try:
            return _answer(message, lookup.names_only(namespace))
        except (RuntimeError, LookupError):  # the running command changed an object while we looked at it
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


def _answer(message: dict[str, object], namespace: dict[str, object]) -> dict[str, object]:
    kind = message["t"]
    if kind == "variables":
        return {"variables": variables(namespace)}
    source: str = message["source"]  # type: ignore[assignment]
    cursor = from_utf16(source, message["offset"])  # type: ignore[arg-type]
    if kind == "inspect":
        found = inspect(namespace, source, cursor)
        return {} if found is None else {"data": found}
    start, (items, is_whole) = completion.complete(namespace, source, cursor)
    described = [{"text": text, "kind": of, **({"type": name} if name else {})} for text, of, name in items]
    found = {"start": to_utf16(source, start), "end": to_utf16(source, cursor), "items": described}
    return {"completions": found if is_whole else {**found, "isIncomplete": True}}


def variables(namespace: dict[str, object]) -> list[dict[str, object]]:
    """The namespace in the order of its making, without Python's own `__names__`."""
    described = []
    for name, value in namespace.items():
        if type(name) is not str or (name.startswith("__") and name.endswith("__")):
            continue
        described.append(_variable(name, value))
        if len(described) == _MAX_VARIABLES:
            break
    return described


def _variable(name: str, value: object) -> dict[str, object]:
    variable: dict[str, object] = {"name": name, "type": lookup.type_name(type(value))}
    for key, text in (("summary", summary.summarize(value)), ("size", summary.size(value))):
        if text is not None:
            variable[key] = text
    return variable


def inspect(namespace: dict[str, object], source: str, cursor: int) -> dict[str, object] | None:
    """What the name at the cursor, else the call around it, leads to."""
    lexer = Lexer(source[: identifier_end(source, cursor)])
    tokens = lexer.tokens
    if lexer.inside or not tokens:
        return None
    if not (tokens[-1].kind == "name" and tokens[-1].end >= cursor):
        tokens = expression.open_call(tokens) or []
    path = expression.path_before(tokens)
    value = completion.resolve(namespace, path) if path else lookup.UNKNOWN
    if not path or value is lookup.UNKNOWN:
        return None
    return _description(tokens[-1].text, value, completion.is_bound(namespace, path))


def _description(name: str, value: object, bound: bool) -> dict[str, object]:
    head = _head(name, value, bound)
    text = signature.documentation(value) or ""
    if len(text) > _MAX_DOCUMENTATION:
        text = text[:_MAX_DOCUMENTATION] + "\n…"
    fence = "```"
    while fence in text or fence in head:
        fence += "`"
    markdown = "%spython\n%s\n%s" % (fence, head, fence)
    if text:
        markdown += "\n\n%stext\n%s\n%s" % (fence, text, fence)
    return {"text/plain": head + ("\n\n" + text if text else ""), "text/markdown": markdown}


def _head(name: str, value: object, bound: bool) -> str:
    if lookup.is_module(value):
        return "module " + str(lookup.own_attributes(value).get("__name__", name))
    if lookup.is_class(value):
        return "class " + lookup.type_name(value) + (signature.signature(value) or "")  # type: ignore[arg-type]
    if type(value) in lookup.FUNCTIONS:
        return "def " + name + (signature.signature(value, bound) or "(…)")
    text, size = summary.summarize(value), summary.size(value)
    head = name + ": " + lookup.type_name(type(value))
    return head + (" = " + text if text else "") + (" # " + size if size and not text else "")


def from_utf16(source: str, offset: int) -> int:
    if source.isascii():
        return min(offset, len(source))
    return len(source.encode("utf-16-le", "surrogatepass")[: 2 * offset].decode("utf-16-le", "surrogatepass"))


def to_utf16(source: str, index: int) -> int:
    return index if source.isascii() else len(source[:index].encode("utf-16-le", "surrogatepass")) // 2
