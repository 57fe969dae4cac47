"""Values with the words they were read from, and the one place where records are made of them.

A field module finds values; `record_of` makes the record with its evidence, so that no value can be written down
without the place where it stands.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from avskrift.models.agreement import Evidence, Traced
from avskrift.parsing.structure.text_span import TextSpan

T = TypeVar("T")
R = TypeVar("R", bound=Traced)


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A value of a record and the words of the document that say it.

    `span` is where those words stand. `rule` names, in confidence.toml, how often values
    chosen in this way are right. `computed` says how the value comes of the words where it is not the words
    themselves, empty where it is. `at_most` bounds the confidence of what was not read but concluded.

    Raises `ValueError` for a span without words: what was read stands somewhere.
    """

    value: T
    span: TextSpan
    rule: str
    computed: str = ""
    at_most: float = 1.0

    def __post_init__(self) -> None:
        if not self.span.text or not self.span.pieces:
            raise ValueError(f"a value of {self.rule!r} that no words of the document say")

    @staticmethod
    def of(span: TextSpan, rule: str) -> "Value[str]":
        """The words of `span` themselves."""
        return Value(span.text, span, rule)

    @staticmethod
    def of_any(span: TextSpan | None, rule: str) -> "Value[str] | None":
        """The words of `span` themselves, None where there are none."""
        return Value.of(span, rule) if span else None

    @staticmethod
    def made(span: TextSpan | None, make: Callable[[str], T], rule: str, computed: str) -> "Value[T] | None":
        """What `make` makes of the words of `span`, None where there are none.

        `rule` is the name of the rule that found them, `computed` says how the value comes of them.
        """
        return Value(make(span.text), span, rule, computed) if span else None

    def evidence(self) -> Evidence:
        """Where the value was read, as the JSON tells it."""
        found = self.span.evidence(self.rule)
        if found.confidence <= self.at_most:
            return found
        return found.model_copy(update={"confidence": self.at_most})


Read = Value[Any] | Sequence[Value[Any]] | None
"""What was read for one field: a value, a list of them, or nothing."""


def record_of(record: type[R], read: Mapping[str, Read], /, *, whole: Value[Any] | None = None, **others: object) -> R:
    """The record of type `record` that holds some values.

    `read` gives the values by the names of their fields; each is listed in `evidence_by_field`, in this order, items of
    a list as `members.0`; None leaves a field as it is by default. `whole` is where the object as a whole was read,
    without it the first of the values. `others` are fields without evidence of their own: they stand in `whole` too,
    or follow from other values.
    """
    return record.model_validate({**_evidence(read, whole), **_plain(read), **others})


def extended(record: R, read: Mapping[str, Read]) -> R:
    """The record with further values, as `record_of` would have made it with these last."""
    more: dict[str, Any] = _evidence(read, None)
    evidence = {**record.evidence_by_field, **more["evidence_by_field"]}
    return record.model_copy(
        update={"evidence": record.evidence or more["evidence"], "evidence_by_field": evidence, **_plain(read)}
    )


def _plain(read: Mapping[str, Read]) -> dict[str, object]:
    return {
        name: found.value if isinstance(found, Value) else [one.value for one in found]
        for name, found in read.items()
        if found is not None
    }


def _evidence(read: Mapping[str, Read], whole: Value[Any] | None) -> dict[str, Any]:
    by_field = {name: value.evidence() for name, value in _named(read)}
    return {
        "evidence": next(iter(by_field.values()), None) if whole is None else whole.evidence(),
        "evidence_by_field": by_field,
    }


def _named(read: Mapping[str, Read]) -> Iterator[tuple[str, Value[Any]]]:
    for name, found in read.items():
        if isinstance(found, Value):
            yield name, found
        elif found is not None:
            yield from ((f"{name}.{i}", one) for i, one in enumerate(found))
