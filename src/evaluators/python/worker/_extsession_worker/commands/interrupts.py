"""SIGINT: raises KeyboardInterrupt in the running command, and does nothing at any other time."""

from __future__ import annotations

import _signal
from _thread import get_ident, interrupt_main
from os import kill
from time import monotonic, sleep

from .. import TYPE_CHECKING
from ..own_code import FOLDER, START_FILE
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from ..link.channel import Channel
    from ..link.messages import Reply

_SIGINT, _signal_, _getsignal = _signal.SIGINT, _signal.signal, _signal.getsignal
_sigmask = getattr(_signal, "pthread_sigmask", None)
_kill_thread = getattr(_signal, "pthread_kill", None)
_main_thread = get_ident()
_replaceable = (_signal.SIG_IGN, _signal.SIG_DFL, _signal.default_int_handler, None)


class _State:
    listening = False  # a command runs: an interrupt is for it
    shields = 0  # inside a section that must not be cut in two
    pending = False  # an interrupt came in such a section
    deferred: dict[int, Callable[[], object]] = {}  # by signal: calls the user's handler, after that
    delivers = False  # such a handler runs, or what it raised is being shown
    blocked = True  # SIGINT may be: by a parent process, or by an earlier command
    early = False  # an interrupt came while none was listened for: perhaps for the command that is about to
    current: int | None = None  # the command that runs, or has run last
    wanted: int | None = None  # the command that the host meant with its last interrupt
    asked = 0  # so many interrupts the host has announced
    heard = 0  # and of so many a signal has come
    wake_at: float | None = None  # when the last one must have been heard
    is_next_there: Callable[[], bool] | None = None  # the worker waits for the next command: whether it has come
    act: Callable[[FrameType], object] | None = None  # what the command is to be interrupted for, instead of its end
    is_nudged = False  # the next signal is for that
    runs_tasks = False  # meanwhile, and an interrupt is for the one that keeps the next command from being read


_state = _State()
_MOMENT = 0.0005  # in seconds
_WAKE_AFTER = 0.1  # in seconds: the signal has come by then, on a busy machine too


def state() -> _State:
    return _state


def on_interrupt(_number: int, frame: FrameType | None) -> None:
    if _state.is_nudged and _state.asked <= _state.heard:
        _state.is_nudged = False
        _act_in(frame)
        return
    if not _state.listening:
        if _state.runs_tasks and _state.is_next_there is not None and _state.is_next_there():
            raise KeyboardInterrupt
        _state.early = True
        return
    _state.heard += 1
    if _state.shields:
        _state.pending = True
    else:
        raise KeyboardInterrupt


def _act_in(frame: FrameType | None) -> None:
    act = _state.act
    if act is None or frame is None or _state.shields or not _state.listening:
        return
    if not frame.f_code.co_filename.startswith((FOLDER, START_FILE)):
        _state.act = None
        act(frame)


def signal_main() -> None:
    """Signals the main thread alone, from any other one."""
    if _kill_thread is not None:
        _kill_thread(_main_thread, _SIGINT)
    else:
        _raise_signal()


def _raise_signal() -> None:
    if hasattr(_signal, "raise_signal"):
        _signal.raise_signal(_SIGINT)  # wakes the main thread from a sleep too
    else:  # Python 3.7
        interrupt_main()


def arm() -> None:
    """Makes sure that a command can be interrupted, whatever a parent process or an earlier command did to SIGINT."""
    if _state.blocked and _sigmask is not None:
        _state.blocked = False
        _sigmask(_signal.SIG_UNBLOCK, {_SIGINT})
    if _getsignal(_SIGINT) in _replaceable:
        _signal_(_SIGINT, on_interrupt)
        _state.early = True  # who knows what was lost


def is_armed() -> bool:
    """Whether a SIGINT reaches `on_interrupt`: not when user code has a handler of its own."""
    return _getsignal(_SIGINT) is on_interrupt


def raise_from_thread(id: int | None = None) -> None:
    """In place of a signal from outside for command `id`, where there are none: to be called from any other thread.

    On Windows a Ctrl+C goes to all processes of the console, which is this worker's own: it ends waits, too, and what
    the worker has started. What the main thread has not heard after a moment, it is told alone.
    """
    if _is_over(id):
        return
    heard = _state.heard
    if _send_ctrl_c():
        sleep(_WAKE_AFTER)
        if _state.heard != heard or not _state.listening or not is_armed():
            return
    _raise_signal()


def _send_ctrl_c() -> bool:
    """Whether there is such a thing, and it could be sent."""
    event = getattr(_signal, "CTRL_C_EVENT", None)
    if event is None:
        return False
    try:
        kill(0, event)
    except OSError:  # the process has no console
        return False
    return True


def want(id: int | None) -> None:
    """The host interrupts command `id`: it says so before it sends the signal.

    On a busy machine this may be read after the signal has ended that command, and while the next one runs.
    """
    if _is_over(id):
        return
    _state.wanted = id
    _state.asked += 1
    _state.wake_at = monotonic() + _WAKE_AFTER


def _is_over(id: int | None) -> bool:
    return id is not None and _state.current is not None and id < _state.current


def until_wake() -> int:
    """The milliseconds after which `wake` is to be called; -1 when it need not be."""
    at = _state.wake_at
    return -1 if at is None else max(0, int((at - monotonic()) * 1000) + 1)


def wake() -> None:
    """Signals the main thread when it has not heard of an interrupt.

    The system gives a signal for a process to any of its threads. When that is another one, as now and then while
    children end, the main thread does not wake from a lock that it waits for.
    """
    _state.wake_at = None
    if not _state.listening or _state.asked <= _state.heard or _getsignal(_SIGINT) in _replaceable:
        return
    if _kill_thread is not None:
        _kill_thread(_main_thread, _SIGINT)


def asked() -> int:
    """How many interrupts the host has announced."""
    return _state.asked


def raise_unheard(since: int) -> None:
    """Raises for an interrupt that was announced since `asked` was `since`, and whose signal was ignored meanwhile."""
    if get_ident() != _main_thread or _state.asked == since:
        return
    sleep(_MOMENT)  # the signal comes after its announcement: perhaps just now, and raises by itself
    if _state.asked > _state.heard and is_armed():
        on_interrupt(_SIGINT, None)


def call(run: Callable[[], Reply], id: int | None = None, catch_up: Callable[[], None] | None = None) -> Reply:
    """Returns what `run` does. Meanwhile an interrupt raises, and once this has returned it has no effect.

    One for command `id` that came too early raises at once: `catch_up` returns when `want` was told of all that came.
    """
    try:
        _listen(id, catch_up)
        return run()
    finally:
        _state.listening = False


def _listen(id: int | None, catch_up: Callable[[], None] | None) -> None:
    if id is not None:
        _state.current = id
    _state.pending = False
    _state.shields = 0
    _state.heard = _state.asked
    _state.listening = True
    if catch_up is None:
        return
    try:
        deliver()
    except KeyboardInterrupt:
        _state.early = True
    if not _state.early:
        return
    _state.early = False
    with shield:
        catch_up()
        is_wanted = _state.wanted == id
    if is_wanted:
        raise KeyboardInterrupt


def reset() -> None:
    """No command runs, whatever an exception of another thread has cut short."""
    _state.listening = _state.pending = _state.delivers = _state.runs_tasks = False
    _state.shields = 0
    _state.is_next_there = None


def takes_handlers() -> bool:
    """Whether what a signal handler of the user's raises would find a command, or nothing that it keeps waiting."""
    if _state.shields or _state.delivers:
        return False
    return _state.listening or _state.is_next_there is not None and not _state.is_next_there()


def deliver() -> None:
    """Calls what is deferred, as long as that may be: each signal's handler once, as the system does with blocked ones.

    What comes meanwhile waits: within an import, say, a second report would wait for a lock of the first for ever.
    """
    while _state.deferred and takes_handlers():
        _state.delivers = True
        try:
            if _state.deferred:  # one that came before the line above has done all
                _state.deferred.popitem()[1]()
        finally:
            _state.delivers = False


class Waiting:
    """The time that the worker waits for the next command."""

    def __init__(self, channel: Channel) -> None:
        self._is_next_there = lambda: channel.wait(0)

    def __enter__(self) -> None:
        _state.is_next_there = self._is_next_there
        deliver()

    def __exit__(self, *_exc: object) -> None:
        _state.is_next_there = None


class running_tasks:
    """A section of it: an interrupt raises when the next command has come but is kept from being read."""

    def __enter__(self) -> None:
        _state.runs_tasks = True

    def __exit__(self, *_exc: object) -> None:
        _state.runs_tasks = False


class Shield:
    """A section of ours inside a command that an interrupt must not cut in two: it is delivered at the end.

    Interrupts reach the main thread alone, so that in other threads there is nothing to hold off.
    """

    def __enter__(self) -> None:
        if get_ident() == _main_thread:
            _state.shields += 1

    def __exit__(self, *_exc: object) -> None:
        if get_ident() != _main_thread:
            return
        _state.shields -= 1
        if not _state.shields:
            deliver()
        if _state.pending and not _state.shields:
            _state.pending = False
            if _state.listening:
                raise KeyboardInterrupt


shield = Shield()
