"""Answers about the namespace, given by the side thread while a command runs too. Runs no code of the user's.

Positions in source are UTF-16 code units on the wire and indices into a str in here.
"""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401
from . import completion, expression, lookup, signature, summary
from .lexer import Lexer, identifier_end

if TYPE_CHECKING:
    from ..link.messages import AnswerParts, Completion, Completions, MimeBundle, NamespaceQuestion, Variable

_MAX_VARIABLES = 5000
_MAX_DOCUMENTATION = 20_000
_ATTEMPTS = 3


def answer(message: NamespaceQuestion, namespace: dict[str, object]) -> AnswerParts:
    """The reply to a 'variables', 'complete' or 'inspect' message."""
    for attempt in range(_ATTEMPTS):
        try:
            return _answer(message, lookup.names_only(namespace))
        except (RuntimeError, LookupError):  # the running command changed an object while we looked at it
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


def _answer(message: NamespaceQuestion, namespace: dict[str, object]) -> AnswerParts:
    if message["t"] == "variables":
        return {"variables": variables(namespace)}
    source = message["source"]
    cursor = from_utf16(source, message["offset"])
    if message["t"] == "inspect":
        found = inspect(namespace, source, cursor)
        return {} if found is None else {"data": found}
    start, (items, is_whole) = completion.complete(namespace, source, cursor)
    completions: Completions = {
        "start": to_utf16(source, start),
        "end": to_utf16(source, cursor),
        "items": [_completion(*item) for item in items],
    }
    if not is_whole:
        completions["isIncomplete"] = True
    return {"completions": completions}


def _completion(text: str, kind: str, type_name: str | None) -> Completion:
    return {"text": text, "kind": kind, "type": type_name} if type_name else {"text": text, "kind": kind}


def variables(namespace: dict[str, object]) -> list[Variable]:
    """The namespace in the order of its making, without Python's own `__names__`."""
    described: list[Variable] = []
    for name, value in namespace.items():
        if name.startswith("__") and name.endswith("__"):
            continue
        described.append(_variable(name, value))
        if len(described) == _MAX_VARIABLES:
            break
    return described


def _variable(name: str, value: object) -> Variable:
    variable: Variable = {"name": name, "type": lookup.type_name(type(value))}
    text, size = summary.summarize(value), summary.size(value)
    if text is not None:
        variable["summary"] = text
    if size is not None:
        variable["size"] = size
    return variable


def inspect(namespace: dict[str, object], source: str, cursor: int) -> MimeBundle | None:
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


def _description(name: str, value: object, bound: bool) -> MimeBundle:
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
        return "class " + lookup.type_name(value) + (signature.signature(value) or "")
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
