"""The worker's process. It leads a session and a process group of its own."""

from __future__ import annotations

import _signal as signal
import os
from time import sleep

from . import TYPE_CHECKING
from .reading import read_some

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .poller import Poller

_NOT_STARTED = 127
DEFAULTS = [
    getattr(signal, name) for name in ("SIGPIPE", "SIGXFSZ", "SIGHUP", "SIGINT", "SIGCHLD") if hasattr(signal, name)
]


class Process:
    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self.status: int | None = None
        """As `waitpid` reports it, once the process has ended."""
        self._streams: dict[int, int] = {}
        self._poller: Poller | None = None
        pipes = [os.pipe(), os.pipe()]
        self.pid = os.fork()
        if not self.pid:
            _become(argv, env, [pipe[1] for pipe in pipes])
        for index, (reader, writer) in enumerate(pipes):
            os.close(writer)
            os.set_blocking(reader, False)
            self._streams[index] = reader

    def watch(self, poller: Poller, printed: Callable[[int, bytes], object]) -> None:
        self._poller = poller
        self._printed = printed
        for index, reader in self._streams.items():
            poller.watch(reader, lambda _, index=index: self._read(index))

    def reap(self) -> bool:
        """Whether the process has just been found to have ended."""
        if self.status is not None:
            return False
        try:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:
            pid, status = self.pid, 0
        if not pid:
            return False
        self.status = status
        for index in list(self._streams):
            while self._read(index):
                pass
        return True

    def ending(self) -> dict[str, object]:
        status = self.status or 0
        if os.WIFSIGNALED(status):
            return {"exitCode": None, "signal": os.WTERMSIG(status)}
        return {"exitCode": os.WEXITSTATUS(status), "signal": None}

    def signal_group(self, number: int) -> None:
        """Without its leader, a process with the number of the group shows that the number was reused."""
        if self.status is not None and _exists(self.pid):
            return
        try:
            os.killpg(self.pid, number)
        except OSError:
            return  # nobody is left

    def kill(self) -> None:
        """Kills the whole group, and waits a little until the process is gone."""
        self.signal_group(signal.SIGKILL)
        for _attempt in range(100):
            if self.status is not None or self.reap():
                return
            sleep(0.01)

    def _read(self, index: int) -> bool:
        descriptor = self._streams.get(index)
        if descriptor is None:
            return False
        data = read_some(descriptor)
        if data:
            self._printed(index, data)
        elif data is not None:
            if self._poller:
                self._poller.unwatch(descriptor)
            os.close(descriptor)
            del self._streams[index]
        return bool(data)


def start_time(pid: int) -> str:
    """In the words of the system; empty if it does not tell."""
    try:
        with open("/proc/%d/stat" % pid, "rb", buffering=0) as file:
            return file.read().decode("latin-1").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def start_apart(argv: Sequence[str]) -> int:
    """Starts a program that outlives this one, and returns where its input is written."""
    reader, writer = os.pipe()
    if not os.fork():
        nothing = os.open(os.devnull, os.O_WRONLY)
        _become(argv, {}, [nothing, nothing], reader)
    os.close(reader)
    return writer


def _become(argv: Sequence[str], env: Mapping[str, str], outputs: Sequence[int], input: int | None = None) -> None:
    """In a forked child."""
    try:
        os.setsid()
        for source, target in zip([os.open(os.devnull, os.O_RDONLY) if input is None else input, *outputs], range(3)):
            os.dup2(source, target)
        for number in DEFAULTS:
            signal.signal(number, signal.SIG_DFL)
        os.execvpe(argv[0], list(argv), dict(env))
    except BaseException as error:
        os.write(2, ("%s: %s\n" % (argv[0], error)).encode("utf-8", "backslashreplace"))
    finally:
        os._exit(_NOT_STARTED)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
