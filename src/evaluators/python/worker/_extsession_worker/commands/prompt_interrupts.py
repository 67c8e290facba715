"""Prompts that go on after Ctrl+C in a terminal, such as those of pdb and `code.interact`: here it ends the command."""

from __future__ import annotations

import sys
from _thread import get_ident

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .errors import is_of

if TYPE_CHECKING:
    from types import FrameType

_PROMPTS = {("pdb.py", "_cmdloop"), ("bdb.py", "user_line"), ("code.py", "interact"), ("cmd.py", "cmdloop")}
_main_thread = get_ident()


class PromptInterrupted(BaseException):
    """An interrupt at such a prompt. It is no KeyboardInterrupt, which they catch."""


class LoopInterrupted(PromptInterrupted, SystemExit):
    """The same in an asyncio loop, which only a SystemExit leaves at once: other tasks may be about to ask, too."""


def prompt_interrupt() -> PromptInterrupted:
    asyncio = sys.modules.get("asyncio.events")
    runs_loop = asyncio is not None and asyncio._get_running_loop() is not None
    return LoopInterrupted() if runs_loop else PromptInterrupted()


def interrupted_at_prompt() -> bool:
    """Whether this thread, the main one, waits for input at such a prompt."""
    frame: FrameType | None = None
    if get_ident() == _main_thread:
        frame = sys._getframe()  # pyright: ignore[reportPrivateUsage]  # documented all the same
    while frame is not None:
        code = frame.f_code
        if (code.co_filename.replace("\\", "/").rpartition("/")[2], code.co_name) in _PROMPTS:
            return True
        frame = frame.f_back
    return False


def as_interrupt(error: BaseException) -> BaseException:
    """The KeyboardInterrupt that an interrupt at a prompt stands for; any other error as it is."""
    if not is_of(error, PromptInterrupted):
        return error
    interrupt = KeyboardInterrupt().with_traceback(error.__traceback__)
    interrupt.__suppress_context__ = True
    return interrupt
