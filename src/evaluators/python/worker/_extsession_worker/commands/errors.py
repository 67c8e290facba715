"""Exceptions of the person's code as data: name, message, the whole traceback, frames, and the exceptions behind it."""

from __future__ import annotations

import sys

from ..imports import standard_library_first
from ..own_code import FOLDER
from ..pristine import builtins as __builtins__

_Group = __builtins__.get("BaseExceptionGroup")  # CPython 3.11 and newer
# The descriptors themselves: a class of the person's may have attributes of these names.
_get_traceback = BaseException.__traceback__.__get__
_set_traceback = BaseException.__traceback__.__set__
_get_cause = BaseException.__cause__.__get__
_get_context = BaseException.__context__.__get__
_hides_context = BaseException.__suppress_context__.__get__
_get_members = None if _Group is None else _Group.exceptions.__get__
_get_name = type.__dict__["__name__"].__get__
_LARGEST = 1 << 53  # that the host can tell from its neighbours
_MOST_RELATED = 50  # exceptions behind one
_MOST_FRAMES = 50  # of each of those, the innermost
_MOST_NOTES = 50


def _traceback_type() -> type:
    try:
        raise ValueError
    except ValueError as error:
        return type(error.__traceback__)


_Traceback = _traceback_type()


def describe(error: BaseException) -> dict[str, object]:
    """`error` as the host's ErrorInfo. Runs the exception's `__str__`; whatever that raises is survived."""
    for related in _chain(error):
        _set_traceback(related, _without_ours(_get_traceback(related)))
    trace = _get_traceback(error)
    described = _exception(error, _frames(error, trace), {id(error)})
    described["traceback"] = _format(error, trace)
    return described


def _exception(error: BaseException, frames: list[dict[str, object]], seen: set[int]) -> dict[str, object]:
    """One exception with those behind it. What is in `seen` is not told again."""
    described: dict[str, object] = {"name": name_of(error), "message": _message(error), "frames": frames}
    notes = _notes(error)
    if notes:
        described["notes"] = notes
    cause, context = _get_cause(error), _get_context(error)
    members = _get_members(error) if _Group is not None and isinstance(error, _Group) else ()
    parts = [_related(member, seen) for member in members]
    behind = _related(cause if cause is not None or _hides_context(error) else context, seen)
    if behind is not None:
        described["context" if cause is None else "cause"] = behind
    if members:
        described["exceptions"] = [part for part in parts if part is not None]
    return described


def _related(error: object, seen: set[int]) -> dict[str, object] | None:
    if not isinstance(error, BaseException) or id(error) in seen or len(seen) > _MOST_RELATED:
        return None
    seen.add(id(error))
    return _exception(error, _frames(error, _get_traceback(error))[-_MOST_FRAMES:], seen)


def name_of(error: BaseException) -> str:
    return _get_name(type(error))  # type: ignore[no-any-return]


def _notes(error: BaseException) -> list[str]:
    try:
        notes = error.__notes__  # type: ignore[attr-defined]
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
        if not isinstance(related, BaseException) or id(related) in seen:
            continue
        seen.add(id(related))
        chain.append(related)
        pending += [_get_cause(related), _get_context(related)]
        if _Group is not None and isinstance(related, _Group):
            pending += related.exceptions
    return chain


def from_user_code(error: BaseException) -> BaseException:
    """`error`, or what it interrupted while it left user code: an interrupt in the worker's own code says nothing."""
    seen: set[int] = set()
    while isinstance(error, KeyboardInterrupt) and _without_ours(_get_traceback(error)) is None:
        before = _get_context(error)
        if before is None or id(before) in seen:
            break
        seen.add(id(before))
        error = before
    return error


def _without_ours(trace: object) -> object:
    """The traceback without the frames of this package, wherever they stand."""
    levels = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(FOLDER):  # type: ignore[attr-defined]
            levels.append(trace)
        trace = trace.tb_next  # type: ignore[attr-defined]
    kept = None
    for level in reversed(levels):
        kept = _Traceback(kept, level.tb_frame, level.tb_lasti, level.tb_lineno)  # type: ignore[attr-defined]
    return kept


def _message(error: BaseException) -> str:
    try:
        return str(error) + _about_magics(error)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return "<exception str() failed>"


def _about_magics(error: BaseException) -> str:
    """What to say of lines such as `%matplotlib inline` and `!ls`, which notebooks that became scripts still hold."""
    line = error.text if isinstance(error, SyntaxError) else None
    code = line.lstrip() if isinstance(line, str) else ""
    if code[:1] not in ("%", "!") or not code.lstrip("%!")[:1].isalpha():
        return ""
    return "; lines that begin with %s are IPython's magics, which ExtSession does not run" % code[0]


def _format(error: BaseException, trace: object) -> str:
    try:
        with standard_library_first():
            import traceback

            return "".join(traceback.format_exception(type(error), error, trace))  # type: ignore[arg-type]
    except KeyboardInterrupt:
        raise
    except BaseException:  # the person's code broke what the traceback module needs
        lines = ["Traceback (most recent call last):\n"]
        while trace is not None:
            code = trace.tb_frame.f_code  # type: ignore[attr-defined]
            lines.append('  File "%s", line %d, in %s\n' % (code.co_filename, trace.tb_lineno, code.co_name))  # type: ignore[attr-defined]
            trace = trace.tb_next  # type: ignore[attr-defined]
        return "".join(lines) + name_of(error) + ": " + _message(error) + "\n"


def _frames(error: BaseException, trace: object) -> list[dict[str, object]]:
    frames = []
    while trace is not None:
        frames.append(_frame(trace))
        trace = trace.tb_next  # type: ignore[attr-defined]
    if isinstance(error, SyntaxError) and type(error.filename) is str and _is_number(error.lineno):
        frames.append(_syntax_frame(error))
    return frames


def _frame(trace: object) -> dict[str, object]:
    code = trace.tb_frame.f_code  # type: ignore[attr-defined]
    line = max(0, trace.tb_lineno or code.co_firstlineno)  # type: ignore[attr-defined]
    frame: dict[str, object] = {"file": code.co_filename, "line": line, "function": code.co_name}
    source = _source_line(code.co_filename, line)
    if source:
        frame["source"] = source
        frame.update(_columns(code, trace.tb_lasti, line, source))  # type: ignore[attr-defined]
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


def _columns(code: object, instruction: int, line: int, source: str) -> dict[str, object]:
    """Where in the line it failed (CPython 3.11 and newer), in characters."""
    if not hasattr(code, "co_positions") or instruction < 0:
        return {}
    for index, (first, last, start, end) in enumerate(code.co_positions()):
        if index != instruction // 2:
            continue
        if first != line or start is None or end is None:
            return {}
        encoded = source.encode("utf-8", "replace")
        place: dict[str, object] = {"column": len(encoded[:start].decode("utf-8", "replace"))}
        if last is not None:
            place["endLine"] = last
            if last == first:
                place["endColumn"] = len(encoded[:end].decode("utf-8", "replace"))
        return place
    return {}


def _syntax_frame(error: SyntaxError) -> dict[str, object]:
    frame: dict[str, object] = {"file": error.filename, "line": error.lineno, "function": "<module>"}
    if type(error.text) is str and error.text:
        frame["source"] = error.text.rstrip("\r\n")
    if _is_number(error.offset):
        frame["column"] = error.offset - 1  # type: ignore[operator]
    end_line, end_column = getattr(error, "end_lineno", None), getattr(error, "end_offset", None)
    if _is_number(end_line):
        frame["endLine"] = end_line
        if _is_number(end_column) and end_line == error.lineno:
            frame["endColumn"] = end_column - 1
    return frame


def _is_number(value: object) -> bool:
    """Whether it counts from 1, as a compiler's lines and columns do; the person's code can raise with anything."""
    return type(value) is int and 0 < value < _LARGEST


def bare(error: BaseException) -> dict[str, object]:
    """What is left to say of an error that can't be described."""
    name = name_of(error)
    return {"name": name, "message": "", "traceback": name + "\n", "frames": []}


REMEMBERED = ("last_type", "last_value", "last_traceback", "last_exc")


def remember(error: BaseException) -> None:
    """Makes `error` the one that `pdb.pm()` looks into, as the interactive interpreter does."""
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, _get_traceback(error)
    if sys.version_info >= (3, 12):
        sys.last_exc = error
