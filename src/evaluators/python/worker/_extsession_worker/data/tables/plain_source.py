"""Lists and dicts as tables: rows that are dicts or lists, and columns that are lists."""

from __future__ import annotations

from ... import TYPE_CHECKING
from ...introspection import lookup, parts
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..cells import NO_CELL, cell, label
from ..expressions import ABSENT
from ..sources import Source

if TYPE_CHECKING:
    from typing import Any, Sequence

    from typing_extensions import TypeGuard

    from ..cells import Cell
    from ..sources import Head, Rows

_SAMPLE = 1000  # rows that are looked at for the names of columns, and values for their type
_MOST_COLUMNS = 10_000
_DICTS = ("Counter", "OrderedDict", "defaultdict")
_SETS = lookup.Kinds(set, frozenset)
_KEYS = lookup.Kinds(str, int, float, bool, type(None))
_NUMPY = ("numpy.int", "numpy.uint", "numpy.float")
_NUMBERS = ("int", "float", "complex", "decimal.Decimal")


def of(value: Any) -> Source | None:
    if lookup.is_dict(value):
        return _of_entries(list(value.items()))
    sample = value[:_SAMPLE]
    if sample and all(lookup.is_dict(one) for one in sample):
        found = {(type(name) is str, name): name for row in sample for name in row if type(name) in _KEYS}
        return _Records(value, list(found.values())[:_MOST_COLUMNS]) if found else _Values(value)
    if sample and all(_is_rows(one) for one in sample):
        return _Lists(value, min(max(map(len, sample)), _MOST_COLUMNS))
    fields = _fields(sample)
    return _Objects(value, fields[:_MOST_COLUMNS]) if fields else _Values(value)


def of_container(value: Any) -> Source | None:
    """Of the standard library's other containers, whose classes are precisely those: their items in a plain one."""
    kind: Any = lookup.type_of(value)
    if any(kind is lookup.found_in("collections", name) for name in _DICTS):
        plain: Any = dict  # a copy would hash the keys
        return _of_entries(list(plain.items(value)))
    if kind in _SETS or kind is lookup.found_in("collections", "deque"):
        return of(list(kind.__iter__(value)))
    return _Values(value) if kind is lookup.found_in("array", "array") else None


def _of_entries(entries: list[tuple[Any, object]]) -> Source:
    """Columns where all values are lists, rows with a key where all are dicts, else keys and values."""
    if entries and all(type(name) in _KEYS and _is_rows(one) for name, one in entries):
        return _Columns(entries)
    rows = of([one for _, one in entries]) if entries and all(lookup.is_dict(one) for _, one in entries) else None
    return _Items(entries) if rows is None else _Keyed(rows, [key for key, _ in entries])


def _fields(sample: list[object]) -> list[str]:
    """Those of instances of one class: of a named tuple, or their own public attributes; none for others."""
    if not sample or any(type(one) is not type(sample[0]) for one in sample):
        return []
    names = parts.field_names(type(sample[0])) if lookup.is_named_tuple(sample[0]) else []
    if names or lookup.is_class(sample[0]) or lookup.is_module(sample[0]) or type(sample[0]) in lookup.FUNCTIONS:
        return names
    slots = _slots(lookup.type_of(sample[0]))
    return list({name: None for one in sample for name in [*slots, *lookup.own_attributes(one)] if name[:1] != "_"})


def _slots(kind: type) -> dict[str, Any]:
    """What reads the attributes that a class has declared, as those of attrs do."""
    bases = [base for base in lookup.mro(kind)[::-1] if "__slots__" in lookup.own_attributes(base)]
    return {name: member for base in bases for name, member in lookup.members(base)}


def _is_rows(value: Any) -> TypeGuard[Sequence[object]]:
    """A list, a tuple or an array of NumPy of one dimension."""
    kind = lookup.type_of(value)
    if kind is list or kind is tuple:
        return True
    return kind is lookup.found_in("numpy", "ndarray") and len(value.shape) == 1


class _Plain(Source):
    """`at` is the value at a place, or ABSENT."""

    def __init__(self, value: Any, names: list[Any], rows: int) -> None:
        self._value = value
        self._names = names
        self._types: dict[int, str] = {}
        self.rows = rows
        self.columns = len(names)

    def head(self, column: int) -> Head:
        kind = self._types.get(column)
        if kind is None:
            kind = self._types[column] = self._type(column)
        return [label(self._names[column]), kind, "n" if kind.startswith(_NUMPY) or kind in _NUMBERS else "t"]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        found = [self.at(row, column) for row in rows]
        return [NO_CELL if one is ABSENT else cell(one, limit) for one in found]

    def value(self, column: int, row: int) -> object:
        return self.at(row, column)

    def at(self, row: int, column: int) -> object:
        raise NotImplementedError

    def _type(self, column: int) -> str:
        """The type of the first values, without those that are missing."""
        kinds: dict[int, type] = {}
        for row in range(min(self.rows, _SAMPLE)):
            one = self.at(row, column)
            if one is not None and one is not ABSENT:
                kinds[id(type(one))] = type(one)
        return " | ".join([lookup.type_name(kind) for kind in kinds.values()][:3])


class _Columns(_Plain):
    def __init__(self, entries: list[tuple[Any, Any]]) -> None:
        super().__init__(entries, [name for name, _ in entries], max(len(one) for _, one in entries))

    def at(self, row: int, column: int) -> object:
        values = self._value[column][1]
        return values[row] if row < len(values) else ABSENT


class _Keyed(Source):
    """Rows of which each has a key."""

    def __init__(self, inner: Source, keys: list[object]) -> None:
        self._inner = inner
        self._keys = keys
        self.rows, self.columns = inner.rows, inner.columns
        self.head, self.read, self.value = inner.head, inner.read, inner.value

    def index_heads(self) -> list[Head]:
        return [["", "", "t"]]

    def index(self, level: int, rows: Rows, limit: int) -> list[Cell]:
        return [_key_cell(self._keys[row], limit) for row in rows]


class _Items(_Plain):
    def __init__(self, entries: list[tuple[Any, object]]) -> None:
        super().__init__(entries, ["key", "value"], len(entries))

    def at(self, row: int, column: int) -> object:
        return self._value[row][column]


def _key_cell(key: object, limit: int) -> Cell:
    one = cell(key, limit)
    return one[1] if type(one) is list and one[0] in "nv" else one


class _Records(_Plain):
    def __init__(self, value: Any, names: list[Any]) -> None:
        super().__init__(value, names, len(value))

    def at(self, row: int, column: int) -> object:
        one = self._value[row]
        return _item(one, self._names[column]) if lookup.is_dict(one) else ABSENT


def _item(row: dict[Any, object], name: object) -> object:
    """Looked up in the usual way only among keys that are compared without code of the user's."""
    for key in row:
        if type(key) not in _KEYS:
            break
    else:
        return row.get(name, ABSENT)
    return next((one for key, one in row.items() if type(key) is type(name) and key == name), ABSENT)


class _Objects(_Plain):
    def __init__(self, value: Any, names: list[str]) -> None:
        super().__init__(value, names, len(value))
        self._are_tuples = lookup.is_named_tuple(value[0])
        self._slots = _slots(lookup.type_of(value[0]))

    def at(self, row: int, column: int) -> object:
        one, name = self._value[row], self._names[column]
        is_usual = type(one) is type(self._value[0])
        if not self._are_tuples:
            if is_usual and name in self._slots:
                try:
                    return self._slots[name].__get__(one)
                except AttributeError:  # it has not been set
                    return ABSENT
            return lookup.own_attributes(one).get(name, ABSENT)
        if not is_usual:
            return ABSENT
        plain: Any = tuple  # a class of the user's may have others of these
        return plain.__getitem__(one, column) if column < plain.__len__(one) else ABSENT


class _Lists(_Plain):
    def __init__(self, value: Any, columns: int) -> None:
        super().__init__(value, ["[%d]" % column for column in range(columns)], len(value))

    def at(self, row: int, column: int) -> object:
        one = self._value[row]
        return one[column] if _is_rows(one) and column < len(one) else ABSENT


class _Values(_Plain):
    def __init__(self, value: Any) -> None:
        super().__init__(value, ["value"], len(value))

    def at(self, row: int, column: int) -> object:
        return self._value[row]
