"""How diary numbers and days of two documents are matched."""

from avskrift.comparison.objects.numbers_and_days import DAYS, DIARY_NUMBERS, SETTINGS
from avskrift.models.agreement import DatedMention, DateRole, RegistryNumber


def day(role: DateRole, date: str) -> DatedMention:
    return DatedMention(role=role, date=date, text=date)


def test_numbers_are_one_or_of_one_holder() -> None:
    old = RegistryNumber(number="EKB 2021/14", holder="Ekby kommun")
    assert DIARY_NUMBERS.score(old, RegistryNumber(number="EKB 2021/14")).value == 1.0
    assert (
        DIARY_NUMBERS.score(old, RegistryNumber(number="EKB 2023/7", holder="Ekby kommun")).value == SETTINGS.same_place
    )
    assert DIARY_NUMBERS.score(old, RegistryNumber(number="EKB 2023/7")).value < DIARY_NUMBERS.enough


def test_days_are_of_one_role() -> None:
    old = day(DateRole.SIGNED, "2021-03-04")
    assert DAYS.score(old, day(DateRole.SIGNED, "2021-03-04")).because == ("the same day",)
    assert DAYS.score(old, day(DateRole.SIGNED, "2024-05-06")).because == ("both were signed",)
    assert DAYS.score(old, day(DateRole.DECIDED, "2021-03-04")).value == 0.0
    assert DAYS.name(old) == "signed 2021-03-04"
