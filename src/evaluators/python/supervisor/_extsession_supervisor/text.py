"""JSON without the `json` module, whose import costs time and memory.

The worker has its own: it needs builtins that user code cannot replace, and the two programs share no files.
"""

from __future__ import annotations

from . import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

try:
    from _json import encode_basestring_ascii, make_encoder, make_scanner

    class _ScannerOptions:
        strict = False
        object_hook = None
        object_pairs_hook = None
        parse_float = float
        parse_int = int
        parse_constant = None
        memo: dict[str, str] = {}

    _scan = make_scanner(_ScannerOptions())  # pyright: ignore[reportArgumentType]  # needs no more than these attributes
    _no_default: Any = None
    _encode = make_encoder(None, _no_default, encode_basestring_ascii, None, ":", ",", False, False, False)

    def dumps(value: object) -> bytes:
        return "".join(_encode(value, 0)).encode("ascii")

    def loads(data: bytes) -> Any:
        """The value of one JSON text without leading white space."""
        try:
            return _scan(data.decode("utf-8", "surrogatepass"), 0)[0]
        except StopIteration:
            raise ValueError("not JSON") from None

except ImportError:  # another implementation than CPython
    import json

    def dumps(value: object) -> bytes:
        return json.dumps(value, separators=(",", ":")).encode("ascii")

    def loads(data: bytes) -> Any:
        return json.loads(data.decode("utf-8", "surrogatepass"))
