"""Draws and scans the sample: an agreement of a district that does not exist.

    python examples/make_sample.py

writes examples/klockviken-2023.pdf (three pages as a slightly skewed, grey scan without a text layer) and
examples/klockviken-2023.txt (what is printed on them). All names, numbers and places are invented; the
organisation numbers have valid check digits.
"""

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HOME = Path(__file__).parent
SEED = 20231204
DPI = 150

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=7)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=30, bulletIndent=16, spaceAfter=2)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=19, leading=24, spaceAfter=16)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=13, leading=17, spaceBefore=11, spaceAfter=4)
SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=9, leading=12, alignment=TA_RIGHT)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=10, leading=13, spaceAfter=0)

PAGES: list[list[tuple[str, str]]] = [
    [
        ("small", "Dnr: KSK 2023/0187 (Klockvikens kommun)"),
        ("small", "Dnr: A318.442/2023 (Lokalpolisområde Södra Kusten)"),
        ("title", "Samverkansöverenskommelse för ett tryggare Klockviken"),
        ("head", "1. Parter"),
        (
            "body",
            "Klockvikens kommun, org.nr 212000-4516, Hamngatan 3, 618 30 Klockviken, nedan kallad ”Kommunen”, och",
        ),
        (
            "body",
            "Lokalpolisområde Södra Kusten, org.nr 202100-0076, Box 140, 618 21 Klockviken, nedan kallad ”Polisen”.",
        ),
        ("head", "2. Bakgrund"),
        (
            "body",
            "Kommunen och Polisen har sedan flera år arbetat tillsammans för att minska brottsligheten och öka "
            "tryggheten i Klockviken. Den gemensamma lägesbilden, som togs fram under hösten, visar att oron är störst "
            "kring stationen och i hamnen, och att unga möter narkotika allt tidigare.",
        ),
        ("head", "3. Giltighet"),
        (
            "body",
            "Överenskommelsen gäller från och med den 1 januari 2024 till och med den 31 december 2026. Den förlängs "
            "med ett år i taget om ingen av parterna säger upp den senast tre månader före utgången. Överenskommelsen "
            "revideras en gång per år.",
        ),
        ("head", "4. Prioriterade områden"),
        ("body", "Parterna har enats om följande fokusområden:"),
        ("item", "Trygghet vid stationen"),
        ("item", "Ungas uppväxtvillkor"),
        ("item", "Narkotika i hamnområdet"),
        ("item", "Trafiken vid skolorna"),
    ],
    [
        ("head", "5. Organisation"),
        ("head", "5.1 Styrgrupp"),
        ("body", "Styrgruppen leder samverkan och beslutar om mål och resurser. I styrgruppen ingår:"),
        ("item", "Kommundirektören"),
        ("item", "Lokalpolisområdets chef"),
        ("item", "Socialchefen"),
        ("body", "Styrgruppen sammanträder minst fyra gånger per år."),
        ("head", "5.2 Beredningsgrupp"),
        (
            "body",
            "Beredningsgruppen förbereder styrgruppens möten och följer upp besluten. Den består av kommunpolisen, "
            "kommunens trygghetssamordnare och skolans samordnare. Gruppen träffas en gång i månaden.",
        ),
        ("head", "5.3 Arbetsgrupper"),
        (
            "body",
            "Arbetsgrupper tillsätts för varje fokusområde och har möten vid behov. I arbetsgrupperna ska ingå:",
        ),
        ("item", "Representanter från berörda förvaltningar"),
        ("item", "Områdespoliser"),
        ("head", "6. Bilagor"),
        ("body", "Följande bilagor hör till överenskommelsen:"),
        ("item1", "Gemensam lägesbild"),
        ("item2", "Åtgärdsplan"),
        ("item3", "Kontaktuppgifter"),
        ("head", "7. Undertecknande"),
        ("body", "Överenskommelsen har upprättats i två likalydande exemplar, varav parterna tagit var sitt."),
        ("body", "Klockviken den 4 december 2023"),
        ("sign", "Annika Högsjö|Kommundirektör|Rasmus Lindåker|Lokalpolisområdeschef"),
    ],
    [
        ("head", "Bilaga 2 Åtgärdsplan"),
        ("head", "Trygghet vid stationen"),
        ("row", "Mål|Fler ska känna sig trygga när de väntar på tåget."),
        ("row", "Problembild|Mörka gångvägar, skadegörelse och öppen försäljning av narkotika."),
        ("row", "Aktivitet 1|Kvällsvandringar"),
        ("row", "Syfte|Se platsen med resenärernas ögon och åtgärda det som oroar."),
        ("row", "Löptid|Tillsvidare"),
        ("row", "Mötesfrekvens|4 gånger/år med start den 15 februari 2024"),
        ("row", "Aktivitetsansvarig|Trygghetssamordnaren"),
        ("row", "Polisens kontakt|Kommunpolis"),
        ("row", "Polisens åtaganden|Delta vid vandringarna och följa upp tipsen."),
        ("row", "Kommunens åtaganden|Laga belysning inom en vecka och bjuda in resenärer."),
        ("row", "Finansiering|Vardera parten bär sina egna kostnader."),
        ("row", "Uppföljning|Andel som känner sig trygga enligt den årliga enkäten."),
        ("head", "Bilaga 3 Kontaktuppgifter"),
        ("body", "Kommunpolis: Ulrika Tångby, 010-555 01 44, ulrika.tangby@polisen.example"),
        ("body", "Trygghetssamordnare: Per-Olof Väring, 0142-555 70, per-olof.varing@klockviken.example"),
    ],
]


def flow() -> list[object]:
    """The pages as reportlab lays them out."""
    out: list[object] = []
    for number, page in enumerate(PAGES):
        if number:
            out.append(PageBreak())
        rows: list[list[Paragraph]] = []
        for kind, text in [*page, ("", "")]:
            if kind == "row":
                label, content = text.split("|")
                rows.append([Paragraph(f"<b>{label}</b>", CELL), Paragraph(content, CELL)])
                continue
            if rows:
                grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.8, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
                out += [Table(rows, colWidths=[130, 320], style=grid), Spacer(1, 10)]
                rows = []
            if kind.startswith("item"):
                out.append(Paragraph(text, ITEM, bulletText=f"{kind[4:]}." if kind[4:] else "\u2022"))
            elif kind == "sign":
                one, one_title, other, other_title = text.split("|")
                out += [
                    Spacer(1, 40),
                    Table(
                        [[one, other], [one_title, other_title]],
                        colWidths=[230, 220],
                        style=[("FONT", (0, 0), (-1, -1), "Times-Roman", 11)],
                    ),
                ]
            elif kind:
                style = {"small": SMALL, "title": TITLE, "head": HEAD, "body": BODY}[kind]
                out.append(Paragraph(text, style))
    return out


def scanned(grey: np.ndarray, rng: np.random.Generator) -> Image.Image:
    """A page as an office scanner gives it: skewed a little, soft, grainy, paper not quite white."""
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-1.2, 1.2)), 1.0)
    page = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    page = cv2.GaussianBlur(page, (0, 0), 0.5).astype(np.float32)
    page = 238 - (255 - page) * 0.86 + rng.normal(0, 3.5, page.shape)
    return Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))


def main() -> None:
    rng = np.random.default_rng(SEED)
    drawn = io.BytesIO()
    SimpleDocTemplate(drawn, pagesize=A4, leftMargin=72, rightMargin=72, topMargin=60, invariant=1).build(flow())
    pages = []
    for sheet in pypdfium2.PdfDocument(drawn.getvalue()):
        bitmap = sheet.render(scale=DPI / 72, grayscale=True).to_numpy()
        pages.append(scanned(bitmap.reshape(bitmap.shape[0], bitmap.shape[1]), rng))
    pages[0].save(HOME / "klockviken-2023.pdf", save_all=True, append_images=pages[1:], resolution=DPI, quality=55)
    text = "\f".join("\n".join(t.replace("|", "\n") for _, t in page) + "\n" for page in PAGES)
    (HOME / "klockviken-2023.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
