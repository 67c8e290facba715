"""What can be written at a cursor. Runs no code but our own: a name leads to an object only where plain reads do."""

from __future__ import annotations

import builtins as current_builtins
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import expression, lookup, signature
from .lexer import KEYWORDS, Lexer, Token
from .modules import module_names

if TYPE_CHECKING:
    from typing import List, Optional, Tuple

    Candidate = Tuple[str, str, object]  # its text, its kind unless the value says more, what it names or UNKNOWN
    Item = Tuple[str, str, Optional[str]]  # its text, its kind, the type of what it names or None
    Offer = Tuple[List[Item], bool]  # items, and whether they are all that begin with the text

_MAX_ITEMS = 1000
_CALLABLE = ("functools._lru_cache_wrapper", "numpy.ufunc")
_NOTHING: Offer = ([], True)


def complete(namespace: dict[str, object], source: str, cursor: int) -> tuple[int, Offer]:
    """Where the text to replace begins, and what may stand there."""
    magic = _magic_before(source[:cursor])
    if magic:
        from ..magics.ipython_shell import magic_names

        names: list[Candidate] = [(name, "keyword", lookup.UNKNOWN) for name in magic_names()]
        return cursor - len(magic), _matching(names, magic)
    lexer = Lexer(source[:cursor])
    tokens = lexer.tokens
    if lexer.inside == "string":
        return _complete_key(namespace, tokens)
    if lexer.inside == "comment":
        return cursor, _NOTHING
    prefix, start = "", cursor
    if tokens and tokens[-1].kind in ("name", "number") and tokens[-1].end == cursor:
        if tokens[-1].kind == "number":
            return cursor, _NOTHING
        prefix, start = tokens[-1].text, tokens[-1].start
        tokens = tokens[:-1]
    return start, _matching(_candidates(namespace, tokens), prefix)


def _magic_before(source: str) -> str:
    """The beginning of a magic at the end; empty where `%` is the remainder, as on a line that continues another."""
    start = source.rfind("\n") + 1
    word = source[start:].rpartition("=")[2].lstrip()
    name = word.lstrip("%")
    if not word.startswith("%") or (name and not name.isidentifier()):
        return ""
    above = Lexer(source[:start])
    return word if not above.inside and (not above.tokens or above.tokens[-1].kind == "end") else ""


def _candidates(namespace: dict[str, object], tokens: list[Token]) -> list[Candidate]:
    imported = _imported(expression.statement(tokens))
    if imported is not None:
        return imported
    if tokens and tokens[-1].is_operator("."):
        return _attributes(namespace, tokens[:-1])
    if tokens and tokens[-1].text in ("def", "class", "as"):
        return []
    keywords: list[Candidate] = [(word, "keyword", lookup.UNKNOWN) for word in KEYWORDS]
    return _arguments(namespace, tokens) + _names(namespace) + keywords


def _names(namespace: dict[str, object]) -> list[Candidate]:
    known = lookup.names_only(current_builtins.__dict__)
    known.update(namespace)
    return [(name, "variable", value) for name, value in known.items()]


def _attributes(namespace: dict[str, object], tokens: list[Token]) -> list[Candidate]:
    path = expression.path_before(tokens)
    value = resolve(namespace, path) if path else lookup.UNKNOWN
    if value is lookup.UNKNOWN:
        return []
    found = lookup.attributes(value)
    items: list[Candidate] = [(name, "property", one) for name, one in found.items()]
    package = found.get("__name__")
    if lookup.is_module(value) and type(package) is str and "__path__" in found:
        submodules = module_names(package)
        items += [(name, "module", lookup.UNKNOWN) for name in submodules if name not in found]
    return items


def resolve(namespace: dict[str, object], path: expression.Path) -> object:
    """The object that a path leads to; UNKNOWN when it is not there or only running code could tell."""
    value: object = lookup.UNKNOWN
    for step in path:
        if step[0] == "text":
            value = ""
        elif step[0] == "name":
            value = namespace.get(step[1], current_builtins.__dict__.get(step[1], lookup.UNKNOWN))
        elif step[0] == "item":
            value = lookup.item(value, step[1])
        else:
            value = lookup.attribute(value, step[1])
        if value is lookup.UNKNOWN:
            break
    return value


def _arguments(namespace: dict[str, object], tokens: list[Token]) -> list[Candidate]:
    """`name=` for each parameter of the call that is open."""
    if not tokens or not tokens[-1].is_operator("(,"):
        return []
    called = expression.open_call(tokens)
    path = expression.path_before(called) if called else None
    if not path:
        return []
    known = signature.parameters(resolve(namespace, path), is_bound(namespace, path))
    return [(name + "=", "variable", lookup.UNKNOWN) for name in known.keywords] if known else []


def is_bound(namespace: dict[str, object], path: expression.Path) -> bool:
    """Whether a function that the path leads to gets its first argument from the object it was found on."""
    if len(path) < 2:
        return False
    last = path[-1]
    if last[0] != "attribute":
        return False
    holder = resolve(namespace, path[:-1])
    if lookup.is_module(holder):
        return False
    name = last[1]
    kinds = lookup.mro(holder) if lookup.is_class(holder) else lookup.mro(type(holder))
    for kind in kinds:
        one = lookup.own_attributes(kind).get(name)
        if one is not None:
            return type(one) is classmethod or (not lookup.is_class(holder) and type(one) is not staticmethod)
    return False


def _imported(tokens: list[Token]) -> list[Candidate] | None:
    """What an import statement may name next; None when the tokens begin none."""
    words = [token.text for token in tokens]
    if words[:1] == ["import"]:
        return _modules(_dotted_end(words[1:]))
    if words[:1] != ["from"]:
        return None
    if "import" not in words:
        return _modules(words[1:])
    if words[-1] == "as":
        return []
    return _members("".join(words[1 : words.index("import")]))


def _dotted_end(words: list[str]) -> list[str]:
    """The words since the last comma."""
    return _dotted_end(words[words.index(",") + 1 :]) if "," in words else words


def _modules(words: list[str]) -> list[Candidate]:
    if "as" in words or (words and words[-1] != "."):
        return []
    return [(name, "module", lookup.UNKNOWN) for name in module_names("".join(words[:-1]))]


def _members(name: str) -> list[Candidate]:
    items: list[Candidate] = [(found, "module", lookup.UNKNOWN) for found in module_names(name)]
    module = sys.modules.get(name)
    if module is not None and lookup.is_module(module):
        items += [(found, "variable", one) for found, one in lookup.own_attributes(module).items()]
    return items


def _complete_key(namespace: dict[str, object], tokens: list[Token]) -> tuple[int, Offer]:
    """A key of a plain dict, inside the string that a subscript begins with."""
    opened = tokens[-1]
    start = opened.start + 1
    if opened.text[0] not in "'\"" or opened.text[1:2] == opened.text[0] or len(tokens) < 3:
        return opened.end, _NOTHING
    path = expression.path_before(tokens[:-2]) if tokens[-2].is_operator("[") else None
    value = resolve(namespace, path) if path else None
    if not lookup.is_dict(value):
        return opened.end, _NOTHING
    entries = [(key, one) for key, one in lookup.entries(value) if type(key) is str and _is_plain_text(key)]
    return start, _matching([(key, "property", one) for key, one in entries], opened.text[1:])


def _is_plain_text(key: str) -> bool:
    return key.isprintable() and not any(character in key for character in "'\"\\")


def _item(name: str, otherwise: str, value: object) -> Item:
    if value is lookup.UNKNOWN:
        return name, otherwise, None
    kind = type(value)
    type_name = lookup.type_name(kind)
    if lookup.is_module(value):
        return name, "module", type_name
    if lookup.is_class(value):
        return name, "class", type_name
    if kind in lookup.FUNCTIONS or type_name in _CALLABLE:
        return name, "function", type_name
    return name, otherwise, type_name


def _matching(candidates: list[Candidate], prefix: str) -> Offer:
    """Those that begin with the prefix, in either case, arguments first; `_names` only when it begins so too."""
    wanted = prefix.lower()
    found = {item[0]: item for item in reversed(candidates) if item[0].lower().startswith(wanted)}
    shown = [item for item in found.values() if prefix.startswith("_") or not item[0].startswith("_")]
    shown.sort(key=lambda item: _rank(item[0], prefix))
    return [_item(*item) for item in shown[:_MAX_ITEMS]], len(found) <= min(len(shown), _MAX_ITEMS)


def _rank(text: str, prefix: str) -> tuple[object, ...]:
    return not text.endswith("="), not text.startswith(prefix), text.startswith("__"), text.lower(), text
