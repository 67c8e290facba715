"""IPython's own shell over the session's namespace, where IPython can be imported; nothing else of it takes over."""

from __future__ import annotations

import builtins as current_builtins
import sys
from functools import wraps
from importlib import import_module

from .. import TYPE_CHECKING
from ..commands import interrupts
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display
from .call import MagicCall, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..commands.session import Session

_CORE = "IPython.core.interactiveshell"
_PROMPTS = ("ps1", "ps2", "ps3")
_UNWANTED = ("_i", "_ii", "_iii", "exit", "quit", "open")
_shell: Any = None
_is_absent = False


def provide(session: Session) -> bool:
    """Whether `get_ipython` is there for user code: makes the shell when it is asked for first."""
    global _shell, _is_absent
    if _shell is None and not _is_absent:
        _shell = _start(session)
        _is_absent = _shell is None
    return _shell is not None


def has_automatic(name: str) -> bool:
    """Whether the shell has a line magic or an alias of that name, which may be written without its %."""
    return bool(_shell.automagic) and _shell.find_line_magic(name) is not None


def figure_types(kind: type) -> list[str]:
    """The MIME types in which IPython has been told to show figures of that class."""
    found: dict[str, Any] = {} if _shell is None else _shell.display_formatter.formatters
    return [mime for mime, formatter in found.items() if kind in formatter.type_printers]


def magic_names() -> list[str]:
    """With their per cent signs: those of the shell, if it has been started, else our own."""
    if _shell is None:
        from .own import CELL, LINE

        known: Any = {"line": LINE, "cell": CELL}
    else:
        known = _shell.magics_manager.magics
    return sorted(["%" + name for name in known["line"]] + ["%%" + name for name in known["cell"]])


def _start(session: Session) -> Any:
    try:
        page, core, traits = map(import_module, ("IPython.core.page", _CORE, "traitlets.config"))
    except ImportError:
        return None
    config: Any = traits.Config()
    config.HistoryManager.enabled = False  # it would start a thread
    before = dict(session.namespace)
    prompts = {name: getattr(sys, name) for name in _PROMPTS if hasattr(sys, name)}
    path = list(sys.path)
    shell = core.InteractiveShell.instance(config=config, user_module=sys.modules["__main__"])
    sys.path[:] = path
    for name in _PROMPTS:
        sys.__dict__.pop(name, None)
    sys.__dict__.update(prompts)
    for name in _UNWANTED:
        session.namespace.pop(name, None)
    session.namespace.update({name: before[name] for name in _UNWANTED if name in before})
    current_builtins.__dict__["get_ipython"] = session.namespace.pop("get_ipython")
    shell.last_execution_result = core.ExecutionResult(None)  # which %xdel asks for
    shell.set_hook("show_in_pager", page.as_hook(page.display_page), 99)
    _take_over(shell, session)
    session.before_command.append(lambda source: _before_command(session, source))
    _tell_history(session, shell)
    display.at_command_end.append(_after_command)
    return shell


def _take_over(shell: Any, session: Session) -> None:
    """What would go past the command's streams, lose the lines of the user's file, or wait for a kernel."""
    from . import capture, environment, shell_commands, timing

    def run(command: str) -> None:
        shell.user_ns["_exit_code"] = shell_commands.run(shell.var_expand(command, depth=1))

    def lines_of(command: str, split: bool = True, depth: int = 0) -> object:
        lines = shell_commands.output_of(shell.var_expand(command, depth=depth + 1))
        texts = import_module("IPython.utils.text")
        return texts.SList(lines) if split else texts.LSString("\n".join(lines))

    def enable_gui(gui: str | None = None) -> None:
        if gui not in (None, "", "inline", "agg"):
            raise UsageError("The session does not run the event loop of %s." % gui)

    def enable_matplotlib(gui: str | None = None) -> tuple[str, str]:
        enable_gui(gui)
        return "inline", "inline"  # figures are shown in place anyway

    def set_next_input(text: str, replace: bool = False) -> None:
        print(text)  # of %load and %recall, to be copied

    shell.system, shell.getoutput, shell.set_next_input = run, lines_of, set_next_input
    shell.enable_gui, shell.enable_matplotlib = enable_gui, enable_matplotlib
    shell.extension_manager.load_extension("storemagic")  # as IPython's own programs do
    shell.safe_execfile = _raising(shell.safe_execfile)
    shell.debugger = _keeping_displayhook(shell.debugger)
    _add_inline_backend(shell)
    scripts = shell.magics_manager.registry["ScriptMagics"]
    scripts.shebang = shell.magics_manager.magics["cell"]["script"] = _interruptible(scripts.shebang)
    for magic, kind in (
        (capture.capture, "cell"),
        (environment.matplotlib, "line"),
        (environment.precision, "line"),
        (timing.time, "line_cell"),
    ):
        shell.register_magic_function(_for_ipython(magic, session), kind, magic.__name__)


def _add_inline_backend(shell: Any) -> None:
    """`%config InlineBackend.figure_formats` tells in which formats figures are shown."""
    try:
        config = import_module("matplotlib_inline.config")
    except ImportError:
        return
    backend = config.InlineBackend.instance(parent=shell)
    backend.shell = shell
    shell.configurables.append(backend)


def _raising(plain: Callable[..., None]) -> Callable[..., None]:
    """%run: an error of the script is the command's, in place of a text that IPython prints."""

    def safe_execfile(*where: object, exit_ignore: bool = False, **options: object) -> None:
        try:
            plain(*where, exit_ignore=exit_ignore, **{**options, "raise_exceptions": True})
        except SystemExit as end:
            if end.code not in (None, 0) and not exit_ignore:
                raise

    return safe_execfile


def _interruptible(plain: Callable[[str, str], None]) -> Callable[[str, str], None]:
    """%%bash and the like: an interrupt ends the command, and not only the script."""

    @wraps(plain)  # its parser of arguments, too
    def shebang(line: str, cell: str) -> None:
        heard = interrupts.state().heard
        try:
            plain(line, cell)
        finally:
            if interrupts.state().heard != heard:
                raise KeyboardInterrupt

    return shebang


def _keeping_displayhook(plain: Callable[..., None]) -> Callable[..., None]:
    """%debug: IPython's trap around it leaves None behind where the hook is Python's own."""

    def debugger(*arguments: object, **options: object) -> None:
        hook = sys.displayhook
        try:
            plain(*arguments, **options)
        finally:
            sys.displayhook = hook

    return debugger


def _for_ipython(magic: Callable[[MagicCall], object], session: Session) -> Callable[..., object]:
    def called(line: str, cell: str | None = None) -> object:
        frame = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
        while frame.f_globals.get("__name__", "").startswith("IPython.") and frame.f_back is not None:
            frame = frame.f_back
        return magic(MagicCall(session, line, cell, frame))

    called.__doc__ = magic.__doc__
    return called


def _tell_history(session: Session, shell: Any) -> None:
    """%history, %save, %rerun and `In` find the latest commands, also those from before the shell was there."""
    history = shell.history_manager
    history.input_hist_raw[:] = history.input_hist_parsed[:] = ["", *session.sources]
    shell.execution_count = len(session.sources)


def _before_command(session: Session, source: str) -> None:
    """What extensions such as autoreload wait for, too."""
    _tell_history(session, _shell)
    _shell.events.trigger("pre_execute")
    _shell.events.trigger("pre_run_cell", import_module(_CORE).ExecutionInfo(source, False, False, True, None))


def _after_command(_value: object) -> None:
    _shell.last_execution_result = import_module(_CORE).ExecutionResult(None)
    _shell.events.trigger("post_execute")
    _shell.events.trigger("post_run_cell", _shell.last_execution_result)
