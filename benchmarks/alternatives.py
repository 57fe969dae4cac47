"""What a user could run over old OCR instead: nothing, a frequency list, symspellpy, hunspell's first suggestion.

Each is given what it needs to do well: the frequency list and symspellpy the same forms and counts as Avskrift's own
lexicon; hunspell Debian's Swedish dictionary. Words are corrected one by one; case and signs around them stay.
"""

import contextlib
import math
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import lru_cache

from avskrift.language.fold import without_marks
from avskrift.language.lexicon import Lexicon, lexicon

Corrector = Callable[[Sequence[str]], list[str]]
_WORD = re.compile(r"[^\W\d_]{2,}")


def alternatives() -> dict[str, Corrector]:
    """The correctors that this machine has, by name."""
    found: dict[str, Corrector] = {"nothing": list, "frequency list": _by_word(_frequent)}
    with contextlib.suppress(ImportError):
        found["symspellpy"] = _by_word(_symspell())
    if shutil.which("hunspell"):
        found["hunspell"] = _hunspell
    return found


def _by_word(word: Callable[[str], str]) -> Corrector:
    return lambda lines: [_WORD.sub(lambda m: _cased(word(m.group().lower()), m.group()), line) for line in lines]


def _cased(word: str, like: str) -> str:
    if like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


@lru_cache(maxsize=100_000)
def _frequent(word: str) -> str:
    """The commonest form that is the word, marks aside."""
    known: Lexicon = lexicon()
    forms = [(e.cost, f) for f in known.forms_of(without_marks(word)) if (e := known.entry(f)) is not None]
    return min(forms)[1] if forms else word


def _symspell() -> Callable[[str], str]:
    from importlib.resources import as_file, files

    import marisa_trie
    from symspellpy import SymSpell, Verbosity

    speller = SymSpell(max_dictionary_edit_distance=2)
    known = lexicon()
    with as_file(files("avskrift.language").joinpath("data/forms.marisa")) as path:
        for form, (cost, _) in marisa_trie.RecordTrie("<BB").load(str(path)).iteritems():
            count = round(known.total * math.exp(-cost / 8))
            if count >= 2:
                speller.create_dictionary_entry(form, count)

    @lru_cache(maxsize=100_000)
    def best(word: str) -> str:
        found = speller.lookup(word, Verbosity.TOP, max_edit_distance=2, include_unknown=True)
        return str(found[0].term) if found else word

    return best


def _hunspell(lines: Sequence[str]) -> list[str]:
    words = sorted({m.group() for line in lines for m in _WORD.finditer(line)})
    output = subprocess.run(
        ["hunspell", "-a", "-d", "sv_SE", "-i", "utf-8"],
        input="".join(f"^{w}\n" for w in words),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    answers = [block.split("\n")[0] for block in output.split("\n", 1)[1].split("\n\n") if block.strip()]
    first: dict[str, str] = {}
    for answer in answers:
        found = re.match(r"& (\S+) \d+ \d+: ([^,\n]+)", answer)
        if found:
            first[found[1]] = found[2]
    return [_WORD.sub(lambda m: first.get(m.group(), m.group()), line) for line in lines]
