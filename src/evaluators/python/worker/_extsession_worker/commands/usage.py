"""The CPU time, memory and bytes that a command uses, including child processes that have ended.

Only the time is read for every command, and the processor's clocks when a command begins, but not again at once. The
rest takes longer, and is read after commands that are not short: the memory and bytes of a short command count towards
the next one that is not.
"""

from __future__ import annotations

from os import O_RDONLY, close, read, times
from os import open as open_fd
from time import monotonic, process_time

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from ..link.messages import Usage

_LONG = 0.1  # in seconds, from which on the host is told
_SHORT = 0.01  # in seconds: the resolution of `times`
_AT_ONCE = 0.002  # in seconds: a program that runs one command after the other would spend 3 % of its time on that


class Meter:
    def __init__(self) -> None:
        self._read = 0.0
        self.begin()
        self._counts: dict[str, int] = {}

    def begin(self) -> None:
        self._began = began = monotonic()
        if began - self._read > _AT_ONCE:
            self._read, self._times, self._own = began, times(), process_time()

    def end(self) -> Usage | None:
        """What was used since `begin`; None for a short command. What the system does not tell is missing."""
        elapsed = monotonic() - self._began
        if elapsed < _LONG:
            if elapsed > _SHORT:
                self.look()
            return None
        before, now, own = self._times, times(), process_time() - self._own
        system = min(own, now.system - before.system)  # `times` counts in hundredths of a second
        usage: Usage = {
            "userMs": round(1000 * (own - system + now.children_user - before.children_user)),
            "systemMs": round(1000 * (system + now.children_system - before.children_system)),
        }
        counts = self._counts
        self.look()
        peak = _new_peak(counts, self._counts)
        if peak:
            usage["peakBytes"] = peak
        if "memory" in counts and "memory" in self._counts:
            usage["growthBytes"] = self._counts["memory"] - counts["memory"]
        if "read" in counts and "read" in self._counts:
            usage["readBytes"] = max(0, self._counts["read"] - counts["read"])
            usage["writtenBytes"] = max(0, self._counts["written"] - counts["written"])
        return usage

    def look(self) -> None:
        """Reads what the next command starts from."""
        self._counts = {**_memory(), **_bytes()}
        ended = times()
        if ended.children_user + ended.children_system > 0:
            self._counts.update(_memory_of_children())


def _fields(path: str) -> dict[str, int]:
    """The numbers in a file with lines such as `name: 12 kB`. Empty if there is no such file, as on macOS."""
    try:
        descriptor = open_fd(path, O_RDONLY)
    except OSError:
        return {}
    try:
        text = read(descriptor, 1 << 13).decode("ascii", "replace")
    except OSError:
        return {}
    finally:
        close(descriptor)
    words = [line.replace(":", " ").split() for line in text.splitlines()]
    return {each[0]: int(each[1]) for each in words if len(each) > 1 and each[1].isdigit()}


def _memory() -> dict[str, int]:
    """`peak` is the most since the process began: resetting it would change what user code measures."""
    fields = _fields("/proc/self/status")
    names = {"memory": "VmRSS", "peak": "VmHWM"}
    return {key: fields[name] * 1024 for key, name in names.items() if name in fields}


def _memory_of_children() -> dict[str, int]:
    """`child` is the most that one of those that have ended had: also of programs that they began as copies of us."""
    with standard_library_first():
        try:
            import resource
        except ImportError:  # on Windows
            return {}
    return {"child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024}


def _new_peak(before: dict[str, int], now: dict[str, int]) -> int:
    """The most that the process or one of its children has had since `before`; 0 if it had more before."""
    own, most = before.get("peak", 0), now.get("peak", 0)
    if own == 0:
        return 0
    child = now.get("child", 0)
    if child > before.get("child", 0):
        most = max(most, child)
    return most if most > own else 0


def _bytes() -> dict[str, int]:
    fields = _fields("/proc/self/io")
    if "rchar" not in fields or "wchar" not in fields:
        return {}
    return {"read": fields["rchar"], "written": fields["wchar"]}
