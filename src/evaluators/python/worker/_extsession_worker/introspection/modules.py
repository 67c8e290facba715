"""Which modules there are: known ones and those that the folders of `sys.path` hold. Imports nothing."""

from __future__ import annotations

import sys
from os import scandir

from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup

_MAX_ENTRIES = 5000  # of one folder


def module_names(package: str) -> list[str]:
    """The last parts of the names of the modules in `package`; the top-level ones for ''."""
    names: set[str] = set()
    start = package + "." if package else ""
    for known in list(sys.modules):
        if type(known) is str and known.startswith(start):
            names.add(known[len(start) :].partition(".")[0])
    if not package:
        names.update(sys.builtin_module_names)
    for folder in _folders(package):
        names.update(_in_folder(folder))
    return [name for name in names if name.isidentifier()]


def _folders(package: str) -> list[str]:
    if not package:
        return _strings(sys.path)
    module = sys.modules.get(package)
    if module is not None and lookup.is_module(module):
        return _strings(lookup.own_attributes(module).get("__path__"))
    return [folder + "/" + package.replace(".", "/") for folder in _strings(sys.path)]


def _strings(found: object) -> list[str]:
    """Also of a namespace package, whose path is an object of importlib's own."""
    path = found if lookup.is_list(found) else lookup.own_attributes(found).get("_path")
    return [one or "." for one in path if type(one) is str] if lookup.is_list(path) else []


def _in_folder(folder: str) -> list[str]:
    names: list[str] = []
    try:
        with scandir(folder) as entries:
            for entry in entries:
                name, dot, ending = entry.name.partition(".")
                is_file = ending in ("py", "so", "pyd") or ending.endswith((".so", ".pyd"))
                if is_file or (not dot and name != "__pycache__" and entry.is_dir()):
                    names.append(name)
                if len(names) > _MAX_ENTRIES:
                    break
    except OSError:
        pass  # a folder that is not there, or a zip file
    return names
