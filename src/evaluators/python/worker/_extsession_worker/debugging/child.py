"""Runs in a process that debugged code has started: connects it to the host before its code runs.

A copy of this file, with its own values at the end, is what runs there first, so it imports nothing of ours.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from socket import socket
    from typing import Any

ADDRESS = TOKEN = LIBRARIES = ""  # of the host, and the folder of debugpy

_VARIABLES = {
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # no warning that frozen modules have no breakpoints
    "PYDEVD_USE_FRAME_EVAL": "NO",  # as debugpy sets it
}
_PATIENCE = 10  # in seconds
_PAUSE = 0.02  # in seconds
_TRACKER = "resource_tracker import main"  # a process of `multiprocessing` or joblib that runs no code of users


def run_program() -> None:
    """As the program in the place of another one, whose file or module is among the arguments."""
    pydevd = _load()
    sys.modules["__main__"] = pydevd  # it makes another one for the program
    pydevd.main()


def start(setup: dict[str, object]) -> None:
    """In a process that runs the code of an argument `-c`, before that."""
    _load().settrace(
        host="127.0.0.1",
        port=1,
        suspend=False,
        trace_only_current_thread=False,
        patch_multiprocessing=True,
        notify_stdin=False,
        __setup_holder__=setup,
    )


def connected(address: str, token: str) -> socket:
    """Where the host does not wait any more, a connection that has ended: the process runs without a debugger."""
    import socket

    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_PATIENCE)
        connection.connect(address)
        connection.sendall(b"%s%016d" % (token.encode(), os.getpid()))
        connection.settimeout(None)
    except OSError:
        connection.close()
        connection, other = socket.socketpair()
        other.close()
    return connection


def lead(file: str) -> None:
    """Has the processes that this one starts run `file`, which is a copy of this one, before their own code."""

    def with_start(_host: str, _port: int, code: Any, _args: object, setup: dict[str, object]) -> Any:
        return _with_start(file, code, setup)

    monkey: Any = sys.modules["_pydev_bundle.pydev_monkey"]
    monkey._get_python_c_args = with_start
    monkey.is_python = _is_this_python
    __import__("_pydevd_bundle.pydevd_command_line_handling")
    arguments: Any = sys.modules["_pydevd_bundle.pydevd_command_line_handling"]
    arguments.get_pydevd_file = lambda: file


def wait(debugger: Any) -> None:
    """Until the host has set its breakpoints, or has gone."""
    import time

    while not debugger.ready_to_run and not debugger.pydb_disposed:
        debugger.process_internal_commands()
        time.sleep(_PAUSE)


def _is_this_python(path: str | bytes) -> bool:
    """Others may be too old for the debugger."""
    from shutil import which

    found = which(os.fsdecode(path))
    return found is not None and os.path.realpath(found) == os.path.realpath(sys.executable)


def _with_start(file: str, code: Any, setup: dict[str, object]) -> Any:
    """The code of an argument `-c`, text or bytes, with a call of `start`."""
    text = code.decode() if isinstance(code, bytes) else code
    if _TRACKER in text:
        return code
    monkey: Any = sys.modules["_pydev_bundle.pydev_monkey"]
    future, rest = monkey._separate_future_imports(text) if "__future__" in text else ("", text)
    directory, name = os.path.split(file[: -len(".py")])
    begin = "%simport sys; sys.path.insert(0, %r); import %s; %s.start(%r); del %s; %s"
    setup = monkey._get_setup_updated_with_protocol_and_ppid(setup)
    text = begin % (future, directory, name, name, setup, name, rest)
    return text.encode() if isinstance(code, bytes) else text


def _connected(_host: str, _port: int) -> socket:
    return connected(ADDRESS, TOKEN)


def _load() -> Any:
    """pydevd, which connects to the host."""
    directory = os.path.dirname(__file__)
    if sys.path[:1] == [directory]:  # not where Python was told to leave it out
        del sys.path[0]
    sys.path.insert(0, LIBRARIES)
    variables = {name: os.environ.get(name) for name in _VARIABLES}
    os.environ.update(_VARIABLES)
    try:
        __import__("debugpy._vendored.force_pydevd")
    finally:
        sys.path.remove(LIBRARIES)
        for name, value in variables.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    lead(__file__)
    log: Any = sys.modules["_pydev_bundle.pydev_log"]
    log._LoggingGlobals._debug_stream_initialized = True  # with none: else it is the error output of the process
    hidden: Any = sys.modules["_pydevd_bundle.pydevd_dont_trace_files"]
    hidden.DONT_TRACE[os.path.basename(__file__)] = hidden.PYDEV_FILE
    pydevd: Any = sys.modules["pydevd"]
    pydevd.start_client = _connected
    pydevd.PyDB.wait_for_ready_to_run = wait
    return pydevd
