"""Tensors of torch: as arrays of NumPy that share their memory, or a part at a time where NumPy has no such numbers."""

from __future__ import annotations

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import numpy_source

if TYPE_CHECKING:
    from typing import Any, Sequence

    from ..cells import Cell
    from ..sources import Head, Rows, Source

_NUMPY = frozenset(
    ("float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8", "bool", "complex64", "complex128")
)


def of(tensor: Any, at: Sequence[int]) -> Source | None:
    """None for what is not in the memory of the processor, or not laid out in strides."""
    shape = tuple(tensor.shape)
    if not shape or tensor.device.type != "cpu" or str(tensor.layout) != "torch.strided" or tensor.is_quantized:
        return None
    plain = tensor.detach().resolve_conj().resolve_neg()
    if str(tensor.dtype).rpartition(".")[2] in _NUMPY:
        return numpy_source.of(plain.numpy(), at)
    leading = shape[:-2]
    if 0 in leading:
        return None
    known = [min(max(0, one), size - 1) for one, size in zip([*at, *[0] * len(leading)], leading)]
    return _Tensor(plain[tuple(known)] if known else plain, shape if known else ())


class _Tensor(numpy_source.Array):
    """Of numbers that have no equal in NumPy, such as `bfloat16`: each is exactly a `float32`."""

    def __init__(self, tensor: Any, shape: Sequence[int]) -> None:
        super().__init__(tensor, shape)
        self._tensor = tensor

    def head(self, column: int) -> Head:
        name = "[%d]" % column if len(self._tensor.shape) > 1 else "value"
        return [name, str(self._tensor.dtype).rpartition(".")[2], "n"]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        chosen = slice(rows.start, rows.stop) if type(rows) is range else list(rows)
        return numpy_source.texts(_floats(self._column(column)[chosen]), limit)

    def values(self, column: int) -> Any:
        return _floats(self._column(column))

    def names(self) -> dict[str, Any]:
        return {"value": _floats(self._tensor)}

    def _column(self, column: int) -> Any:
        return self._tensor[:, column] if len(self._tensor.shape) > 1 else self._tensor


def _floats(tensor: Any) -> Any:
    return tensor.float().numpy()
