"""Commands of the system's shell: their output is the session command's, as it comes."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress

from .. import TYPE_CHECKING
from ..output.text_stream import TextStream
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import Popen
    from typing import IO, Any

    from .call import MagicCall

_EXPANDED = re.compile(r"\$\$|\$([^\W\d]\w*)|\{\{([^{}]*)\}\}|\{([^{}]*)\}")
_LAST_OUTPUT = 1.0  # seconds for what a command wrote last: what it leaves in the background keeps its pipe
_FORMATTED = re.compile(r"(.+?)(?:(![rsa])(:[^:]*)?|(:[^:]*))\Z", re.DOTALL)


def _environment() -> dict[str, str]:
    """A Python that writes into a pipe would keep its output back."""
    on_windows = {"PYTHONIOENCODING": "utf-8"} if os.name == "nt" else {}  # otherwise in an old code page
    return {"PYTHONUNBUFFERED": "1", **on_windows, **os.environ}


def run(command: str | Sequence[str], text: str | None = None) -> int:
    """Runs a command, with `text` as its input if that is given; its exit code."""
    import subprocess

    sys.stdout.flush()
    sys.stderr.flush()
    replaced = [type(stream) is not TextStream for stream in (sys.stdout, sys.stderr)]
    stdout, stderr = (subprocess.PIPE if other else None for other in replaced)
    process = subprocess.Popen(
        command,
        shell=isinstance(command, str),
        env=_environment(),
        stdin=None if text is None else subprocess.PIPE,
        stdout=stdout,
        stderr=stderr,
        universal_newlines=True,
        errors="replace",
    )
    try:
        if any(replaced):
            _write_to_replaced(process, text)
        else:
            process.communicate(text)
    except KeyboardInterrupt:
        _end(process)
        raise
    return process.returncode


def _write_to_replaced(process: Popen[str], text: str | None) -> None:
    """What user code has put in the place of a stream gets the command's output, as it comes: %%capture, for one."""
    from threading import Thread

    def feed() -> None:
        if process.stdin is not None:
            with process.stdin, suppress(OSError):
                process.stdin.write(text or "")

    def copy(pipe: IO[str], stream: Any) -> None:
        with pipe:
            for line in pipe:
                stream.write(line)

    streams = [(process.stdout, sys.stdout), (process.stderr, sys.stderr)]
    copies = [Thread(target=copy, args=pair, daemon=True) for pair in streams if pair[0] is not None]
    for thread in (*copies, Thread(target=feed, daemon=True)):
        thread.start()
    process.wait()
    for thread in copies:
        thread.join(_LAST_OUTPUT)


def _end(process: Popen[str]) -> None:
    """The interrupt has reached it too; whatever ignores that is stopped."""
    try:
        process.wait(1)
    except Exception:
        process.terminate()


def output_of(command: str) -> list[str]:
    """The lines that a command writes, errors among them, as in IPython."""
    import subprocess

    found = subprocess.run(
        command,
        shell=True,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        encoding="utf-8" if os.name == "nt" else None,
        errors="replace",
    )
    return found.stdout.splitlines()


def expand(text: str, namespace: dict[str, object]) -> str:
    """`{expression}` and `$name` by their values, where there are such; `$$` and `{{x}}` are `$` and `{x}`."""

    def value_of(found: re.Match[str]) -> str:
        name, literal, expression = found.groups()
        if found.group() == "$$":
            return "$"
        if literal is not None:
            return "{" + literal + "}"
        if name is not None:
            return str(namespace[name]) if name in namespace else found.group()
        try:
            return _formatted(expression, namespace)
        except Exception:  # it is the shell's, as in awk '{print $1}'
            return found.group()

    return _EXPANDED.sub(value_of, text)


def _formatted(expression: str, namespace: dict[str, object]) -> str:
    """The value of an expression, which may end with how to format it: `{x!r}`, `{x:.2f}`."""
    try:
        return str(eval(expression.strip(), namespace))
    except SyntaxError:
        parts = _FORMATTED.match(expression)
        if parts is None:
            raise
        value = eval(parts.group(1).strip(), namespace)
        return ("{0%s%s}" % (parts.group(2) or "", parts.group(3) or parts.group(4) or "")).format(value)


def sh(call: MagicCall) -> None:
    _run_script("sh", call)


def bash(call: MagicCall) -> None:
    _run_script("bash", call)


def _run_script(program: str, call: MagicCall) -> None:
    """As in IPython, a script that fails is an error."""
    from subprocess import CalledProcessError

    from .call import UsageError

    words = call.words()
    for option in ("--out", "--err", "--bg", "--proc", "--no-raise-error"):
        if option in words:
            raise UsageError("%%%%%s %s needs IPython. `%%pip install ipython` brings it." % (program, option))
    code = run([program, *words], call.cell)
    if code:
        raise CalledProcessError(code, program)
