"""How diary numbers and days of two documents are matched."""

from dataclasses import dataclass

from avskrift.comparison.name_similarity import likeness_of
from avskrift.comparison.objects.changes import ComparisonRules
from avskrift.comparison.objects.matching import Score
from avskrift.comparison.objects.people import replaced
from avskrift.language.fold import fold_word
from avskrift.models.agreement import DatedMention, RegistryNumber
from avskrift.models.comparison import ObjectName


@dataclass(frozen=True, slots=True)
class Settings:
    """Scores from 0 to 1."""

    same_holder: float = 0.8
    """Likeness of names from which two numbers are of one holder."""
    same_place: float = 0.6
    """Score of another number of the same holder, of another day of the same role: it replaces the old one."""
    enough: float = 0.5
    """Score from which two are one."""


SETTINGS = Settings()


def _same_number(old: RegistryNumber, new: RegistryNumber) -> Score:
    if fold_word(old.number) == fold_word(new.number):
        return Score(1.0, ("the same number",))
    same = old.holder and new.holder and likeness_of(old.holder, new.holder).both >= SETTINGS.same_holder
    return Score(SETTINGS.same_place if same else 0.0, ("the same holder",))


def _same_day(old: DatedMention, new: DatedMention) -> Score:
    if old.role is not new.role:
        return Score(0.0)
    if old.date == new.date:
        return Score(1.0, ("the same day",))
    return Score(SETTINGS.same_place, (f"both were {new.role.value}",))


DIARY_NUMBERS: ComparisonRules[RegistryNumber] = ComparisonRules(
    ObjectName.DOCUMENT, lambda d: d.number, _same_number, SETTINGS.enough, ("holder",), renamed=replaced
)
DAYS: ComparisonRules[DatedMention] = ComparisonRules(
    ObjectName.DATE, lambda d: f"{d.role.value} {d.date}", _same_day, SETTINGS.enough, renamed=replaced
)
