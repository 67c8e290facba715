"""How a process ends that ran a command to its end: what `SystemExit` asks for, and what runs before."""

from __future__ import annotations

import atexit
import os
import sys
from os import _exit

from .. import TYPE_CHECKING
from ..output.streams import router
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import NotRequired, TypedDict

    from ..link.messages import Reply

    class Exit(TypedDict):
        exitCode: int
        exitMessage: NotRequired[str]


_LARGEST = 1 << 63  # a C long
_INTERRUPTED = 130  # the exit code that shells give to what SIGINT has ended
_router = router()
_get_code: Callable[[SystemExit], object] = SystemExit.__dict__["code"].__get__


def of_exit(error: SystemExit) -> Exit:
    """The exit code, and the text on stderr, of a program that `error` ends: as the interpreter has it."""
    code = _get_code(error)
    if code is None:
        return {"exitCode": 0}
    if isinstance(code, int):
        fits = -_LARGEST <= code < _LARGEST
        return {"exitCode": int(code if fits else -1) & (0xFFFFFFFF if os.name == "nt" else 0xFF)}
    return {"exitCode": 1, "exitMessage": str.__str__(str(code)) + "\n"}


def run_exit_handlers() -> None:
    """Waits for threads and runs what was registered with `atexit`, as at the interpreter's end."""
    threading: Any = sys.modules.get("threading")
    if threading is not None:
        threading._shutdown()
    try:
        atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]  # there is no other way
    except BaseException:
        return  # Python 3.9 and older raise again what they have shown


def end_as_child(reply: Reply, flush_c_stdio: Callable[[], object]) -> None:
    """A forked child that ran on to the end of the command ends as any Python, and never answers for the session.

    Not by going on to the interpreter's own end, which would take down what it shares with the session, such as the
    asyncio loop's selector.
    """
    text, code = "", 0
    if reply["status"] == "error" or reply["status"] == "interrupted":
        error = reply["error"]
        text = error.get("exitMessage", "") if "exitCode" in error else error["traceback"]
        code = error.get("exitCode", _INTERRUPTED if reply["status"] == "interrupted" else 1)
    try:
        sys.stderr.write(text)
        run_exit_handlers()
        _router.flush()
        flush_c_stdio()
    finally:
        _exit(code)


def flush_files(namespace: dict[str, object]) -> None:
    """Writes what files still hold. What a loop has left of a command can keep them from being closed."""
    import _io

    kinds = (_io.TextIOWrapper, _io.BufferedWriter, _io.BufferedRandom)
    files: list[Any] = [value for value in namespace.values() if type(value) in kinds]
    for file in files:
        try:
            file.flush()
        except Exception:  # it is closed, or nobody reads it
            continue
