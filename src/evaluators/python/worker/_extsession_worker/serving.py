"""One request, from its arrival to its reply, in steps that can be taken again.

Another thread may send an exception to the main thread at any time (`PyThreadState_SetAsyncExc`). Where it cuts the
worker's own code short, the same request is served again: what is done stays done, and the rest follows.
"""

from __future__ import annotations

from . import TYPE_CHECKING
from .commands import interrupts
from .output.streams import Command, owner, router
from .pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .runner import failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Literal

    from .commands.usage import Meter
    from .link.channel import Channel
    from .link.messages import Ending, ErrorInfo, Reply, Request
    from .output.pair_pool import PairPool
    from .runner import Runner

_MOST_FAILURES = 20  # of the worker's own code within one request
_router = router()


class _Served:
    """What has become of a request so far."""

    def __init__(self, request: Request, command: Command) -> None:
        self.request = request
        self.command: Command | None = command
        self.pair = command.pair
        self.runs = False
        self.reply: Reply | None = None
        self.ending: Ending | None = None
        self.sent: list[object] = []
        self.failures = 0


class Serving:
    """Serves the requests of one worker, one after the other."""

    def __init__(
        self,
        channel: Channel,
        pairs: PairPool,
        runner: Runner,
        meter: Meter,
        flush_c_stdio: Callable[[], object],
        end_if_child: Callable[[Reply], None],
    ) -> None:
        """`end_if_child` ends the process if it is a forked child of the worker's."""
        self._channel = channel
        self._pairs = pairs
        self._runner = runner
        self._meter = meter
        self._flush_c_stdio = flush_c_stdio
        self._end_if_child = end_if_child
        self._served: _Served | None = None

    def serve(self, request: Request) -> None:
        """Runs the request and sends its reply; goes on with it if it is the one that was cut short."""
        served = self._served
        if served is None or served.request is not request:
            served = self._served = _Served(request, Command(request["id"], self._pairs.armed))
        if served.reply is None:
            self._run(served)
        if served.command is not None:
            self._finish(served, served.command)
        self._pairs.give_back(served.pair, request["id"])

    def is_stuck(self) -> bool:
        """To be asked after an exception in the worker's own code: whether there were too many in one request."""
        served = self._served
        if served is None or served.command is None:
            return False
        served.failures += 1
        return served.failures > _MOST_FAILURES

    def takes(self, error: BaseException) -> bool:
        """Whether `error`, which another thread has sent, is how a request ends. Otherwise it has only delayed it."""
        served = self._served
        if served is None or not served.runs or served.reply is not None:
            return False
        served.reply = failure(error)
        return True

    def _run(self, served: _Served) -> None:
        # No variable for the command: an exception that the user's code stores would hold its streams open.
        interrupts.arm()
        served.pair.arm()  # again: an earlier command may have closed or replaced descriptors 1 and 2
        _router.begin(served.command)
        owner.set(served.command)
        self._meter.begin()
        served.runs = True
        served.reply = self._runner.run(served.request)
        self._end_if_child(served.reply)

    def _finish(self, served: _Served, command: Command) -> None:
        """Hands descriptors 1 and 2 on to the next pair, leaves the end markers that are needed, and replies."""
        command.settle()
        self._flush_c_stdio()
        _router.running = None
        owner.set(None)
        self._pairs.arm_next(command.pair)
        if served.ending is None:
            served.ending = self._end(command)
        if not served.sent:
            self._send({**(served.reply or {}), **served.ending}, served)
        served.command = None  # what else holds it has its own hold on its streams

    def _end(self, command: Command) -> Ending:
        marked: list[Literal[0, 1]] = [stream for stream in (0, 1) if command.pair.unread(stream)]
        command.end(marked)
        ending: Ending = {"t": "done", "id": command.id, "ends": marked, "next": self._pairs.armed.number}
        usage = self._meter.end()
        if usage is not None:
            ending["usage"] = usage
        profile = self._runner.take_profile()
        if profile is not None:
            ending["profile"] = profile
        return ending

    def _send(self, message: Any, served: _Served) -> None:
        try:
            self._channel.send(message, served.sent)
        except (ValueError, TypeError, RecursionError, MemoryError) as error:  # it is too large, or no JSON
            if served.sent:
                raise
            name, text = type(error).__name__, str(error)
            plain: ErrorInfo = {"name": name, "message": text, "traceback": "%s: %s\n" % (name, text), "frames": []}
            ending: Any = served.ending
            failed: Any = {"status": "error", "error": plain, **ending}
            self._channel.send(failed, served.sent)
