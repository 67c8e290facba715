"""For a host on another machine: the files of commands are its own, and it asks the debugger for the text of others."""

from __future__ import annotations

from os.path import abspath, exists

from .. import TYPE_CHECKING
from ..commands.sources import remembered_sources
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def tell_files_here(file_utils: Any, filename: str) -> Callable[[], None]:
    """Changes pydevd's module, for a command of that file. Returns a function that restores it.

    pydevd would take a file of the host that is not here for code without a file, and one that is here for the host's.
    """
    plain = file_utils.map_file_to_client
    references: dict[str, int] = file_utils._client_filename_in_utf8_to_source_reference
    references.clear()
    theirs = {abspath(name): name for name, _source in remembered_sources() if _is_path(name)}
    if _is_path(filename):
        theirs[abspath(filename)] = filename

    def to_client(path: str) -> tuple[str, bool]:
        if path in theirs:
            return theirs[path], True
        shown, is_mapped = plain(path)
        if shown not in references and exists(path):
            reference = references[shown] = file_utils._next_source_reference()
            file_utils._source_reference_to_server_filename[reference] = path
        return shown, is_mapped

    def restore() -> None:
        file_utils.map_file_to_client = plain

    file_utils.map_file_to_client = to_client
    return restore


def _is_path(name: str) -> bool:
    """An absolute one, of any system."""
    return name[:1] == "/" or name[1:3] == ":\\"
