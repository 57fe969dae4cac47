"""The digital signatures of a record in one line."""

from collections.abc import Sequence

from avskrift.models.agreement import DigitalSignature

_HOLDS = {True: "intact", False: "does not hold", None: "not checked"}


def signatures_line(signatures: Sequence[DigitalSignature]) -> str:
    """Who signed digitally, on which day, and whether each signature holds; empty without any."""
    if not signatures:
        return ""
    return "Signed digitally: " + "; ".join(_one(signature) for signature in signatures)


def _one(signature: DigitalSignature) -> str:
    day = (signature.time or "")[:10]
    return f"{signature.name or 'somebody'} ({', '.join(filter(None, (day, _HOLDS[signature.intact])))})"
