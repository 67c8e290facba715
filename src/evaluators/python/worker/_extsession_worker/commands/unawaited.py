"""A coroutine that is a command's value and that nobody awaits: its warning names the command and its line."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any


async def _coroutine() -> None: ...


_one = _coroutine()
_Coroutine = type(_one)
_one.close()


def is_unawaited(value: Any) -> bool:
    """Whether it is a coroutine that has not begun, as `inspect.getcoroutinestate` tells."""
    if type(value) is not _Coroutine or value.cr_frame is None or value.cr_running:
        return False
    is_suspended: bool | None = getattr(value, "cr_suspended", None)  # CPython 3.11 and newer
    return value.cr_frame.f_lasti < 0 if is_suspended is None else not is_suspended


def release(holder: list[object], filename: str, line: int) -> None:
    """Lets go of what `holder` holds, as if the user's line did so."""
    code = compile("\n" * (line - 1) + "clear()", filename, "eval", 0, True)
    eval(code, {"clear": holder.clear, "__name__": "__main__"})
