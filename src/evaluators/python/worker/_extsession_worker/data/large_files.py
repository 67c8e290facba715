"""Files that are too large for memory: written as Arrow to a temporary file, a part at a time, which is then mapped.

So only what is looked at is in memory, and the system can take it back. The temporary file has no name any more when
the table is there, and is gone with it.
"""

from __future__ import annotations

from importlib import import_module

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any, Callable

LARGE = 200 << 20  # in bytes; smaller files are read as they are
_BLOCK = 16 << 20


def of_polars(library: Any, kind: str, path: str, separator: str, rows_of_types: int) -> object:
    if kind == "parquet":
        scanned = library.scan_parquet(path)
    elif kind == "jsonl":
        scanned = library.scan_ndjson(path)
    else:
        scanned = library.scan_csv(path, separator=separator, try_parse_dates=True, infer_schema_length=rows_of_types)
    return _mapped(
        lambda place: scanned.sink_ipc(place, compression="uncompressed"),
        lambda place: library.read_ipc(place, memory_map=True),
    )


def of_arrow(library: Any, kind: str, path: str, separator: str) -> object:
    ipc = import_module("pyarrow.ipc")
    if kind == "parquet":
        file = import_module("pyarrow.parquet").ParquetFile(path)
        schema, batches = file.schema_arrow, file.iter_batches()
    elif kind == "jsonl":
        json = import_module("pyarrow.json")
        batches = json.open_json(path, read_options=json.ReadOptions(block_size=_BLOCK))
        schema = batches.schema
    else:
        csv = import_module("pyarrow.csv")
        parsed = csv.ParseOptions(delimiter=separator)
        batches = csv.open_csv(path, read_options=csv.ReadOptions(block_size=_BLOCK), parse_options=parsed)
        schema = batches.schema

    def write(place: str) -> None:
        with ipc.new_file(place, schema) as writer:
            for batch in batches:
                writer.write_batch(batch)

    return _mapped(write, lambda place: ipc.open_file(library.memory_map(place)).read_all())


def _mapped(write: Callable[[str], None], read: Callable[[str], object]) -> object:
    os, tempfile = import_module("os"), import_module("tempfile")
    number, place = tempfile.mkstemp(".arrow", "extsession-")
    os.close(number)
    try:
        write(place)
        return read(place)
    finally:
        os.unlink(place)
