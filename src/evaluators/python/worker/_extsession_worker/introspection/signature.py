"""Signatures and documentation, read off the objects: `inspect.signature` would run the user's code."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import plain_of
from . import lookup, summary

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

_LONGEST_ANNOTATION = 60
_VARIADIC, _VARIADIC_KEYWORDS = 0x04, 0x08
_text_signature_of: Callable[[type], object] = type.__dict__["__text_signature__"].__get__


class Parameters:
    """Of a Python function, by name."""

    def __init__(self, code: CodeType, bound: bool) -> None:
        names = list(code.co_varnames)
        plain, keyword_only = code.co_argcount, code.co_kwonlyargcount
        rest = names[plain + keyword_only :]
        flags = code.co_flags
        self.positional = names[:plain][1 if bound else 0 :]
        self.keyword_only = names[plain : plain + keyword_only]
        self.positional_only = max(0, getattr(code, "co_posonlyargcount", 0) - (1 if bound else 0))
        self.variadic = rest.pop(0) if flags & _VARIADIC else None
        self.variadic_keywords = rest.pop(0) if flags & _VARIADIC_KEYWORDS else None

    @property
    def keywords(self) -> list[str]:
        """The ones that may be given by name."""
        return self.positional[self.positional_only :] + self.keyword_only


def function_of(value: object) -> tuple[object, bool]:
    """What runs when `value` is called, and whether its first argument is given already."""
    value = plain_of(value)
    if lookup.is_class(value):
        for name in ("__init__", "__new__"):
            found = lookup.attribute(value, name)
            if type(found) is lookup.Function:
                return found, True
        return value, False
    if type(value) is lookup.Method:
        return value.__func__, True
    return value, False


def parameters(value: object, bound: bool = False) -> Parameters | None:
    """Of what `value` calls when that is a Python function. `bound`: it was found on an instance."""
    function, gives_first = function_of(value)
    if type(function) is not lookup.Function:
        return None
    return Parameters(function.__code__, bound or gives_first)


def signature(value: object, bound: bool = False) -> str | None:
    """Such as `(a, *, b=1)`; None where there is none or it is not known."""
    known = parameters(value, bound)
    if known is None:
        text = _builtin_signature(plain_of(value))
        return _without_first(text) if text and bound else text
    function: Any = function_of(value)[0]
    defaults = _defaults(function, known)
    annotations = _annotations(function)
    parts: list[str] = []
    for index, name in enumerate(known.positional):
        parts.append(_parameter(name, defaults, annotations))
        if index + 1 == known.positional_only:
            parts.append("/")
    if known.variadic or known.keyword_only:
        parts.append("*" + _parameter(known.variadic, {}, annotations) if known.variadic else "*")
    parts += [_parameter(name, defaults, annotations) for name in known.keyword_only]
    if known.variadic_keywords:
        parts.append("**" + _parameter(known.variadic_keywords, {}, annotations))
    returns = annotations.get("return")
    return "(" + ", ".join(parts) + ")" + (" -> " + returns if returns else "")


def _parameter(name: str, defaults: dict[str, str], annotations: dict[str, str]) -> str:
    text = name + (": " + annotations[name] if name in annotations else "")
    if name not in defaults:
        return text
    return text + (" = " if name in annotations else "=") + defaults[name]


def _defaults(function: lookup.Function, known: Parameters) -> dict[str, str]:
    texts: dict[str, str] = {}
    values = function.__defaults__
    if lookup.is_tuple(values) and values:
        for name, value in zip(known.positional[-len(values) :], values[-len(known.positional) :]):
            texts[name] = summary.summarize(value) or "…"
    by_name = function.__kwdefaults__
    if lookup.is_dict(by_name):
        for name in known.keyword_only:
            if name in by_name:
                texts[name] = summary.summarize(by_name[name]) or "…"
    return texts


def _annotations(function: lookup.Function) -> dict[str, str]:
    annotate: object = getattr(function, "__annotate__", None)
    if annotate is not None:
        return _annotations_as_written(annotate)
    annotations: object = function.__annotations__
    if not lookup.is_dict(annotations):
        return {}
    return {
        name: one
        if type(one) is str
        else lookup.type_name(one)
        if type(one) is type
        else "None"
        if one is None
        else "…"
        for name, one in lookup.names_only(annotations).items()
    }


def _annotations_as_written(annotate: Any) -> dict[str, str]:
    """From Python 3.14 on, they are computed when asked for: here by names that stand for themselves."""
    if type(annotate) is not lookup.Function or annotate.__code__.co_name != "__annotate__":
        return {}  # not the compiler's, but the user's own
    with standard_library_first():
        import annotationlib  # pyright: ignore[reportMissingImports]
    lib: Any = annotationlib
    try:
        texts: dict[str, str] = lib.call_annotate_function(annotate, lib.Format.STRING)
    except Exception:
        return {}
    return {name: text if len(text) <= _LONGEST_ANNOTATION else "…" for name, text in texts.items()}


def _builtin_signature(value: object) -> str | None:
    """As the C code declares it, without the marks for arguments that are given already."""
    if type(value) in lookup.FUNCTIONS and type(value) is not lookup.Method:
        function: Any = value
        text: object = function.__text_signature__
    elif type(value) is type:
        text = _text_signature_of(value)
    else:
        return None
    if type(text) is not str:
        return None
    return text.replace("($module, /, ", "(").replace("($module, ", "(").replace("($module)", "()").replace("$", "")


def _without_first(text: str) -> str:
    for start in ("(self, /, ", "(self, ", "(type, /, ", "(type, "):
        if text.startswith(start):
            return "(" + text[len(start) :]
    return text.replace("(self, /)", "()").replace("(self)", "()")


def documentation(value: object) -> str | None:
    """The docstring of a function, class or module; of anything else its class's, unless that is a builtin one."""
    if type(value) is lookup.Method:
        value = value.__func__
    if type(value) in lookup.FUNCTIONS:
        text = value.__doc__
    elif lookup.is_module(value):
        text = lookup.own_attributes(value).get("__doc__")
    else:
        kind = value if lookup.is_class(value) else type(value)
        text = lookup.own_attributes(kind).get("__doc__")
        if kind is not value and "." not in lookup.type_name(kind):
            text = None
    return _dedent(text) if type(text) is str else None


def _dedent(text: str) -> str:
    lines = text.expandtabs().splitlines()
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(margins) if margins else 0
    return "\n".join([line.strip() for line in lines[:1]] + [line[margin:].rstrip() for line in lines[1:]]).strip("\n")
