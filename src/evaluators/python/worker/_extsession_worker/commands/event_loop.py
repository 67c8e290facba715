"""Top-level `await`: one asyncio loop for all commands. It runs while they await, and between them."""

from __future__ import annotations

import sys
from _contextvars import copy_context
from _thread import get_ident

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from . import interrupts
from .errors import Traceback, belongs_to
from .prompt_interrupts import PromptInterrupted

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task
    from collections.abc import Callable, Coroutine
    from contextvars import Context
    from types import CoroutineType, FrameType, ModuleType, TracebackType
    from typing import Any

    from ..link.channel import Channel
    from ..wrapping import Function

_LOOP = ("asyncio.", __name__)
_main_thread = get_ident()
_loop: AbstractEventLoop | None = None
_runs_between_commands = False
_forked = False


async def _wait_for_nothing() -> None: ...


_nothing = _wait_for_nothing()
_Coroutine = type(_nothing)
_nothing.close()


def session_loop() -> AbstractEventLoop:
    """The loop, made when it is first needed, and again when user code has closed it."""
    global _loop
    if _loop is None or _loop.is_closed():
        import asyncio

        _loop = asyncio.new_event_loop()
        asyncio.set_event_loop(_loop)
        _keep_interrupts_to_their_command(_loop)
    return _loop


def _keep_interrupts_to_their_command(loop: AbstractEventLoop) -> None:
    """No word of a task that an interrupt ended: the command that was interrupted has told, and later ones have not."""
    plain = loop.call_exception_handler

    def call_exception_handler(context: dict[str, Any]) -> None:
        from asyncio import CancelledError  # which a `gather` that nobody waits for any more tells of, too

        if not isinstance(context.get("exception"), (KeyboardInterrupt, PromptInterrupted, CancelledError)):
            plain(context)

    try:
        loop.call_exception_handler = call_exception_handler
    except AttributeError:
        return  # a loop that is no Python object, such as uvloop's


def run(coroutine: CoroutineType[Any, Any, object]) -> object:
    """What `coroutine` returns. An interrupt cancels it, so that it can clean up, and is raised where it waited."""
    loop = session_loop()
    task, adopt_context = _create_task(loop, coroutine)
    task.add_done_callback(lambda _task: loop.stop())
    outermost = coroutine.cr_frame
    try:
        _run_until_done(loop, task)
    except (KeyboardInterrupt, PromptInterrupted) as interrupt:
        if not task.done():
            place = _place(coroutine)
            _run_until_cancelled(loop, task, interrupt)
            raise interrupt.with_traceback(place) from None
        interrupt.__traceback__ = _part_from(outermost, interrupt.__traceback__)
    except SystemExit as ending:  # raised by the command, or by a task that it may wait for
        place = _without_loop(ending.__traceback__)
        if not _forked:
            _run_until_cancelled(loop, task, ending)
        if task.done() and not task.cancelled():
            task.exception()  # nobody has to be told again
        raise ending.with_traceback(place) from None
    adopt_context()
    if task.cancelled():
        task.result()
    error = task.exception()
    if error is not None:
        raise error
    return task.result()


def _create_task(
    loop: AbstractEventLoop, coroutine: CoroutineType[Any, Any, object]
) -> tuple[Task[object], Callable[[], None]]:
    """A task, and a function that makes the context variables that it has set those of the session."""
    contexts = [copy_context()]
    before = dict(contexts[0])
    if sys.version_info >= (3, 11):
        task = loop.create_task(coroutine, context=contexts[0])
    else:
        task = loop.create_task(_noting_its_context(coroutine, contexts))

    def adopt_context() -> None:
        for variable, value in contexts[-1].items():
            if variable not in before or before[variable] is not value:
                variable.set(value)

    return task, adopt_context


def _noting_its_context(coroutine: CoroutineType[Any, Any, object], contexts: list[Context]) -> Any:
    """The coroutine, in a task that makes a context of its own: it is noted when it ends."""

    async def run() -> object:
        try:
            return await coroutine
        finally:
            contexts.append(copy_context())

    noting: Any = run()
    noting.__name__, noting.__qualname__ = coroutine.__name__, coroutine.__qualname__
    return noting


def _run_until_done(loop: AbstractEventLoop, task: Task[object]) -> None:
    while not task.done():
        loop.run_forever()


def _run_until_cancelled(loop: AbstractEventLoop, task: Task[object], interrupt: BaseException) -> None:
    """Cancels a task until it ends. The interrupt may be raised again, by a task that waits for the one that it ended.

    A second one may have ended a task that stood in the way, and a third one ends the wait.
    """
    task.cancel()
    earlier = interrupt
    while not task.done():
        try:
            loop.run_forever()
        except (KeyboardInterrupt, PromptInterrupted, SystemExit) as error:
            if error is interrupt:
                continue
            if earlier is not interrupt:
                raise
            earlier = error
            task.cancel()


def _part_from(frame: FrameType | None, traceback: TracebackType | None) -> TracebackType | None:
    """What of a traceback begins with a frame: without the loop that it runs in."""
    while traceback is not None and traceback.tb_frame is not frame:
        traceback = traceback.tb_next
    return traceback


def _without_loop(traceback: TracebackType | None) -> TracebackType | None:
    while traceback is not None and belongs_to(traceback.tb_frame, _LOOP):
        traceback = traceback.tb_next
    return traceback


def _place(coroutine: Any) -> TracebackType | None:
    """A traceback that leads to where a coroutine waits. What a cancelled task raises tells it only from 3.11 on."""
    traceback = None
    for frame in reversed(_frames_of(coroutine)):
        traceback = Traceback(traceback, frame, frame.f_lasti, frame.f_lineno)
    return traceback


def _frames_of(coroutine: Any) -> list[FrameType]:
    frames: list[FrameType] = []
    while type(coroutine) is _Coroutine and coroutine.cr_frame is not None:
        frames.append(coroutine.cr_frame)
        coroutine = coroutine.cr_await
    return frames


def awaited_in(frame: FrameType | None) -> list[FrameType]:
    """The frames of what the command awaits in whose loop a frame is, the outermost first; if any."""
    while frame is not None and frame.f_code is not run.__code__:
        frame = frame.f_back
    return [] if frame is None else _frames_of(frame.f_locals["coroutine"])


def wait(channel: Channel, milliseconds: int | None) -> bool:
    """Lets earlier commands' tasks go on until there is something to receive, or for that time; True when there is.

    Without tasks, and without a limit, it returns at once: whoever receives waits.

    An interrupt ends the task that stands in the way of the next command.
    """
    if _loop is None:
        return milliseconds is None or channel.wait(milliseconds)
    if channel.wait(0):
        return True
    try:
        return _run_until_readable(_loop, channel, milliseconds)
    except Exception:
        if _works(_loop):
            raise  # another thread has sent it
        return milliseconds is None or channel.wait(milliseconds)


def _works(loop: AbstractEventLoop) -> bool:
    """Not if user code has closed it, for one."""
    try:
        loop.call_soon(loop.stop)
        loop.run_forever()
    except Exception:
        return False
    return True


def _run_until_readable(loop: AbstractEventLoop, channel: Channel, milliseconds: int | None) -> bool:
    global _runs_between_commands
    over = False

    def end() -> None:
        nonlocal over
        over = True
        loop.stop()

    stop_watching = channel.watch(loop, end)
    timer = None if milliseconds is None else loop.call_later(milliseconds / 1000, end)
    try:
        _runs_between_commands = True
        while not over:
            try:
                with interrupts.running_tasks():
                    loop.run_forever()
            except (KeyboardInterrupt, SystemExit):
                if _forked:
                    raise
                continue  # it has ended the task that it was raised in
            if _forked:
                raise SystemExit
    finally:
        _runs_between_commands = False
        if not _forked:  # the selector is the session's too
            stop_watching()
        if timer is not None:
            timer.cancel()
    return channel.wait(0)


def after_fork_in_child() -> None:
    """A task that forks between commands goes on in the child until it waits; then the child ends."""
    global _forked
    _forked = True
    if _runs_between_commands and _loop is not None:
        _loop.stop()


def _adapt_tasks(module: Any) -> None:
    """`asyncio.create_task` starts a task in the session's loop where no other runs: plain code may lack `await`."""
    plain = module.create_task

    def create_task(coro: Coroutine[Any, Any, object], **options: Any) -> Task[object]:
        if get_ident() == _main_thread and sys.modules["asyncio"]._get_running_loop() is None:
            return session_loop().create_task(coro, **options)
        return plain(coro, **options)

    ours: Any = create_task
    ours.__doc__, ours.__wrapped__ = plain.__doc__, plain
    module.create_task = ours


def _adapt_events(module: ModuleType) -> None:
    """The session's loop is the current one of the main thread wherever user code has set no other that is open."""
    for name in ("BaseDefaultEventLoopPolicy", "_BaseDefaultEventLoopPolicy"):  # the latter from 3.14 on
        policy = vars(module).get(name)
        if policy is not None:
            put_in_place(policy, "get_event_loop", _getting_loop)


def _getting_loop(plain: Function) -> Function:
    def get_event_loop(self: Any) -> object:
        if get_ident() == _main_thread and not _forked:
            current = self._local._loop
            if current is None or current.is_closed():
                self.set_event_loop(session_loop())
        return plain(self)

    return get_event_loop


def install() -> None:
    when_imported("asyncio.events", _adapt_events)
    when_imported("asyncio.tasks", _adapt_tasks)
