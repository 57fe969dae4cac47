"""What the learned reader can say of a token: the tags of training/agreements/README.md, by output; and which tag the
words of each field of a record bear."""

from collections.abc import Mapping

VALUE_TAGS = [
    "PARTY",
    "TERM",
    "ORGNR",
    "ADDRESS",
    "REPR",
    "TITLE",
    "DNR",
    "HOLDER",
    "OTHERDOC",
    "FROM",
    "TO",
    "UNTIL",
    "EXTENSION",
    "NOTICE",
    "REVISION",
    "GROUP",
    "MEMBER",
    "CHAIR",
    "FREQ",
    "TASK",
    "AREA",
    "GOAL",
    "PURPOSE",
    "SITUATION",
    "ACTIVITY",
    "RESP",
    "WHEN",
    "FOLLOWUP",
    "PROMISE",
    "ANNEXNO",
    "ANNEX",
    "SIGNER",
    "OFFICE",
    "SIGNDATE",
    "SIGNPLACE",
    "CONTACT",
    "ROLE",
    "PHONE",
    "EMAIL",
    "DATE",
    "DECISION",
    "PRESENT",
    "ADJUSTER",
]
"""Values. Output 0 is no value, 1 + 2 * i the first token of tag i, 2 + 2 * i a further one."""

LINE_TAGS = ["HEADING", "HEADER", "FOOTER", "PAGENO", "TOC", "DISTRIBUTION", "QUOTE", "TABLE"]
"""What lines are; outputs are numbered as those of values."""

FIELD_TAGS: Mapping[str, Mapping[str, str]] = {
    "document": {"title": "TITLE"},
    "document.diary_numbers": {"number": "DNR", "holder": "HOLDER"},
    "period": {
        "valid_from": "FROM",
        "valid_to": "TO",
        "until_further_notice": "UNTIL",
        "extension": "EXTENSION",
        "revision": "REVISION",
        "notice": "NOTICE",
    },
    "parties": {"name": "PARTY", "defined_term": "TERM", "organisation_number": "ORGNR", "address": "ADDRESS"},
    "groups": {
        "name": "GROUP",
        "members": "MEMBER",
        "chair": "CHAIR",
        "convener": "CHAIR",
        "meeting_frequency": "FREQ",
        "purpose": "TASK",
    },
    "focus_areas": {"name": "AREA", "goal": "GOAL", "purpose": "PURPOSE", "situation": "SITUATION"},
    "annexes": {"title": "ANNEX", "number": "ANNEXNO"},
    "signatories": {"name": "SIGNER", "title": "OFFICE"},
    "contacts": {"name": "CONTACT", "role": "ROLE", "phone": "PHONE", "email": "EMAIL"},
    "focus_areas.activities": {
        "name": "ACTIVITY",
        "goal": "GOAL",
        "purpose": "PURPOSE",
        "situation": "SITUATION",
        "duration": "WHEN",
        "follow_up": "FOLLOWUP",
    },
}
"""The tag of each attribute, by the path of the object that has it; what names an object comes first."""
