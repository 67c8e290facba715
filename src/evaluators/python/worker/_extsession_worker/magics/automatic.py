"""Magics without their %, as in notebooks: in a command of one line that fails as Python, by names that are free."""

from __future__ import annotations

import re

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import ipython_shell
from .lines import Call

if TYPE_CHECKING:
    from ..commands.session import Session

_LINE = re.compile(r"([a-z]\w*)(?:[ \t]+(?![=!<>(),+%^&|:])(.*))?$")
# What is looked up: a mistake in other words does not load IPython.
_NAMES = (
    " alias autoreload bookmark cat cd conda cp debug dirs env hist history less ll load_ext ls lsmagic "
    " mamba man matplotlib micromamba mkdir more mv pdb pdoc pfile pinfo pinfo2 pip popd precision prun "
    " psearch psource pushd pwd pylab reload_ext rerun reset rmdir run set_env time timeit uv who who_ls "
    " whos xmode "
)


def find_automatic(lines: list[str], session: Session) -> Call | None:
    """The magic that the only line is, comments aside, unless its name is taken."""
    written = [number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    found = _LINE.match(lines[written[0]].rstrip()) if len(written) == 1 else None
    if found is None or " %s " % found.group(1) not in _NAMES or session.knows(found.group(1)):
        return None
    name, text = found.groups()
    return Call("line", written[0], written[0], name, text or "") if _is_magic(name, session) else None


def _is_magic(name: str, session: Session) -> bool:
    if ipython_shell.provide(session):
        return ipython_shell.has_automatic(name)
    from .own import LINE

    return name in LINE
