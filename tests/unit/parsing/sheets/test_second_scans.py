"""Pages that were scanned twice, and pages that only look alike."""

from avskrift.models.document import Line, Page, PageSource, Quality, Word
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.sheets.second_scans import SecondScan, is_same_sheet, second_scans

SHEET = (
    "Styrgruppen leder samverkan och beslutar om mål för trygghetsarbetet i Vikbo.",
    "Styrgruppen består av kommunchefen, lokalpolisområdeschefen och socialchefen.",
    "Gruppen sammanträder fyra gånger per år och kallas av kommunens trygghetssamordnare.",
    "Överenskommelsen har upprättats i två likalydande exemplar, varav parterna tagit var sitt.",
    "Vikbo den 11 februari 2031",
    "Anna Berg, kommunchef",
)
OTHER = (
    "Räddningstjänsten håller övningar varje höst tillsammans med skolornas personal.",
    "Fritidsgårdarna är öppna till klockan elva på fredagar och lördagar under sommaren.",
    "Kommunen bekostar utbildningen av grannstödjare och föräldravandrare i alla delar.",
    "Lägesbilden tas fram gemensamt i september och redovisas för kommunstyrelsen i oktober.",
)


def scan(
    number: int, lines: tuple[str, ...], unsure: tuple[str, ...] = (), source: PageSource = PageSource.OCR
) -> Page:
    box = BoundingBox(0, 0, 1, 1)
    read = []
    for at, text in enumerate(lines, 1):
        words, start = [], 0
        for word in text.split():
            start = text.index(word, start)
            words.append(Word(word, start, box, 0.6 if word.strip(".,") in unsure else 0.97))
            start += len(word)
        read.append(Line(at, text, text, tuple(words)))
    return Page(number, source, tuple(read), quality=Quality.GOOD if source is PageSource.OCR else None)


def changed(old: str, new: str) -> tuple[str, ...]:
    return tuple(line.replace(old, new) for line in SHEET)


def test_the_same_words_are_one_sheet() -> None:
    assert is_same_sheet(scan(1, SHEET), scan(2, SHEET))
    exact = PageSource.TEXT_LAYER
    assert is_same_sheet(scan(1, SHEET, source=exact), scan(2, SHEET, source=exact))


def test_what_one_scan_misread_makes_no_other_sheet() -> None:
    misread = ("sarnverkan", "lokalpolisornrådeschefen", "fyrs")
    again = tuple(
        line.replace("samverkan", misread[0]).replace("lokalpolisområdeschefen", misread[1]).replace("fyra", misread[2])
        for line in SHEET
    )
    assert is_same_sheet(scan(1, SHEET), scan(2, again, unsure=misread))


def test_a_name_that_is_misread_once_and_marks_of_lines_make_no_other_sheet() -> None:
    assert is_same_sheet(scan(1, SHEET), scan(2, changed("Styrgruppen leder", "Styrgrupgen leder")))
    assert is_same_sheet(scan(1, ("7. Underskrifter", *SHEET)), scan(2, ("7.1 Underskrifter", *SHEET)))
    assert is_same_sheet(scan(1, ("• Torget", *SHEET)), scan(2, ("e Torget", *SHEET)))
    assert not is_same_sheet(scan(1, SHEET), scan(2, changed("Styrgruppen", "Styrgrupgen")))


def test_another_name_number_or_clause_makes_another_sheet() -> None:
    assert not is_same_sheet(scan(1, SHEET), scan(2, changed("Vikbo", "Alby")))
    assert not is_same_sheet(scan(1, SHEET), scan(2, changed("2031", "2032")))
    assert not is_same_sheet(scan(1, SHEET), scan(2, (*SHEET, "Avtalet kan sägas upp av vardera parten.")))
    exact = PageSource.TEXT_LAYER
    assert not is_same_sheet(scan(1, SHEET, source=exact), scan(2, changed("fyra", "tre"), source=exact))


def test_pages_with_few_words_or_other_numbers_are_no_second_scans() -> None:
    assert not is_same_sheet(scan(1, ("Handlingsplan",)), scan(2, ("Handlingsplan",)))
    assert not is_same_sheet(scan(1, (*SHEET, "Sida 2 (4)")), scan(2, (*SHEET, "Sida 3 (4)")))


def test_the_better_read_of_two_beside_each_other_is_kept() -> None:
    worse = scan(2, SHEET)
    better = Page(3, PageSource.OCR, worse.lines, quality=Quality.GOOD, confidence=0.99)
    worse = Page(2, PageSource.OCR, worse.lines, quality=Quality.FAIR, confidence=0.8)
    assert second_scans([scan(1, OTHER), worse, better]) == [SecondScan(kept=3, left_out=2)]
    assert second_scans([worse, scan(1, OTHER), better]) == [SecondScan(kept=2, left_out=3)]  # its place is the sheet's


def test_a_sheet_scanned_three_times_is_read_once() -> None:
    assert second_scans([scan(n, SHEET) for n in (1, 2, 3)]) == [SecondScan(1, 2), SecondScan(1, 3)]
