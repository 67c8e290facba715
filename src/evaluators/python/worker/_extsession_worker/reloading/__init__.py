"""Modules whose files have changed are loaded anew before the next command; what user code holds of them follows."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..commands.session import Session


def install(session: Session, folders: Sequence[str] | None) -> None:
    """folders: of the modules that are meant; None for all modules outside the standard library.

    Nothing more is loaded before a command has imported something.
    """
    count = len(sys.modules)

    def at_command_end(_value: object) -> None:
        if len(sys.modules) == count:
            return
        display.at_command_end.remove(at_command_end)
        from .reload import follow

        follow(session, folders)

    display.at_command_end.append(at_command_end)
