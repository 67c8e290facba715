"""Commands of the system's shell: their output is the session command's, as it comes."""

from __future__ import annotations

import os
import re
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import Popen

    from .call import MagicCall

_EXPANDED = re.compile(r"\$\$|\$([^\W\d]\w*)|\{([^{}]*)\}")


def _environment() -> dict[str, str]:
    """A Python that writes into a pipe would keep its output back."""
    return {"PYTHONUNBUFFERED": "1", **os.environ}


def run(command: str | Sequence[str], text: str | None = None) -> int:
    """Runs a command, with `text` as its input if that is given; its exit code."""
    import subprocess

    sys.stdout.flush()
    sys.stderr.flush()
    process = subprocess.Popen(
        command,
        shell=isinstance(command, str),
        env=_environment(),
        stdin=None if text is None else subprocess.PIPE,
        universal_newlines=True,
    )
    try:
        process.communicate(text)
    except KeyboardInterrupt:
        _end(process)
        raise
    return process.returncode


def _end(process: Popen[str]) -> None:
    """The interrupt has reached it too; whatever ignores that is stopped."""
    try:
        process.wait(1)
    except Exception:
        process.terminate()


def output_of(command: str) -> list[str]:
    """The lines that a command writes to stdout."""
    import subprocess

    sys.stderr.flush()
    found = subprocess.run(
        command, shell=True, env=_environment(), stdout=subprocess.PIPE, universal_newlines=True, errors="replace"
    )
    return found.stdout.splitlines()


def expand(text: str, namespace: dict[str, object]) -> str:
    """`{expression}` and `$name` by their values, where there are such; `$$` is a dollar sign."""

    def value_of(found: re.Match[str]) -> str:
        name, expression = found.groups()
        if found.group() == "$$":
            return "$"
        if name is not None:
            return str(namespace[name]) if name in namespace else found.group()
        try:
            return str(eval(expression.strip(), namespace))
        except Exception:  # it is the shell's, as in awk '{print $1}'
            return found.group()

    return _EXPANDED.sub(value_of, text)


def sh(call: MagicCall) -> None:
    _run_script("sh", call)


def bash(call: MagicCall) -> None:
    _run_script("bash", call)


def _run_script(program: str, call: MagicCall) -> None:
    """As in IPython, a script that fails is an error."""
    from subprocess import CalledProcessError

    code = run([program, *call.words()], call.cell)
    if code:
        raise CalledProcessError(code, program)
