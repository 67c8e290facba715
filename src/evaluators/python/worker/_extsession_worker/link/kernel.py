"""Functions of Windows' own libraries, and what the worker sets with them once. `_ctypes` alone suffices."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_UTF_8 = 65001
_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_BREAKAWAY_OK, _KILL_ON_JOB_CLOSE = 0x800, 0x2000
_FLAGS_AT, _SIZES = 16, {8: 144, 4: 112}  # of JOBOBJECT_EXTENDED_LIMIT_INFORMATION, by the size of a pointer


def load(library: str, name: str) -> Callable[..., Any]:
    """A function whose arguments are pointers or integers, and whose result is a handle or a number of 32 bits.

    Raises OSError or AttributeError without it.
    """
    import _ctypes

    ctypes: Any = _ctypes

    class Pointer(ctypes._SimpleCData):
        _type_ = "P"

    class Function(ctypes.CFuncPtr):
        _flags_ = ctypes.FUNCFLAG_CDECL if library == "ucrtbase" else ctypes.FUNCFLAG_STDCALL
        _restype_ = Pointer

    class Library:
        _name = library
        _handle = ctypes.LoadLibrary(library + ".dll")

    function = Function((name, Library()))

    def call(*arguments: Any) -> Any:
        result = function(*(one if isinstance(one, bytes) else Pointer(one) for one in arguments)).value
        return (result or 0) & 0xFFFFFFFF  # of a number, the rest is undefined

    return call


def job_limits(pointer_size: int) -> bytes:
    """The structure by which a job's processes end with the last handle of it, unless one was started to break away."""
    limits = bytearray(_SIZES[pointer_size])
    limits[_FLAGS_AT : _FLAGS_AT + 4] = (_BREAKAWAY_OK | _KILL_ON_JOB_CLOSE).to_bytes(4, "little")
    return bytes(limits)


def prepare(load: Callable[[str, str], Callable[..., Any]] = load) -> None:
    """What a worker asks of the system before the first command. Each is an improvement that can be done without."""
    for step in (_hear_interrupts, _write_utf_8, _end_with_children):
        try:
            step(load)
        except (AttributeError, ImportError, OSError):
            continue


def _hear_interrupts(load: Callable[[str, str], Callable[..., Any]]) -> None:
    """A parent process may have passed on that Ctrl+C is ignored."""
    load("kernel32", "SetConsoleCtrlHandler")(None, 0)


def _write_utf_8(load: Callable[[str, str], Callable[..., Any]]) -> None:
    """What cmd and other programs write in the code page of their console, which is the worker's own."""
    load("kernel32", "SetConsoleOutputCP")(_UTF_8)


def _end_with_children(load: Callable[[str, str], Callable[..., Any]]) -> None:
    """However this process ends, what it has started ends with it: the handle of the job is never closed before."""
    from sys import maxsize

    job = load("kernel32", "CreateJobObjectW")(None, None)
    limits = job_limits(8 if maxsize > 1 << 32 else 4)
    if job and load("kernel32", "SetInformationJobObject")(job, _EXTENDED_LIMITS, limits, len(limits)):
        load("kernel32", "AssignProcessToJobObject")(job, -1)  # -1 is this process
