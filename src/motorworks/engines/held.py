"""Many arrays handed to kernels as one address.

Numba passes a tuple of arrays by value, seven words an array: a tuple of fifty takes a kernel that
calls others more than a minute to compile, and each call hundreds of moves. Held, the same tuple
is one word; kernels read ``world.cars`` through it as before. Its arrays may be changed in place,
but not put in place of each other: hold the tuple anew after that.
"""

from hashlib import sha256
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np import arrayobj
from numba.np.numpy_support import from_dtype

# numba tells a type checker nothing of these
code: Any = cgutils
ir = code.ir
make_array: Any = arrayobj.make_array
populate_array: Any = arrayobj.populate_array
unbox_as: Any = unbox
read_as: Any = lower_getattr_generic
named_tuple: Any = types.NamedTuple
native: Any = NativeValue

Arrays = TypeVar("Arrays", bound=NamedTuple)
WORDS = 3
"""Words per array: its address, and the lengths of two dimensions at most."""


class HeldType(types.Type):
    """Type of held arrays: what each is, by name and place; tuples of arrays are fields too."""

    def __init__(self, name: str, fields: dict[str, tuple[Any, int]]) -> None:
        self.fields = fields
        super().__init__(name=name)


class Held:
    """Arrays at known addresses; it keeps them alive."""

    _types: dict[Any, HeldType] = {}  # noqa: RUF012

    def __init__(self, arrays: Any) -> None:
        self.arrays = arrays
        flat = list(_flat(arrays))
        self.table = np.zeros(len(flat) * WORDS, dtype=np.uint64)
        for at, array in enumerate(flat):
            self.table[at * WORDS] = array.ctypes.data
            self.table[at * WORDS + 1 : at * WORDS + 1 + array.ndim] = array.shape
        self.address = self.table.ctypes.data
        key = (type(arrays), tuple((array.dtype, array.ndim) for array in flat))
        if key not in self._types:
            self._types[key] = _type_of(arrays)
        self.numba_type = self._types[key]


def held(arrays: Arrays) -> Arrays:
    """Hold a tuple of arrays, which must be C-contiguous, for kernels to be called with.

    Parameters
    ----------
    arrays
        NamedTuple of arrays, or of such tuples.

    Raises
    ------
    ValueError
        If an array is not contiguous.
    """
    if not all(array.flags.c_contiguous for array in _flat(arrays)):
        msg = "arrays must be contiguous to be held"
        raise ValueError(msg)
    return cast("Arrays", Held(arrays))


def _flat(arrays: Any) -> list[Any]:
    """Arrays of a tuple and of the tuples in it."""
    return [a for one in arrays for a in (_flat(one) if isinstance(one, tuple) else [one])]


def _type_of(arrays: Any) -> HeldType:
    """Type of a tuple of arrays, its name made from all that it holds."""
    fields: dict[str, tuple[Any, int]] = {}
    at = 0
    for name, one in arrays._asdict().items():
        fields[name] = (_field_type(one), at)
        at += len(_flat(one)) if isinstance(one, tuple) else 1
    digest = sha256(repr([(name, str(kind)) for name, (kind, _) in fields.items()]).encode())
    return HeldType(f"Held{type(arrays).__name__}{digest.hexdigest()[:12]}", fields)


def _field_type(one: Any) -> Any:
    """Type of an array, or of a tuple of arrays."""
    if isinstance(one, tuple):
        return named_tuple([_field_type(array) for array in one], type(one))
    return types.Array(from_dtype(one.dtype), one.ndim, "C")


@typeof_impl.register(Held)
def _typeof(value: Held, context: Any) -> HeldType:
    """Tell numba the type of held arrays."""
    return value.numba_type


@register_model(HeldType)
class _HeldModel(models.OpaqueModel):
    """Held arrays are an address."""


def _unbox(typ: HeldType, obj: Any, c: Any) -> Any:
    """Take the address out of its Python object."""
    address = c.pyapi.object_getattr_string(obj, "address")
    pointer = c.pyapi.long_as_voidptr(address)
    c.pyapi.decref(address)
    return native(pointer)


unbox_as(HeldType)(_unbox)


@infer_getattr
class _HeldFields(AttributeTemplate):
    """Types of what is read from held arrays."""

    key = HeldType

    def generic_resolve(self, typ: Any, attr: str) -> Any:  # type: ignore[override]
        """Type of a field."""
        return typ.fields[attr][0] if attr in typ.fields else None


def _read(context: Any, builder: Any, typ: HeldType, value: Any, attr: str) -> Any:
    """Make an array, or a tuple of arrays, from what stands in the table."""
    kind, at = typ.fields[attr]
    if isinstance(kind, types.NamedTuple):
        parts = [_array(context, builder, one, value, at + i) for i, one in enumerate(kind)]
        return context.make_tuple(builder, kind, parts)
    return _array(context, builder, kind, value, at)


read_as(HeldType)(_read)


def _array(context: Any, builder: Any, kind: Any, value: Any, at: int) -> Any:
    """Make an array from its words, which do not change while a kernel runs."""
    word = ir.IntType(64)
    table = builder.bitcast(value, word.as_pointer())
    constant = builder.module.add_metadata([])

    def read(place: int) -> Any:
        loaded = builder.load(builder.gep(table, [ir.Constant(word, place)]))
        loaded.set_metadata("invariant.load", constant)
        return loaded

    array = make_array(kind)(context, builder)
    size = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    shape = [read(at * WORDS + 1 + axis) for axis in range(kind.ndim)]
    strides = [ir.Constant(word, size)]
    if kind.ndim == 2:
        strides.insert(0, builder.mul(shape[1], strides[0]))
    populate_array(
        array,
        data=builder.inttoptr(read(at * WORDS), array.data.type),
        shape=shape,
        strides=strides,
        itemsize=ir.Constant(word, size),
        meminfo=None,
    )
    return array._getvalue()  # noqa: SLF001
