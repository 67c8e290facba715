"""Top-level `await`: one asyncio loop for all commands. It runs while they await, and between them."""

from __future__ import annotations

import sys
from _contextvars import copy_context
from _thread import get_ident

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..own_code import FOLDER
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from . import bottom, interrupts
from .errors import Traceback
from .prompts import PromptInterrupted

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task
    from collections.abc import Callable, Coroutine
    from contextvars import Context
    from types import CoroutineType, FrameType, ModuleType, TracebackType
    from typing import Any

    from ..link.channel import Channel
    from ..wrapping import Function
    from .bottom import Steps

_main_thread = get_ident()
_loop: AbstractEventLoop | None = None
_runs_between_commands = False
_forked = False
_awaited: list[CoroutineType[Any, Any, object]] = []  # by commands that run, the innermost last


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


def run(coroutine: CoroutineType[Any, Any, object]) -> Steps[object]:
    """What `coroutine` returns. An interrupt cancels it, so that it can clean up, and is raised where it waited."""
    loop = session_loop()
    task, adopt_context = _create_task(loop, coroutine)
    base: Any = sys.modules["asyncio.base_events"]
    task.add_done_callback(base._run_until_complete_cb)  # which tasks of scripts have
    outermost = coroutine.cr_frame
    _awaited.append(coroutine)
    try:
        yield from _run_until_done(loop, task)
    except (KeyboardInterrupt, PromptInterrupted) as interrupt:
        if not task.done():
            place = _place(coroutine)
            _run_until_cancelled(loop, task, interrupt)
            raise interrupt.with_traceback(place) from None
        interrupt.__traceback__ = _part_from(outermost, interrupt.__traceback__)
    finally:
        del _awaited[-1]
    adopt_context()
    error = None if task.cancelled() else task.exception()
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
        task = _create_noting_its_context(loop, coroutine, contexts)
    _without_our_frames(task)

    def adopt_context() -> None:
        for variable, value in contexts[-1].items():
            if variable not in before or before[variable] is not value:
                variable.set(value)

    return task, adopt_context


def _without_our_frames(task: Any) -> Any:
    """The task, in whose description asyncio's debug mode tells who has created it."""
    created = getattr(task, "_source_traceback", None)
    if created:
        created[:] = [frame for frame in created if not frame.filename.startswith(FOLDER)]
    return task


def _create_noting_its_context(loop: Any, coroutine: Any, contexts: list[Context]) -> Task[object]:
    """Where a task makes a context of its own, with which it asks to be called."""
    plain = loop.call_soon

    def call_soon(callback: object, *args: object, context: Context) -> object:
        contexts.append(context)
        return plain(callback, *args, context=context)

    vars(loop)["call_soon"] = call_soon
    try:
        return loop.create_task(coroutine)
    finally:
        del loop.call_soon


def _run_until_done(loop: AbstractEventLoop, task: Task[object]) -> Steps[None]:
    """The loop runs as the outermost of its thread, under the name of the function that runs it in scripts."""
    place = sys.modules["asyncio.base_events"].BaseEventLoop.run_until_complete.__code__
    while not task.done():
        yield from bottom.call("self.run_forever()", place, {"self": loop})


def _run_until_cancelled(loop: AbstractEventLoop, task: Task[object], interrupt: BaseException) -> None:
    """Cancels a task until it ends. The interrupt may be raised again, by a task that waits for the one that it ended.

    A second one may have ended a task that stood in the way, and a third one ends the wait.
    """
    task.cancel()
    earlier = interrupt
    while not task.done():
        try:
            loop.run_forever()
        except (KeyboardInterrupt, PromptInterrupted) as error:
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


def awaited_frames() -> list[FrameType]:
    """The frames of what the running command awaits, the outermost first; if any."""
    return _frames_of(_awaited[-1]) if _awaited else []


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
    except Exception:  # user code has closed the loop
        return milliseconds is None or channel.wait(milliseconds)


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
            return _without_our_frames(session_loop().create_task(coro, **options))
        return _without_our_frames(plain(coro, **options))

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
