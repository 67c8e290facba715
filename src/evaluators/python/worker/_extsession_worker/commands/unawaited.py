"""A coroutine that is a command's value and that nobody awaits: its warning names the command and its line."""

from __future__ import annotations

from ..pristine import builtins as __builtins__  # noqa: F401


async def _coroutine() -> None: ...


_one = _coroutine()
_Coroutine = type(_one)
_one.close()


def is_unawaited(value: object) -> bool:
    """Whether it is a coroutine that has not begun, as `inspect.getcoroutinestate` tells."""
    if type(value) is not _Coroutine or value.cr_frame is None or value.cr_running:  # type: ignore[attr-defined]
        return False
    if hasattr(value, "cr_suspended"):  # CPython 3.11 and newer
        return not value.cr_suspended
    return value.cr_frame.f_lasti < 0  # type: ignore[attr-defined, no-any-return]


def release(holder: list[object], filename: str, line: int) -> None:
    """Lets go of what `holder` holds, as if the user's line did so."""
    code = compile("\n" * (line - 1) + "clear()", filename, "eval", 0, True)
    eval(code, {"clear": holder.clear, "__name__": "__main__"})
