"""The forms in which an object offers to be shown: the `_repr_*_` methods of notebooks, and those we know of."""

from __future__ import annotations

import sys
from binascii import b2a_base64

from .. import TYPE_CHECKING
from ..commands import errors
from ..link.wire import dumps, loads
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .texts import exact_text, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from typing import Any, Optional

    from ..link.messages import MimeBundle

    Method = Callable[..., Any]
    FindMethod = Callable[[str], Optional[Method]]

MAX_SIZE = 32 << 20  # of one form, in characters as sent
_METHODS = (
    ("text/html", "_repr_html_"),
    ("text/markdown", "_repr_markdown_"),
    ("image/svg+xml", "_repr_svg_"),
    ("image/png", "_repr_png_"),
    ("image/jpeg", "_repr_jpeg_"),
    ("text/latex", "_repr_latex_"),
    ("application/json", "_repr_json_"),
)
_CANARY = "_extsession_canary_method_that_does_not_exist_"
_last_id = 0

formatters: dict[type, Callable[[Any], dict[str, object]]] = {}  # by class, for those that have no method
companions: dict[str, tuple[str, str]] = {}  # by MIME type: another type and its data, which it is sent with


def new_id() -> str:
    global _last_id
    _last_id += 1
    return "display-%d" % _last_id


def of(
    value: object, include: Container[str] | None = None, exclude: Container[str] | None = None
) -> MimeBundle | None:
    """All forms of `value` that can be sent; None when it has displayed itself. Raises what its `__repr__` raises.

    A form whose method raises is left out, and its traceback goes to the command's stderr.
    """
    find = _method_finder(value)
    show = find("_ipython_display_")
    if show is not None:
        show()
        return None
    found: dict[str, object] = {}
    own = find("_repr_mimebundle_")
    if own is not None:
        found.update(_first(attempt(lambda: own(include=include, exclude=exclude))) or {})
    for mime, name in _METHODS:
        method = find(name) if mime not in found else None
        if method is not None:
            found[mime] = attempt(method)
    for kind, formatter in formatters.items():
        if issubclass(type(value), kind):
            found.update(formatter(value))
    found = {mime: data for mime, data in found.items() if _is_wanted(mime, include, exclude)}
    if "text/plain" not in found and _is_wanted("text/plain", None, exclude):
        found["text/plain"] = _pretty_text(value, find) or plain_text(value)
    return sendable(found)


def _pretty_text(value: object, find: FindMethod) -> Any:
    """For those that describe themselves to IPython, once it has been imported."""
    pretty = sys.modules.get("IPython.lib.pretty")
    if pretty is None or find("_repr_pretty_") is None:
        return None
    return attempt(lambda: plain_text(value, pretty.pretty))


def _is_wanted(mime: str, include: Container[str] | None, exclude: Container[str] | None) -> bool:
    return (not include or mime in include) and not (exclude and mime in exclude)


def _method_finder(value: object) -> FindMethod:
    """Finds methods of `value` by name; none of classes, nor of objects that claim to have every attribute."""

    def look_up(name: str) -> Method | None:
        try:
            method = getattr(value, name, None)
        except Exception:
            return None
        return method if callable(method) else None

    if issubclass(type(value), type) or look_up(_CANARY) is not None:
        return _find_none
    return look_up


def _find_none(_name: str) -> None: ...


def attempt(method: Method) -> Any:
    try:
        return method()
    except NotImplementedError:
        return None
    except Exception as error:
        sys.stderr.write(errors.describe(error)["traceback"])
        return None


def _first(data: Any) -> Any:
    """Data without the metadata that may come with it."""
    return data[0] if issubclass(type(data), tuple) and len(data) == 2 else data


def sendable(found: Mapping[str, object]) -> MimeBundle:
    """Text as str, binary data as base64, JSON as plain data; what is none of these, or too large, is left out."""
    bundle: MimeBundle = {}
    notes: list[str] = []
    for mime, data in found.items():
        data = _as_sent(mime, _first(data))
        if data is None:
            continue
        size = len(data) if type(data) is str else len(dumps(data))
        if size > MAX_SIZE:
            notes.append("[%s of %d MB left out: more than %d MB]" % (mime, size >> 20, MAX_SIZE >> 20))
        else:
            bundle[exact_text(mime)] = data
            bundle.update([companions[mime]] if mime in companions else ())
    if notes:
        text: Any = bundle.get("text/plain")
        bundle["text/plain"] = "\n".join([text, *notes] if text else notes)
    return bundle


def _as_sent(mime: str, data: Any) -> Any:
    if data is None:
        return None
    if issubclass(type(data), (bytes, bytearray, memoryview)):
        return b2a_base64(data, newline=False).decode("ascii")
    if issubclass(type(data), str):
        return exact_text(data)
    if mime == "application/json" or mime.endswith("+json"):
        return attempt(lambda: _plain_json(mime, data))
    return None


def _plain_json(mime: str, data: object) -> object:
    try:
        return loads(dumps(data))
    except (TypeError, ValueError, RecursionError):
        raise TypeError("the object's %s is not JSON serializable" % mime) from None
