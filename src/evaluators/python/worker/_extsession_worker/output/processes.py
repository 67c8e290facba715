"""Processes of multiprocessing: whose output theirs is, what an interrupt leaves of them, what they can be given."""

from __future__ import annotations

import _signal
import _thread
import sys

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import plain_of, put_in_place
from .streams import router

if TYPE_CHECKING:
    from typing import Any

    from ..wrapping import Function

_router = router()
_function = type(router)
_INTERRUPTED = 1  # the exit code of a process that KeyboardInterrupt ends
_launching: Any = _thread._local()  # pyright: ignore[reportPrivateUsage]  # the Popen of a forkserver's process that this thread starts


class _TakesStreams:
    """What a forkserver's child unpickles first: it makes the descriptors that it was given its descriptors 1 and 2."""

    def __init__(self, places: tuple[int, int]) -> None:
        self._places = places

    def __reduce__(self) -> tuple[object, ...]:
        source = (
            "import os; from multiprocessing import forkserver\n"
            "given = forkserver.get_inherited_fds(); os.dup2(given[%d], 1); os.dup2(given[%d], 2)" % self._places
        )
        namespace: dict[str, object] = {}
        return exec, (source, namespace)


def _adapt_forkserver(module: Any) -> None:
    """All processes of a forkserver would write to the command that started it."""
    popen, spawn = module.Popen, module.spawn
    plain_launch, plain_data = popen._launch, spawn.get_preparation_data

    def _launch(self: Any, process_obj: object) -> object:
        _launching.popen = self
        try:
            return plain_launch(self, process_obj)
        finally:
            _launching.popen = None

    def get_preparation_data(name: str) -> dict[str, object]:
        data: dict[str, object] = {}
        started, command = getattr(_launching, "popen", None), _router.target()
        if started is not None and command is not None:
            first, second = (started.duplicate_for_child(end) for end in command.pair.write_ends)
            data["extsession_streams"] = _TakesStreams((first, second))  # before all else that the child unpickles
        data.update(plain_data(name))
        return data

    popen._launch, spawn.get_preparation_data = _launch, get_preparation_data


# The session tells of an interrupt: tracebacks of all of its processes, some cut short, would say nothing more. Before
# and after what a process runs, an interrupt ends it at once. What else ends it is told without the frame of `run`.
_QUIET = """
import os, signal, sys
def end(number, frame):
    os._exit(%d)
def replace(old, new):
    if signal.getsignal(signal.SIGINT) is old:
        signal.signal(signal.SIGINT, new)
def adapt(process, begin):
    plain = process._bootstrap
    def _bootstrap(self, *args, **kwargs):
        own_run = self.run
        def run():
            try:
                try:
                    begin()
                    own_run()
                finally:
                    replace(signal.default_int_handler, end)
            except KeyboardInterrupt:
                pass
            except Exception as error:
                import traceback
                sys.stderr.write("Process %%s:\\n" %% self.name)
                traceback.print_exception(type(error), error, error.__traceback__.tb_next)
            else:
                return
            raise SystemExit(%d)
        self.run = run
        return plain(self, *args, **kwargs)
    process._bootstrap = _bootstrap
""" % (_INTERRUPTED, _INTERRUPTED)
_QUIET_START = """
from multiprocessing.process import BaseProcess
replace(signal.default_int_handler, end)
if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
adapt(BaseProcess, lambda: replace(end, signal.default_int_handler))
"""


class _EndsQuietly:
    """What a spawned process unpickles first: an interrupt ends it like one that was forked."""

    def __reduce__(self) -> tuple[object, ...]:
        namespace: dict[str, object] = {}
        return exec, (_QUIET + _QUIET_START, namespace)


class _Held:
    """SIGINT, while a process is started: it is blocked there until the process can end without a traceback."""

    def __init__(self) -> None:
        self._set_mask: Any = plain_of(getattr(_signal, "pthread_sigmask", None))
        self._mask: object = None

    def during(self, plain: Function) -> Function:
        def start(*args: Any) -> object:
            mask = self._mask = self._set_mask(_signal.SIG_BLOCK, {_signal.SIGINT})
            try:
                return plain(*args)
            finally:
                self._set_mask(_signal.SIG_SETMASK, mask)

        return start

    def end_in_child(self) -> None:
        """In a process that was forked."""
        if self._mask is not None:
            self._set_mask(_signal.SIG_SETMASK, self._mask)


_held = _Held()


def _adapt_process(module: Any) -> None:
    namespace: dict[str, Any] = {}
    exec(compile(_QUIET, __file__, "exec"), namespace)
    namespace["adapt"](module.BaseProcess, _held.end_in_child)


def _hold_in_fork(module: Any) -> None:
    put_in_place(module.Popen, "_launch", _held.during)


def _hold_in_spawn(module: Any) -> None:
    put_in_place(module, "spawnv_passfds", _held.during)


def _adapt_spawn(module: Any) -> None:
    plain = module.get_preparation_data

    def get_preparation_data(name: str) -> dict[str, object]:
        return {"extsession_end": _EndsQuietly(), **plain(name)}

    module.get_preparation_data = get_preparation_data


def _adapt_reduction(module: Any) -> None:
    """A process that has not been forked can't find what the session defines: it would fail, and its pool wait."""
    pickler = module.ForkingPickler

    def refuse_the_lost(value: Any) -> None:
        if isinstance(value, (_function, type)) and _is_lost(value):
            raise module.pickle.PicklingError(_explanation(value))

    if sys.version_info < (3, 8):  # which asks nothing else of functions and classes

        def persistent_id(_self: object, value: Any) -> None:
            refuse_the_lost(value)

        pickler.persistent_id = persistent_id
        return
    plain = pickler.__dict__.get("reducer_override")

    def reducer_override(self: Any, value: Any) -> object:
        refuse_the_lost(value)
        return NotImplemented if plain is None else plain(self, value)

    pickler.reducer_override = reducer_override


def _adapt_executor(module: Any) -> None:
    """Before 3.10, an executor may wait for ever for what could not be pickled."""
    put_in_place(module.ProcessPoolExecutor, "submit", _refusing_the_lost)


def _refusing_the_lost(plain: Function) -> Function:
    def submit(self: Any, *args: Any, **kwargs: Any) -> object:
        called = args[0] if args else kwargs.get("fn")
        if self._mp_context.get_start_method() != "fork":
            for value in (called, *getattr(called, "args", ())):  # `map` submits a partial
                if isinstance(value, (_function, type)) and _is_of_session(value):
                    raise sys.modules["pickle"].PicklingError(_explanation(value))
        return plain(self, *args, **kwargs)

    return submit


def _is_of_session(value: Any) -> bool:
    return getattr(value, "__module__", None) == "__main__" and not _router.forked


def _is_lost(value: Any) -> bool:
    if not _is_of_session(value):
        return False
    context: Any = sys.modules.get("multiprocessing.context")
    process: Any = sys.modules.get("multiprocessing.process")
    spawning = context.get_spawning_popen() if context else None
    if spawning is not None:
        return bool(spawning.method != "fork")
    children = list(process._children) if process else []
    return bool(children) and not any(getattr(child._popen, "method", "fork") == "fork" for child in children)


def _explanation(value: object) -> str:
    return (
        "Can't give %r to another process: it is defined in the session, and only a forked process can find it. "
        "Put it into a module and import it, or use multiprocessing.get_context('fork') where there is one."
        % getattr(value, "__qualname__", value)
    )


def install() -> None:
    when_imported("multiprocessing.popen_forkserver", _adapt_forkserver)
    when_imported("multiprocessing.process", _adapt_process)
    when_imported("multiprocessing.spawn", _adapt_spawn)
    if hasattr(_signal, "pthread_sigmask"):
        when_imported("multiprocessing.popen_fork", _hold_in_fork)
        when_imported("multiprocessing.util", _hold_in_spawn)
    if not sys.argv[0]:  # otherwise it is a script, which a spawned process imports
        when_imported("multiprocessing.reduction", _adapt_reduction)
        when_imported("concurrent.futures.process", _adapt_executor)
