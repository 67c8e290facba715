"""%%capture, %%html, %%markdown."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display

if TYPE_CHECKING:
    from ..link.messages import MimeBundle
    from .call import MagicCall


class CapturedIO:
    """What a cell has printed and displayed. Calling it, or `show()`, shows that."""

    def __init__(self, stdout: str, stderr: str, outputs: list[MimeBundle]) -> None:
        self.stdout, self.stderr, self.outputs = stdout, stderr, outputs

    def __str__(self) -> str:
        return self.stdout

    def show(self) -> None:
        import sys

        sys.stdout.write(self.stdout)
        sys.stderr.write(self.stderr)
        for output in self.outputs:
            display.publish(output)

    __call__ = show


def capture(call: MagicCall) -> None:
    """%%capture [--no-stdout] [--no-stderr] [--no-display] [NAME]: runs a cell and keeps what it shows."""
    from contextlib import ExitStack, redirect_stderr, redirect_stdout
    from io import StringIO

    words = call.words()
    name = next((word for word in words if not word.startswith("-")), None)
    stdout, stderr = StringIO(), StringIO()
    outputs: list[MimeBundle] = []
    plain = display.publish

    def keep(data: MimeBundle, display_id: str | None = None, update: bool = False) -> None:
        outputs.append(data)

    with ExitStack() as stack:
        if "--no-stdout" not in words:
            stack.enter_context(redirect_stdout(stdout))
        if "--no-stderr" not in words:
            stack.enter_context(redirect_stderr(stderr))
        if "--no-display" not in words:
            display.publish = keep
            stack.callback(setattr, display, "publish", plain)
        try:
            call.evaluate()
            display.finish()
        finally:
            if name is not None:
                call.session.namespace[name] = CapturedIO(stdout.getvalue(), stderr.getvalue(), outputs)


def html(call: MagicCall) -> None:
    display.display({"text/html": call.cell, "text/plain": call.cell}, raw=True)


def markdown(call: MagicCall) -> None:
    display.display({"text/markdown": call.cell, "text/plain": call.cell}, raw=True)
