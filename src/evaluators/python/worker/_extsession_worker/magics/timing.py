"""%time and %timeit, which print what IPython's print."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .call import MagicCall

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "\xb5s"), (1e-9, "ns"))
_LEAST = 0.2  # seconds that one run of %timeit lasts at least


def time(call: MagicCall) -> object:
    """%time STATEMENT, %%time: the code's value, after the time that it took."""
    from time import perf_counter

    before, started = _processor_times(), perf_counter()
    try:
        return call.evaluate(call.line if call.cell is None else None)
    finally:
        wall, after = perf_counter() - started, _processor_times()
        user, kernel = (later - earlier for earlier, later in zip(before, after))
        print("CPU times: user %s, sys: %s, total: %s" % tuple(map(_duration, (user, kernel, user + kernel))))
        print("Wall time: %s" % _duration(wall))


def _processor_times() -> tuple[float, float]:
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # Windows
        from os import times

        now = times()
        return now.user, now.system
    used = getrusage(RUSAGE_SELF)
    return used.ru_utime, used.ru_stime


def _duration(seconds: float) -> str:
    if seconds >= 60:
        minutes, rest = divmod(int(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        parts = ((hours, "h"), (minutes, "min"), (rest, "s"))
        return " ".join("%d%s" % part for part in parts if part[0])
    for unit, name in _UNITS:
        if seconds >= unit:
            return "%.3g %s" % (seconds / unit, name)
    return "%.3g ns" % (max(seconds, 0) * 1e9)


def timeit(call: MagicCall) -> object:
    """%timeit [-n LOOPS] [-r RUNS] [-q] [-o] STATEMENT; %%timeit runs the line once and times the cell."""
    import gc

    options, statement = call.options("n:r:qop:tc")
    setup = statement if call.cell is not None else ""
    code = statement if call.cell is None else call.cell
    if not code:
        return None
    run = _loop(code, setup, call.namespace if call.is_in_function else call.session.namespace)
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        loops = int(options.get("n", 0)) or _loops(run)
        runs = [run(loops) / loops for _run in range(int(options.get("r", 7)))]
    finally:
        if was_enabled:
            gc.enable()
    result = TimeitResult(loops, runs)
    if "q" not in options:
        print(result)
    return result if "o" in options else None


def _loop(code: str, setup: str, namespace: dict[str, Any]) -> Callable[[int], float]:
    from timeit import Timer

    return Timer(code.strip("\n") or "pass", setup or "pass", globals=namespace).timeit


def _loops(run: Callable[[int], float]) -> int:
    """As many as take a while, in powers of ten."""
    loops = 1
    while run(loops) < _LEAST:
        loops *= 10
    return loops


class TimeitResult:
    """What %timeit -o returns: times in seconds for one loop."""

    def __init__(self, loops: int, timings: list[float]) -> None:
        self.loops, self.repeat, self.timings = loops, len(timings), timings
        self.all_runs = [loops * each for each in timings]
        self.average = sum(timings) / len(timings)
        self.stdev = (sum((each - self.average) ** 2 for each in timings) / len(timings)) ** 0.5
        self.best, self.worst = min(timings), max(timings)

    def __str__(self) -> str:
        return "%s \xb1 %s per loop (mean \xb1 std. dev. of %d run%s, %s loop%s each)" % (
            _duration(self.average),
            _duration(self.stdev),
            self.repeat,
            "" if self.repeat == 1 else "s",
            format(self.loops, ","),
            "" if self.loops == 1 else "s",
        )

    def __repr__(self) -> str:
        return "<TimeitResult : %s>" % self
