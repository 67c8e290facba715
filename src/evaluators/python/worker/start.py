"""Starts the worker: `python start.py CONTROL_SOCKET [SCRIPT ARGUMENT...]`.

Parses under any Python, however old, so that an old one can say which is needed.
"""

import os
import sys

if sys.version_info < (3, 7):
    sys.stderr.write(
        "ExtSession needs Python 3.7 or newer; this is %s (%s).\n" % (sys.version.split()[0], sys.executable)
    )
    sys.exit(64)


def standard_library_only(path, here):
    """The entries of `path` that hold the standard library: a user's `string.py` never reaches our own imports."""
    stdlib = os.path.dirname(os.__file__)
    kept = [p for p in path if p == stdlib or (p.startswith(stdlib + os.sep) and "-packages" not in p)]
    kept += [p for p in path if p == os.path.join(sys.base_prefix, "DLLs")]
    # Windows' embeddable package has these modules beside the program.
    kept += [p for p in path if p == sys.base_prefix and os.path.exists(os.path.join(p, "select.pyd"))]
    return [here] + kept


def main():
    here = os.path.dirname(os.path.join(os.getcwd(), __file__))  # by the way that we have come: see importlib_bootstrap
    user_path = sys.path[:]
    if user_path and os.path.abspath(user_path[0]) == os.path.abspath(here):
        user_path[0] = ""  # what an interactive Python has there: the current directory
    sys.path[:] = standard_library_only(user_path, here)
    dont_write_bytecode = sys.dont_write_bytecode
    sys.dont_write_bytecode = False  # for our own modules: compiling them takes longer than all the rest of the start
    import _extsession_worker.main as worker

    sys.dont_write_bytecode = dont_write_bytecode
    sys.path[:] = user_path
    control = sys.argv[1]
    sys.argv[:] = sys.argv[2:] or [""]
    if sys.argv[0] and user_path[:1] == [""]:
        sys.path[0] = os.path.dirname(sys.argv[0])  # as for a script
    return worker.run(control)


def handing_out(work, hook, endings):
    """The calls of `work`, and how the process ends after them. Leaves nothing of the error that they begin with."""
    sys.excepthook = hook
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        vars(sys).pop(name, None)
    try:
        for call in work:
            yield call
        endings.append(0)
    except SystemExit as end:
        endings.append(end.code)
    except BaseException:
        endings.append(1)
        raise


def run(work):
    """Makes the calls of `work`. In CPython, no frame is below what they call, as in a script.

    That takes a loop in C, and C code that begins it: that which calls the hook for an error that nobody has caught.
    It takes another one around it, which goes on after the odd error that a thread or a signal handler raises where
    nobody can catch it: what a finalizer raises is shown, and no more.
    """
    if sys.implementation.name != "cpython":
        for (call,) in work:
            call()
        return
    from _functools import partial, reduce
    from _operator import is_
    from itertools import starmap

    endings = []
    calls = starmap(type(main).__call__, handing_out(work, sys.excepthook, endings))

    class Lap:
        __slots__ = ()
        __del__ = staticmethod(partial(reduce, is_, calls, None))

    def next_lap():
        if endings:
            raise SystemExit(endings.pop())
        return Lap()

    sys.excepthook = partial(max, key=partial(reduce, is_, iter(next_lap, None)))
    raise Exception


run(main())
