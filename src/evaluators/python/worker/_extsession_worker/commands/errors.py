"""Exceptions of user code as data: name, message, the whole traceback, frames, and the exceptions behind it."""

from __future__ import annotations

import sys
from itertools import islice

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..own_code import FOLDER
from ..pristine import builtins as __builtins__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import CodeType, FrameType, TracebackType
    from typing import Any, Optional, Tuple, TypeVar

    from typing_extensions import TypeGuard

    from ..link.messages import ErrorInfo, ExceptionInfo, Frame

    _Kind = TypeVar("_Kind")
    _Position = Tuple[Optional[int], Optional[int], Optional[int], Optional[int]]

_Group: Any = __builtins__.get("BaseExceptionGroup")  # CPython 3.11 and newer
# The descriptors themselves: a class of the user's may have attributes of these names.
_slots = BaseException.__dict__
_get_traceback: Callable[[BaseException], Optional[TracebackType]] = _slots["__traceback__"].__get__
_set_traceback: Callable[[BaseException, Optional[TracebackType]], None] = _slots["__traceback__"].__set__
_get_cause: Callable[[BaseException], Optional[BaseException]] = _slots["__cause__"].__get__
_get_context: Callable[[BaseException], Optional[BaseException]] = _slots["__context__"].__get__
_hides_context: Callable[[BaseException], bool] = _slots["__suppress_context__"].__get__
_get_members: Callable[[BaseException], Sequence[object]] = _Group and _Group.exceptions.__get__
_get_name: Callable[[type], str] = type.__dict__["__name__"].__get__
_LARGEST = 1 << 53  # that the host can tell from its neighbours
_MOST_RELATED = 50  # exceptions behind one
_MOST_FRAMES = 50  # of each of those, the innermost
_MOST_NOTES = 50


def _traceback_type() -> Any:
    try:
        raise ValueError
    except ValueError as error:
        return type(error.__traceback__)


Traceback: type[TracebackType] = _traceback_type()


def is_of(error: object, kind: type[_Kind]) -> TypeGuard[_Kind]:
    """`isinstance`, which asks a class of the user's whose `__getattribute__` may raise."""
    return issubclass(type(error), kind)


def describe(error: BaseException) -> ErrorInfo:
    """`error` as the host's ErrorInfo. Runs the exception's `__str__`; whatever that raises is survived."""
    for related in _chain(error):
        _set_traceback(related, without_ours(_get_traceback(related)))
    trace = _get_traceback(error)
    described = _exception(error, _frames(error, trace), {id(error)})
    return {**described, "traceback": _format(error, trace)}


def _exception(error: BaseException, frames: list[Frame], seen: set[int]) -> ExceptionInfo:
    """One exception with those behind it. What is in `seen` is not told again."""
    described: ExceptionInfo = {"name": name_of(error), "message": _message(error), "frames": frames}
    notes = _notes(error)
    if notes:
        described["notes"] = notes
    cause, context = _get_cause(error), _get_context(error)
    members = _members(error)
    parts = [_related(member, seen) for member in members]
    behind = _related(cause if cause is not None or _hides_context(error) else context, seen)
    if behind is not None:
        described["context" if cause is None else "cause"] = behind
    if members:
        described["exceptions"] = [part for part in parts if part is not None]
    return described


def _related(error: object, seen: set[int]) -> ExceptionInfo | None:
    if not is_of(error, BaseException) or id(error) in seen or len(seen) > _MOST_RELATED:
        return None
    seen.add(id(error))
    return _exception(error, _frames(error, _get_traceback(error))[-_MOST_FRAMES:], seen)


def name_of(error: BaseException) -> str:
    return _get_name(type(error))


def _notes(error: BaseException) -> list[str]:
    try:
        notes: list[object] = getattr(error, "__notes__", [])
        return [note for note in notes[:_MOST_NOTES] if type(note) is str]
    except KeyboardInterrupt:
        raise
    except BaseException:  # there are none, or they are not what `add_note` makes
        return []


def _chain(error: BaseException) -> list[BaseException]:
    """`error`, its causes and contexts, and the members of groups among them."""
    chain: list[BaseException] = []
    seen: set[int] = set()
    pending: list[object] = [error]
    while pending:
        related = pending.pop()
        if not is_of(related, BaseException) or id(related) in seen:
            continue
        seen.add(id(related))
        chain.append(related)
        pending += [_get_cause(related), _get_context(related), *_members(related)]
    return chain


def _members(error: BaseException) -> Sequence[object]:
    return _get_members(error) if _Group is not None and is_of(error, _Group) else ()


def from_user_code(error: BaseException) -> BaseException:
    """`error`, or what it interrupted while it left user code: an interrupt in the worker's own code says nothing."""
    seen: set[int] = set()
    while is_of(error, KeyboardInterrupt) and without_ours(_get_traceback(error)) is None:
        before = _get_context(error)
        if before is None or id(before) in seen:
            break
        seen.add(id(before))
        error = before
    return error


def without_ours(trace: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames of this package, and of IPython's that call magics, wherever they stand.

    It ends at the frames of a debugger that waits there.
    """
    levels: list[TracebackType] = []
    while trace is not None:
        frame = trace.tb_frame
        if belongs_to(frame, ("_pydevd_", "pydevd")):
            if len(levels) > 1 and levels[-2].tb_frame is levels[-1].tb_frame:
                levels.pop()  # the frame is there twice: for its line, and for the call of the debugger
            break
        if not frame.f_code.co_filename.startswith(FOLDER) and not belongs_to(frame, ("IPython.core.",)):
            levels.append(trace)
        trace = trace.tb_next
    kept = None
    for level in reversed(levels):
        kept = Traceback(kept, level.tb_frame, level.tb_lasti, level.tb_lineno)
    return kept


def belongs_to(frame: FrameType, modules: tuple[str, ...]) -> bool:
    module = frame.f_globals.get("__name__")
    return type(module) is str and module.startswith(modules)


def _message(error: BaseException) -> str:
    try:
        return str(error) + _about_ipython(error)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return "<exception str() failed>"


def _about_ipython(error: BaseException) -> str:
    """What to say where only IPython would bring what the user's code asks for."""
    if is_of(error, NameError) and error.args == ("name 'get_ipython' is not defined",):
        return "; IPython brings it, which this Python cannot import: `%pip install ipython` installs it"
    if is_of(error, ModuleNotFoundError) and error.args == ("No module named 'IPython'",):
        return "; `%pip install ipython` installs it"
    return ""


def _format(error: BaseException, trace: TracebackType | None) -> str:
    try:
        with standard_library_first():
            import traceback

            text = "".join(traceback.format_exception(type(error), error, trace))
            return text[:-1] + _about_ipython(error) + text[-1:]
    except KeyboardInterrupt:
        raise
    except BaseException:  # user code broke what the traceback module needs
        lines = ["Traceback (most recent call last):\n"]
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append('  File "%s", line %d, in %s\n' % (code.co_filename, trace.tb_lineno, code.co_name))
            trace = trace.tb_next
        return "".join(lines) + name_of(error) + ": " + _message(error) + "\n"


def _frames(error: BaseException, trace: TracebackType | None) -> list[Frame]:
    frames: list[Frame] = []
    while trace is not None:
        frames.append(_frame(trace))
        trace = trace.tb_next
    place = _syntax_frame(error) if is_of(error, SyntaxError) else None
    if place is not None:
        frames.append(place)
    return frames


def _frame(trace: TracebackType) -> Frame:
    code = trace.tb_frame.f_code
    line = max(0, trace.tb_lineno or code.co_firstlineno)
    frame: Frame = {"file": code.co_filename, "line": line, "function": code.co_name}
    source = _source_line(code.co_filename, line)
    if source:
        frame["source"] = source
        _add_columns(frame, code, trace.tb_lasti)
    return frame


def _source_line(filename: str, line: int) -> str:
    try:
        with standard_library_first():
            from linecache import getline

            return getline(filename, line).rstrip("\r\n")
    except KeyboardInterrupt:
        raise
    except BaseException:
        return ""


def _add_columns(frame: Frame, code: CodeType, instruction: int) -> None:
    """Adds where in its line it failed (CPython 3.11 and newer), in characters."""
    positions: Callable[[], Iterable[_Position]] | None = getattr(code, "co_positions", None)
    place = next(islice(positions(), instruction // 2, None), None) if positions and instruction >= 0 else None
    if place is None:
        return
    first, last, start, end = place
    if first != frame["line"] or start is None or end is None:
        return
    encoded = frame.get("source", "").encode("utf-8", "replace")
    frame["column"] = len(encoded[:start].decode("utf-8", "replace"))
    if last is not None:
        frame["endLine"] = last
        if last == first:
            frame["endColumn"] = len(encoded[:end].decode("utf-8", "replace"))


def _syntax_frame(error: SyntaxError) -> Frame | None:
    line = _counted(error.lineno)
    if type(error.filename) is not str or not line:
        return None
    frame: Frame = {"file": error.filename, "line": line, "function": "<module>"}
    if type(error.text) is str and error.text:
        frame["source"] = error.text.rstrip("\r\n")
    column = _counted(error.offset)
    if column:
        frame["column"] = column - 1
    end_line, end_column = _counted(getattr(error, "end_lineno", None)), _counted(getattr(error, "end_offset", None))
    if end_line:
        frame["endLine"] = end_line
        if end_column and end_line == line:
            frame["endColumn"] = end_column - 1
    return frame


def _counted(value: object) -> int:
    """`value` if it counts from 1, as a compiler's lines and columns do, else 0; user code can raise with anything."""
    return value if type(value) is int and 0 < value < _LARGEST else 0


def bare(error: BaseException) -> ErrorInfo:
    """What can be said of an error without running code of the user's: its name, and where it was raised."""
    from .sources import line_of

    name = name_of(error)
    trace = without_ours(_get_traceback(error))
    lines = ["Traceback (most recent call last):\n"] if trace else []
    frames: list[Frame] = []
    while trace is not None:
        code, number = trace.tb_frame.f_code, trace.tb_lineno or 0
        source = line_of(code.co_filename, number)
        lines.append('  File "%s", line %d, in %s\n' % (code.co_filename, number, code.co_name))
        lines += ["    %s\n" % source.strip()] if source.strip() else []
        frame: Frame = {"file": code.co_filename, "line": number, "function": code.co_name}
        frames.append({**frame, "source": source} if source else frame)
        trace = trace.tb_next
    return {"name": name, "message": "", "traceback": "".join(lines) + name + "\n", "frames": frames}


REMEMBERED = ("last_type", "last_value", "last_traceback", "last_exc")


def remember(error: BaseException) -> None:
    """Makes `error` the one that `pdb.pm()` looks into, as the interactive interpreter does."""
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, _get_traceback(error)
    if sys.version_info >= (3, 12):
        sys.last_exc = error
