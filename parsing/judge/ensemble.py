"""Rules and learned reader together: what the network says of a document, and what of both the record holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from avskrift.models.agreement import DocumentKind, Period, Traced
from avskrift.models.document import Document
from avskrift.parsing.judge.claims import Claim, claim_of
from avskrift.parsing.judge.judge import Disagreement, as_sure, disagreement_of, judged, judged_value
from avskrift.parsing.judge.weights import is_judged
from avskrift.parsing.learned.network import Network, learned_reading
from avskrift.parsing.learned.records import LearnedRecords, records_of
from avskrift.parsing.learned.spans import LearnedReading
from avskrift.parsing.structure.values import Value
from avskrift.parsing.vocabulary import Vocabulary

R = TypeVar("R", bound=Traced)

BINDING = frozenset({DocumentKind.AGREEMENT, DocumentKind.ACTION_PLAN, None})
"""Kinds whose text binds somebody; a document of no known kind is read as an agreement."""

PERIOD_FIELDS = ("valid_from", "valid_to", "until_further_notice", "extension", "revision", "notice")
"""The values of a period that are judged."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """The network's reading of a document and the records that its values make."""

    reading: LearnedReading
    records: LearnedRecords

    def with_rules(
        self, field: str, ours: Sequence[R], others: Sequence[R], kind: DocumentKind | None
    ) -> tuple[list[R], list[Disagreement]]:
        """The objects of a list that are believed, and where the two disagree: `ours` are those of `field` by the
        rules, `others` by the network, in a document of some `kind`."""
        if not is_judged(field):
            return list(ours), []
        return judged(field, ours, others, self.reading, binding=kind in BINDING)

    def title(self, ours: Value[str] | None) -> tuple[Value[str] | None, list[Disagreement]]:
        """The title that is believed, that of the rules or that of the network, and whether they disagree."""
        field, theirs = "document.title", self.records.title
        if not is_judged(field):
            return ours, []
        mine, other = (None if t is None else claim_of(t.value, t.evidence(), self.reading) for t in (ours, theirs))
        believed = judged_value(field, mine, other, self.reading)
        if believed is None:
            return None, []
        title = ours if believed.judged.rule is not None else theirs
        return None if title is None else replace(title, at_most=believed.share), disagreement_of(believed)

    def period(self, ours: Period) -> tuple[Period, list[Disagreement]]:
        """The period whose values are those of the rules and of the network that are believed, and where these
        disagree."""
        theirs = self.records.period
        values: dict[str, object] = {}
        disagreements: list[Disagreement] = []
        evidence = dict(ours.evidence_by_field)
        for name in PERIOD_FIELDS:
            field = f"period.{name}"
            if not is_judged(field):
                continue
            mine, other = (scalar_claim(p, name, self.reading) for p in (ours, theirs))
            believed = judged_value(field, mine, other, self.reading)
            evidence.pop(name, None)
            values[name] = Period.model_fields[name].default
            if believed is not None:
                source = ours if believed.judged.rule is not None else theirs
                values[name] = getattr(source, name)
                disagreements += disagreement_of(believed)
                if believed.judged.claim.evidence is not None:
                    evidence[name] = as_sure(believed.judged.claim.evidence, believed.share)
        whole = next(iter(evidence.values()), None)
        period = ours.model_copy(update={**values, "evidence": whole, "evidence_by_field": evidence})
        return period, disagreements


def scalar_claim(record: Traced, name: str, reading: LearnedReading) -> Claim | None:
    """The claim of a single value of a record; None where it has none."""
    value = getattr(record, name)
    return claim_of(str(value), record.evidence_by_field.get(name), reading) if value else None


def ensemble_of(document: Document, vocabulary: Vocabulary, network: Network | None = None) -> Ensemble:
    """What a network, by default the shipped one, says of a document."""
    reading = learned_reading(document, network)
    return Ensemble(reading, records_of(reading.values, vocabulary))
