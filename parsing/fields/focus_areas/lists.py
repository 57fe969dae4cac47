"""Areas that a sentence lists: parted by letters, commas, "och" and "samt"."""

import re
from functools import partial

from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import pattern

_rule = partial(pattern, "focus_areas")


def can_be_area(text: str) -> bool:
    return 3 < len(text) < 80 and _rule("is told").search(text) is None


def split_areas(passage: TextSpan) -> list[TextSpan]:
    """The areas of a running list: by its letters (a) ... b) ...), else by commas and the last "och" or "samt"."""
    text = passage.text.rstrip(".")
    lettered = list(re.finditer(r"(?:^|(?:[,;]|(?<!\s)(?=\s))\s+(?:och\s+|samt\s+)?)\(?(?:[a-h]|\d)\)\s+", text))
    if len(lettered) >= 2:
        ends = [m.start() for m in lettered[1:]] + [len(text)]
        return [passage.cut(m.end(), end).stripped(",; ") for m, end in zip(lettered, ends, strict=True)]
    parting = r"[,;]\s+(?:och |samt )?|\s+samt\s+|\s+och\s+"
    if re.search(r"^(?:[^,]|,(?!\s))*+,\s.*\ssamt\s|^(?=[^,]*$).*\ssamt\s", text):
        parting = r"[,;]\s+(?:och |samt )?|\s+samt\s+"  # "och" joins within one
    cuts = [0]
    last = text.rfind(", ")  # "och" joins two items only before the last one
    for found in re.finditer(parting, text):
        inside = found.group().strip() == "och" and found.start() < last
        if not text[: found.start()].endswith("-") and not inside:
            cuts += [found.start(), found.end()]
    cuts.append(len(text))
    names = [passage.cut(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return [n for name in names if (n := name.cut(_ordinal(name.text)))]


def _ordinal(text: str) -> int:
    """The length of a counting word that an item begins with."""
    found = re.match(r"(?:primo|secundo|tertio|dels|för det \w+)\s*(?:,\s*)?|(?:och|samt)\s+", text)
    return found.end() if found is not None else 0
