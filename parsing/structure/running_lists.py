"""Lists within running text: parted by letters, semicolons, commas, "och" and "samt"."""

import re

from avskrift.parsing.structure.text_span import TextSpan


def split_list(passage: TextSpan) -> list[TextSpan]:
    """The items of a running list: by its letters (a) ... b) ...), by semicolons, else by commas and the last "och" or
    "samt"."""
    text = passage.text.rstrip(".")
    lettered = list(re.finditer(r"(?:^|(?:[,;]|(?<!\s)(?=\s))\s+(?:och\s+|samt\s+)?)\(?(?:[a-h]|\d)\)\s+", text))
    if len(lettered) >= 2:
        ends = [m.start() for m in lettered[1:]] + [len(text)]
        return [passage.cut(m.end(), end).stripped(",; ") for m, end in zip(lettered, ends, strict=True)]
    with_samt = re.search(r"^(?:[^,]|,(?!\s))*+,\s.*\ssamt\s|^(?=[^,]*$).*\ssamt\s", text) is not None
    joints = r"[,;]\s+(?:och |samt )?|\s+samt\s+" + ("" if with_samt else r"|\s+och\s+")  # "och" joins within one
    joints = r";\s+(?:och |samt )?" if ";" in text else joints  # commas too
    cuts = [0]
    last = text.rfind(", ")  # "och" joins two items only before the last one
    for found in re.finditer(joints, text):
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
