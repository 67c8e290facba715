"""Values for the host: JSON where JSON can say it, else a tagged object `{"$": kind, ...}`.

Only exact types are read, so that no method of a class of the user's runs, but for pickling and `repr` of what is left.
"""

from __future__ import annotations

import sys
from binascii import b2a_base64

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..link.wire import TOO_LARGE, fits
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol, Union

    Bytes = Union[bytes, bytearray, memoryview]

    class _DType(Protocol):
        name: str
        kind: str
        itemsize: int

        def newbyteorder(self, order: str) -> _DType: ...

    class _Array(Protocol):
        dtype: _DType
        shape: tuple[int, ...]
        nbytes: int

        def astype(self, dtype: _DType, *, order: str, copy: bool) -> _Array: ...
        def tobytes(self) -> bytes: ...


MAX_DEPTH = 100
MAX_ITEMS = 2_000_000
MAX_BYTES = 256 << 20
_SAFE_INTEGER = 2**53 - 1
_PLAIN_NUMBERS = "biuf"
_CONTAINERS = frozenset(map(id, (list, tuple, set, frozenset, dict)))  # to hash a class may run its metaclass
_module_of: Callable[[type], object] = type.__dict__["__module__"].__get__
_qualname_of: Callable[[type], str] = type.__dict__["__qualname__"].__get__


def encode(value: object) -> object:
    """`value` as JSON-ready data. Raises ValueError for cycles and for what is too deep or too large."""
    return _Encoder().encode(value, 0)


class _Encoder:
    def __init__(self) -> None:
        self._open: set[int] = set()
        self._items = 0
        self._bytes = 0

    def encode(self, thing: object, depth: int) -> object:
        self._items += 1
        if self._items > MAX_ITEMS:
            raise ValueError("the value has more than %d items; read it in parts" % MAX_ITEMS)
        kind = type(thing)
        value: Any = thing
        if value is None or kind is bool:
            return value
        if kind is str:
            self._count_text(value)
            return value
        if kind is int:
            return value if -_SAFE_INTEGER <= value <= _SAFE_INTEGER else {"$": "int", "hex": "%x" % value}
        if kind is float:
            return value if value - value == 0 else {"$": "float", "text": repr(value)}
        if kind is bytes or kind is bytearray:
            return {"$": "bytes", "base64": self._base64(value)}
        if id(kind) in _CONTAINERS:
            return self._container(value, kind, depth)
        return self._array(value) or self._remote(value)

    def _container(self, value: Any, kind: type, depth: int) -> object:
        if id(value) in self._open:
            raise ValueError("the value contains itself; read the parts that you need")
        if depth >= MAX_DEPTH:
            raise ValueError("the value is nested more than %d levels deep; read it in parts" % MAX_DEPTH)
        self._open.add(id(value))
        try:
            if kind is dict:
                pairs = [(k, v) for k, v in value.items()]
                if all(type(k) is str for k, _ in pairs):
                    for key, _ in pairs:
                        self._count_text(key)
                    return {"$": "object", "items": [[k, self.encode(v, depth + 1)] for k, v in pairs]}
                return {"$": "map", "items": [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in pairs]}
            items = [self.encode(item, depth + 1) for item in value]
            return items if kind is list or kind is tuple else {"$": "set", "items": items}
        finally:
            self._open.discard(id(value))

    def _array(self, value: Any) -> object:
        numpy = sys.modules.get("numpy")
        if numpy is None or type(value) is not getattr(numpy, "ndarray", None):
            return None
        array: _Array = value
        dtype = array.dtype
        if dtype.kind not in _PLAIN_NUMBERS or dtype.itemsize > 8:
            return None
        self._count(array.nbytes)
        little = array.astype(dtype.newbyteorder("<"), order="C", copy=False)
        return {
            "$": "ndarray",
            "dtype": dtype.name,
            "shape": list(array.shape),
            "base64": _base64(little.tobytes()),
        }

    def _remote(self, value: object) -> object:
        try:
            text = _exactly(repr(value))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            text = "<%s whose repr() raised %s>" % (_type_name(type(value)), _type_name(type(error)))
        encoded: dict[str, object] = {"$": "remote", "type": _type_name(type(value)), "repr": text}
        self._count_text(text)
        try:
            with standard_library_first():
                import pickle

            pickled = _Pickled(MAX_BYTES - self._bytes)
            pickle.Pickler(pickled).dump(value)
        except KeyboardInterrupt:
            raise
        except BaseException:
            return encoded  # not picklable, or too large: the value goes without
        self._count(pickled.size)
        encoded["pickle"] = _base64(b"".join(pickled.parts))
        return encoded

    def _base64(self, data: Bytes) -> str:
        self._count(len(data))
        return _base64(data)

    def _count_text(self, text: str) -> None:
        self._count(len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass")))
        if not fits(text):
            raise ValueError(TOO_LARGE)

    def _count(self, size: int) -> None:
        self._bytes += size
        if self._bytes > MAX_BYTES:
            raise ValueError("the value is larger than %d MB; read it in parts" % (MAX_BYTES >> 20))


class _Pickled:
    """What a pickler writes, up to so many bytes."""

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self._limit = limit

    def write(self, data: Bytes) -> None:
        self.size += len(data)
        if self.size > self._limit:
            raise ValueError("the pickle is too large")
        self.parts.append(bytes(data))


def _base64(data: Bytes) -> str:
    return b2a_base64(data, newline=False).decode("ascii")


def _exactly(text: str) -> str:
    """A plain string: a subclass may have methods of its own."""
    return str.__str__(text)


def _type_name(kind: type) -> str:
    """Read past the metaclass, which may be the user's."""
    name = _exactly(_qualname_of(kind))
    try:
        module = _module_of(kind)
    except AttributeError:
        module = None
    if type(module) is not str or module == "builtins":
        return name
    return "%s.%s" % (module, name)
