"""Answers about the namespace, given by the side thread while a command runs too. Runs no code of the user's.

Positions in source are UTF-16 code units on the wire and indices into a str in here.
"""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import completion, expression, known_libraries, known_summaries, listing, lookup, parts, signature, summary
from .lexer import Lexer, identifier_end

if TYPE_CHECKING:
    from ..link.messages import MimeBundle
    from ..link.question_messages import (
        AnswerParts,
        Completion,
        Completions,
        NamespaceQuestion,
        PartsQuestion,
        Variable,
        VariableParts,
    )

_MAX_DOCUMENTATION = 20_000
_ATTEMPTS = 3
_MAX_PARTS = 1000


def answer(message: NamespaceQuestion, namespace: dict[str, object]) -> AnswerParts:
    """The reply to a 'variables', 'parts', 'complete' or 'inspect' message."""
    for attempt in range(_ATTEMPTS):
        try:
            return _answer(message, lookup.names_only(namespace))
        except (RuntimeError, LookupError):  # the running command changed an object while we looked at it
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


def _answer(message: NamespaceQuestion, namespace: dict[str, object]) -> AnswerParts:
    if message["t"] == "variables":
        known_libraries.find()
        return listing.answer(message, namespace, detailed if message.get("details") else _variable)
    if message["t"] == "parts":
        known_libraries.find()
        return {"parts": parts_of(namespace, message)}
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


def parts_of(namespace: dict[str, object], message: PartsQuestion) -> VariableParts:
    """A page of what a variable, or a part of it, consists of."""
    value = parts.follow(namespace[message["name"]], message["path"])
    total, read = parts.pages(value)
    stop = message["start"] + min(message["count"], _MAX_PARTS)
    items: list[Variable] = []
    for label, code, one in read(message["start"], stop):
        described = detailed(label, one)
        if code is not None:
            described["code"] = code
        items.append(described)
    found: VariableParts = {"total": total, "items": items}
    if message.get("asCode"):
        from .literals import code_of

        code = code_of(value)
        if code is not None:
            found["code"] = code
    return found


def _variable(name: str, value: object) -> Variable:
    variable: Variable = {"name": name, "type": lookup.type_name(type(value))}
    text, size = summary.summarize(value), summary.size(value)
    if text is not None:
        variable["summary"] = text
    if size is not None:
        variable["size"] = size
    return variable


def detailed(name: str, value: object) -> Variable:
    variable = _variable(name, value)
    size = summary.size_in_memory(value)
    if "." in variable["type"]:  # it is none of the builtin types
        text, shape = known_summaries.summarize(value), known_libraries.shape(value)
        if text is not None:
            variable["summary"] = text
        if shape is not None:
            variable["size"] = " x ".join(map(str, shape))
        size = known_libraries.size_in_memory(value)
    kind, total = _kind(value), parts.pages(value)[0]
    if kind is not None:
        variable["kind"] = kind
    if size is not None:
        variable["bytes"] = size
    if total:
        variable["parts"] = total
    return variable


def _kind(value: object) -> str | None:
    if lookup.is_module(value):
        return "module"
    if lookup.is_class(value):
        return "class"
    return "function" if type(value) in lookup.FUNCTIONS else None


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
        own_name = lookup.own_attributes(value).get("__name__")
        return "module " + (own_name if type(own_name) is str else name)
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
