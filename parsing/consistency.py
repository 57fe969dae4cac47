"""What a careful registrar would remark on, as warnings in plain English."""

from collections.abc import Iterator

from avskrift.models.agreement import Agreement, DocumentKind


def remarks_on(agreement: Agreement) -> list[str]:
    """The warnings that an agreement's own values call for."""
    return list(_remarks(agreement))


def _remarks(agreement: Agreement) -> Iterator[str]:
    for party in agreement.parties:
        if party.organisation_number_valid is False:
            yield f"the organisation number {party.organisation_number} of {party.name} fails its check digit"
    period = agreement.period
    if period.valid_from and period.valid_to and period.valid_to < period.valid_from[: len(period.valid_to)]:
        yield f"the validity ends ({period.valid_to}) before it begins ({period.valid_from})"
    if agreement.document.kind is DocumentKind.AGREEMENT:
        if not agreement.parties:
            yield "no parties were found"
        if not (period.valid_from or period.valid_to or period.until_further_notice):
            yield "no period of validity was found"
    for group in agreement.groups:
        if not group.members:
            yield f"no members of {group.name} were found"
    for page, sure in enumerate(agreement.source.page_confidences, 1):
        if sure < 0.7:
            yield f"page {page} was hard to read (confidence {sure:.2f}); check its values against the picture"
