"""Magics that install packages for the session's own Python."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import shell_commands
from .call import UsageError

if TYPE_CHECKING:
    from .call import MagicCall

_AT_PREFIX = ("install", "list", "remove", "uninstall", "update", "upgrade")


def pip(call: MagicCall) -> None:
    """%pip ARGUMENTS: the pip of the session's own Python."""
    import importlib

    shell_commands.run([sys.executable, "-m", "pip", *call.words()])
    importlib.invalidate_caches()
    print("Note: you may need to restart the session to use updated packages.")


def conda(call: MagicCall) -> None:
    """%conda ARGUMENTS: in the environment of the session's own Python."""
    import importlib
    from shutil import which

    program = os.environ.get("CONDA_EXE") or which("conda") or which("mamba") or which("micromamba")
    if program is None:
        raise UsageError("There is no conda, mamba or micromamba on PATH.")
    words = call.words()
    if words and words[0] in _AT_PREFIX and not {"-p", "--prefix", "-n", "--name"}.intersection(words):
        words[1:1] = ["--prefix", sys.prefix]
    if words and words[0] in _AT_PREFIX and words[0] != "list" and not {"-y", "--yes"}.intersection(words):
        words.insert(1, "--yes")  # nobody could answer
    shell_commands.run([program, *words])
    importlib.invalidate_caches()
