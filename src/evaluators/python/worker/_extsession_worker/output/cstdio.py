"""The C library's own stdout: line buffered, so that it keeps its place, and flushed at each command's end."""

from __future__ import annotations

import os

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def _no_flush() -> None:
    """Where the C library can't be reached there is nothing to flush."""


def open_c_stdio() -> Callable[[], object]:
    """Makes C's stdout line buffered; returns the function that flushes all C streams.

    `_ctypes` alone suffices and costs a tenth of importing `ctypes`.
    """
    if os.name == "nt":
        return _open_on_windows()
    try:
        import _ctypes
    except ImportError:
        return _no_flush
    ctypes: Any = _ctypes

    class Pointer(ctypes._SimpleCData):
        _type_ = "P"

    class Int(ctypes._SimpleCData):
        _type_ = "i"

    class Size(ctypes._SimpleCData):
        _type_ = "L"

    class SetBuffer(ctypes.CFuncPtr):
        _flags_ = ctypes.FUNCFLAG_CDECL
        _restype_ = Int
        _argtypes_ = (Pointer, Pointer, Int, Size)

    class Flush(ctypes.CFuncPtr):
        _flags_ = ctypes.FUNCFLAG_CDECL
        _restype_ = Int
        _argtypes_ = (Pointer,)

    try:
        libc = ctypes.dlopen(None, 0)
        fflush = Flush(ctypes.dlsym(libc, "fflush"))
        for name in ("stdout", "__stdoutp"):  # glibc and musl; macOS and the BSDs
            try:
                stdout: object = Pointer.from_address(ctypes.dlsym(libc, name)).value
            except OSError:
                continue
            SetBuffer(ctypes.dlsym(libc, "setvbuf"))(stdout, None, 1, 0)
            break
    except (AttributeError, OSError):
        return _no_flush
    return lambda: fflush(None)


def _open_on_windows() -> Callable[[], object]:
    """There is no line buffering there."""
    from ..link.kernel import load

    try:
        fflush = load("ucrtbase", "fflush")
    except (AttributeError, ImportError, OSError):
        return _no_flush
    return lambda: fflush(None)
