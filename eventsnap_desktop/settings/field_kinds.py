"""What a setting may be, told from its type: so a form can be made of the model."""

from dataclasses import dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import SecretStr
from pydantic.fields import FieldInfo


class Kind(StrEnum):
    """What a person enters."""

    SWITCH = "switch"
    CHOICE = "choice"
    COUNT = "count"
    AMOUNT = "amount"
    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - a kind, not one


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A field's kind, whether it may be left open (None), its limits or its choices."""

    kind: Kind
    optional: bool
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


def kind_of(info: FieldInfo) -> FieldKind:
    """Return what a field may be; what is neither number, choice nor secret is text."""
    bare, optional = _bare(info.annotation)
    if get_origin(bare) is Literal:
        return FieldKind(Kind.CHOICE, optional, choices=tuple(str(one) for one in get_args(bare)))
    kinds = {bool: Kind.SWITCH, int: Kind.COUNT, float: Kind.AMOUNT, SecretStr: Kind.SECRET}
    low = next((limit.ge for limit in info.metadata if isinstance(limit, Ge)), None)
    high = next((limit.le for limit in info.metadata if isinstance(limit, Le)), None)
    return FieldKind(kinds.get(bare, Kind.TEXT), optional, _number(low), _number(high))


def _bare(annotation: Any) -> tuple[Any, bool]:
    """Return a type without Annotated and without None, and whether it could be None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        inside = [one for one in get_args(annotation) if one is not NoneType]
        return _bare(inside[0])[0], len(inside) < len(get_args(annotation))
    return annotation, False


def _number(limit: Any) -> float | None:
    return float(limit) if isinstance(limit, (int, float)) else None
