"""JSON without the `json` module, whose import costs more than the rest of our start."""

from __future__ import annotations

from .pristine import builtins as __builtins__  # noqa: F401

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

    _scan = make_scanner(_ScannerOptions())
    _encode = make_encoder(None, None, encode_basestring_ascii, None, ":", ",", False, False, False)

    def dumps(message: object) -> bytes:
        """`message` as ASCII JSON; NaN and infinities are a ValueError."""
        return "".join(_encode(message, 0)).encode("ascii")

    def loads(data: bytes) -> object:
        """The value of one JSON text without leading white space; lone surrogates in escapes survive."""
        return _scan(data.decode("utf-8", "surrogatepass"), 0)[0]

except ImportError:  # another implementation than CPython
    import json as _json_module

    def dumps(message: object) -> bytes:
        return _json_module.dumps(message, separators=(",", ":"), allow_nan=False).encode("ascii")

    def loads(data: bytes) -> object:
        return _json_module.loads(data.decode("utf-8", "surrogatepass"))
