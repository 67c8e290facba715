"""Sparse matrices and arrays of SciPy: only the cells in view, or one column, are made dense."""

from __future__ import annotations

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..sources import Source
from .numpy_source import ArraySource, alignment, texts

if TYPE_CHECKING:
    from typing import Any

    from ..cells import Cell
    from ..sources import Head, Rows


class SparseSource(ArraySource):
    def __init__(self, matrix: Any) -> None:
        self._rows = matrix.tocsr()
        self.rows, self.columns = matrix.shape

    def head(self, column: int) -> Head:
        return ["[%d]" % column, str(self._rows.dtype), alignment(self._rows.dtype)]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        part = self._rows[rows.start : rows.stop, [column]] if type(rows) is range else self._rows[rows][:, [column]]
        return texts(part.toarray().ravel(), limit)

    def value(self, column: int, row: int) -> object:
        return self._rows[row, column]

    def mask(self, expression: str) -> Any:
        """The whole matrix is no array that an expression could use."""
        return Source.mask(self, expression)

    def values(self, column: int) -> Any:
        return self._rows[:, [column]].toarray().ravel()
