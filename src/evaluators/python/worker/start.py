"""Starts the worker: `python start.py CONTROL_SOCKET [SCRIPT ARGUMENT...]`.

Parses under any Python, however old, so that an old one can say which is needed.
"""

import gc
import os
import sys

if sys.version_info < (3, 7):
    sys.stderr.write(
        "ExtSession needs Python 3.7 or newer; this is %s (%s).\n" % (sys.version.split()[0], sys.executable)
    )
    sys.exit(64)


PACKAGE = "_extsession_worker"


def standard_library_only(path):
    """The entries of `path` that hold the standard library: a user's `string.py` never reaches our own imports."""
    stdlib = os.path.dirname(os.__file__)
    kept = [p for p in path if p == stdlib or (p.startswith(stdlib + os.sep) and "-packages" not in p)]
    kept += [p for p in path if p == os.path.join(sys.base_prefix, "DLLs")]
    # Windows' embeddable package has these modules beside the program.
    kept += [p for p in path if p == sys.base_prefix and os.path.exists(os.path.join(p, "select.pyd"))]
    return kept


def private_modules(here):
    """Our module that loads our other ones; none of them is in `sys.modules`."""
    from _frozen_importlib_external import SourceFileLoader

    name = PACKAGE + ".private_modules"
    loader = SourceFileLoader(name, os.path.join(here, PACKAGE, "private_modules.py"))
    module = type(sys)(name)
    module.__file__ = loader.path
    exec(loader.get_code(name), module.__dict__)
    return module.become_private(module)


def main():
    here = os.path.dirname(os.path.join(os.getcwd(), __file__))  # by the way that we have come: see importlib_bootstrap
    user_path = sys.path[:]
    if user_path and os.path.abspath(user_path[0]) == os.path.abspath(here):
        user_path[0] = ""  # what an interactive Python has there: the current directory
    sys.path[:] = standard_library_only(user_path)
    # Our own modules are not compiled each time, which takes longer than all the rest of the start, and stay anyway.
    writes_none, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    collects = gc.isenabled()
    gc.disable()
    worker = private_modules(here).load(PACKAGE + ".main")

    sys.path[:] = user_path
    control = sys.argv[1]
    sys.argv[:] = sys.argv[2:] or [""]
    if sys.argv[0] and user_path[:1] == [""]:
        sys.path[0] = os.path.dirname(sys.argv[0])  # as for a script

    def loaded():
        sys.dont_write_bytecode = writes_none
        if collects:
            gc.enable()

    worker.run(control, loaded)


main()
