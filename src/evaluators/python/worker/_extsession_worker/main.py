"""The worker's main loop: one command after the other, each with a pair of streams of its own."""

from __future__ import annotations

import _thread
import atexit
import builtins
import gc
import os
import sys
from errno import EBADF
from os import getpid

from . import TYPE_CHECKING, imports, own_threads
from .commands import errors, event_loop, interrupts, script_name, sources, stdin
from .commands.session import Session
from .commands.usage import Meter
from .libraries import libraries, own_module
from .link.channel import Channel
from .link.side import SideChannel
from .link.system import HAS_SIGNALS, end_group, make_pairs, prepare_process, text_file
from .output import attribution, printing
from .output.cstdio import open_c_stdio
from .output.pair_pool import PairPool
from .output.streams import router
from .output.text_stream import TextStream
from .pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .private_modules import loaded as loaded_module
from .runner import Runner, describe
from .serving import Serving
from .values import display

if TYPE_CHECKING:
    from collections.abc import Callable

    from .introspection.question_thread import Questions
    from .link.messages import EvaluatorInfo, MainMessage, Reply
    from .output.pairs import MakePair

_LONGEST_PAUSE = 50  # in milliseconds, between looks whether the host has read a pair
_router = router()
_start_thread = _thread.start_new_thread
_allocate_lock = _thread.allocate_lock


def run(control: str, loaded: Callable[[], None]) -> None:
    """Connects to the host at the address `control` and serves it until it says exit or goes away.

    Calls `loaded` when the modules that every session needs are there, before a command runs.
    """
    token = os.environ.pop("EXTSESSION_TOKEN")
    _router.token = b"\x1e" + os.environ.pop("EXTSESSION_MARKER").encode("ascii")
    reloads = os.environ.pop("EXTSESSION_RELOAD", "")
    channel = Channel(control, {"t": "hello", "token": token, "channel": "main", "pid": getpid(), "info": _info()})
    side = SideChannel(control, {"t": "hello", "token": token, "channel": "side"})
    _router.flood.install(text_file(control), _router.token)
    worker = Worker(channel, side, control, make_pairs(control, token, channel.is_open))
    worker.serve(reloads, loaded)


def _info() -> EvaluatorInfo:
    return {
        "language": "python",
        "name": "Python" if sys.implementation.name == "cpython" else sys.implementation.name,
        "version": "%d.%d.%d" % sys.version_info[:3],
        "executable": sys.executable or "",
        "prefix": sys.prefix,
        "cwd": _folder(),
    }


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it has been removed
        return ""


def _flush_plain_streams() -> None:
    """What startup code has printed belongs to the start, and would come later otherwise."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        try:
            if stream is not None:
                stream.flush()
        except Exception:  # closed, replaced or absent
            continue


class Worker:
    _session: Session
    _serving: Serving
    _questions: Questions
    _flush_c_stdio: Callable[[], object]
    _outlast: Callable[[str, int, Callable[[], bool]], None]

    def __init__(self, channel: Channel, side: SideChannel, control: str, make_pair: MakePair) -> None:
        self._channel = channel
        self._side = side
        self._control = control
        self._make_pair = make_pair
        self._pid = getpid()
        self._main_thread = _thread.get_ident()
        self._ends = False
        self._meter = Meter()
        self._waiting = interrupts.Waiting(channel)
        self._raised: BaseException | None = None

    def serve(self, reloads: str, loaded: Callable[[], None]) -> None:
        interrupts.arm()
        self._pairs = PairPool(self._make_pair, self._channel.send)
        self._redirect()
        self._channel.send({"t": "ready", "next": self._pairs.armed.number})
        self._prepare(reloads, loaded)
        while True:
            try:
                while True:
                    self._serve_next()
            except BaseException as error:
                if self._ends:
                    raise
                self._raised = error

    def _serve_next(self) -> None:
        if self._raised is not None:
            self._survive(self._raised)
            self._raised = None
        message = self._next_message()
        if message is None:
            self._exit_without_host()
        elif message["t"] == "exit":
            self._exit(message["code"])
        else:
            self._serving.serve(message)
            self._channel.drop()

    def _survive(self, error: BaseException) -> None:
        """Here only what another thread sends raises, or what ends a child that a task has forked between commands."""
        if _router.forked:
            self._end_as_child({"status": "error", "error": describe(error)})
        if getattr(error, "errno", None) is not None or self._serving.is_stuck():  # the channel is broken, or we are
            self._ends = True
            raise error
        interrupts.reset()
        from .commands.signals import report

        if not self._serving.takes(error):
            report(error)

    def _next_message(self) -> MainMessage | None:
        """The next message of the host. While there is none, the pairs of finished commands are taken back."""
        pause = 1
        with self._waiting:
            while self._pairs.is_waiting and not event_loop.wait(self._channel, pause):
                self._pairs.reuse()
                pause = min(2 * pause, _LONGEST_PAUSE)
            event_loop.wait(self._channel, None)
            message: MainMessage | None = self._channel.peek()
        return message

    def _redirect(self) -> None:
        attribution.install()
        imports.install()
        sources.install()
        _flush_plain_streams()
        for stream, name in enumerate(("stdout", "stderr")):
            text_stream = TextStream(stream)
            setattr(sys, name, text_stream)
            setattr(sys, "__%s__" % name, text_stream)
        printing.install()
        self._lines = stdin.install(self._channel)
        display.install(self._channel)
        libraries.install()
        event_loop.install()
        own_module.install()
        script_name.install()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._after_fork_in_child)

    def _prepare(self, reloads: str, loaded: Callable[[], None]) -> None:
        """What need not delay the first command's arrival, and must be there when it runs."""
        from .commands import signals
        from .introspection.question_thread import Questions
        from .libraries import class_sources, debuggers
        from .link.without_host import outlast
        from .output import children, pools, processes, redirection, write_order

        prepare_process()
        children.install()
        write_order.install(self._channel)
        redirection.install()
        signals.install()
        debuggers.install()
        class_sources.install()
        pools.install()
        processes.install()
        self._flush_c_stdio = open_c_stdio()
        self._flush_c_stdio()  # what startup code has printed by way of C belongs to the start
        self._pairs.prepare()
        if hasattr(gc, "freeze"):  # not in PyPy
            gc.freeze()  # what is here now stays: collections, those at the very end too, pass it over
        self._session = Session()
        self._session.become_main()
        if reloads:
            from . import reloading

            reloading.install(self._session, None if reloads == "all" else reloads.split(os.pathsep))
        loaded()
        runner = Runner(self._session, self._side.catch_up)
        self._serving = Serving(
            self._channel, self._pairs, runner, self._meter, self._flush_c_stdio, self._end_if_child
        )
        self._questions = Questions(self._side, self._session.namespace, self._main_thread)
        self._outlast = outlast
        atexit.register(self._end_namespace)  # the first to be registered, the last to run
        begun = _allocate_lock()
        begun.acquire()
        own_threads.idents.add(_start_thread(self._serve_side, (begun.release,)))
        begun.acquire()  # until then, what is sent to this thread by `PyThreadState_SetAsyncExc` can reach that one
        self._meter.look()

    def _serve_side(self, begin: Callable[[], None]) -> None:
        """In a thread of its own: what must be answered while a command runs.

        When the host is gone, it sees to it that the process ends.
        """
        begin()
        while True:
            try:
                message = self._side.next()
            except OSError as error:
                if error.errno == EBADF:  # user code has closed it: the host is there, and reads what was written
                    return end_group(self._pid)
                message = None
            if message is None:
                return self._outlast(self._control, self._pid, lambda: self._ends)
            if message["t"] == "input":
                self._lines.answer(message["request"], message["text"])
            elif message["t"] == "interrupt":
                if not HAS_SIGNALS:
                    interrupts.raise_from_thread(message.get("id"))
            else:
                self._questions.ask(message)

    def _after_fork_in_child(self) -> None:
        self._channel.after_fork()
        self._side.after_fork()
        self._pairs.after_fork_in_child()
        event_loop.after_fork_in_child()

    def _end_if_child(self, reply: Reply) -> None:
        if getpid() != self._pid:
            self._end_as_child(reply)

    def _end_as_child(self, reply: Reply) -> None:
        from .commands import endings

        self._ends = True
        endings.end_as_child(reply, self._flush_c_stdio)

    def _end_namespace(self) -> None:
        """What the user's objects do as they go they do here, while what they write with is still there."""
        if not self._ends:
            return  # the user's code runs the exit handlers
        kept = loaded_module("_extsession_worker.data.kept")
        if kept is not None:
            kept.__dict__["clear"]()
        self._questions.forget()
        from .commands import endings

        endings.flush_files(self._session.namespace)
        del self._session, self._serving
        sys.modules.pop("__main__", None)
        for namespace, names in ((builtins.__dict__, ("_",)), (sys.__dict__, errors.REMEMBERED)):
            for name in names:
                namespace.pop(name, None)
        gc.collect()
        if self._side.is_over and not HAS_SIGNALS:
            end_group(self._pid)  # nobody else sweeps up

    def _exit_without_host(self) -> None:
        """As `_exit`, but that nobody reads what is written: no writer waits, or fails, for that."""
        self._ends = True
        self._pairs.lead_nowhere()
        self._exit(0)

    def _exit(self, code: int) -> None:
        """An orderly end: atexit handlers run, and what they write reaches the last command."""
        self._ends = True
        raise SystemExit(code)
