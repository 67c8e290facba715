"""tqdm.notebook: its bars are widgets, which stand still without a notebook. Bars of text move."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any


def adapt(module: Any) -> None:
    text_bar: Any = sys.modules["tqdm.std"].tqdm

    def new_bar(self: Any, *args: Any, display: bool = True, **options: Any) -> None:
        if not display:
            options["disable"] = True
        text_bar.__init__(self, *args, **options)

    names = {"__init__": new_bar, "__module__": module.__name__, "__doc__": text_bar.__doc__}
    bar: Any = type(text_bar)("tqdm_notebook", (text_bar,), names)

    def tnrange(*args: Any, **options: Any) -> Any:
        """The same as `tqdm(range(*args), **options)`."""
        return bar(range(*args), **options)

    tnrange.__module__ = module.__name__
    module.tqdm_notebook = module.tqdm = bar
    module.tnrange = module.trange = tnrange
