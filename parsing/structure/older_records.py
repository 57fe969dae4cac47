"""Records of earlier versions, whose sections do not tell their roles and annexes: filled from titles and places."""

from avskrift.models.agreement import Agreement, Evidence, Section
from avskrift.parsing.structure.title_roles import roles_of
from avskrift.parsing.vocabulary import Vocabulary


def with_roles(record: Agreement, vocabulary: Vocabulary | None = None) -> Agreement:
    """The record with `roles` and `annex` of its sections, where no section has any.

    Roles are what the titles mean in `vocabulary` (None: ours). Sections that stand below the last signature are taken
    to be those of an annex without a number. A record whose sections tell their roles is given back as it is.
    """
    if any(section.roles or section.annex is not None for section in record.sections):
        return record
    words = vocabulary or Vocabulary.shipped()
    end = _last_signature(record)
    sections = [
        section.model_copy(
            update={
                "roles": list(roles_of(section.title or "", words)),
                "annex": "" if end is not None and _place_of(section) > end else None,
            }
        )
        for section in record.sections
    ]
    return record.model_copy(update={"sections": sections})


def _last_signature(record: Agreement) -> tuple[int, int] | None:
    """Page and line of the last of the signatures; None where none was read."""
    read = [e for s in record.signatories for e in (s.evidence, *s.evidence_by_field.values()) if e is not None]
    return max(map(_place, read), default=None)


def _place_of(section: Section) -> tuple[int, int]:
    return (section.page, 0) if section.evidence is None else _place(section.evidence)


def _place(evidence: Evidence) -> tuple[int, int]:
    return evidence.page, evidence.line or 0
