"""The condition that a page's picture is in, and what is done to the picture before an engine reads it.

A clean page is only straightened. Skew is found from the profile of the rows. Specks and uneven light are measured,
and only a page that shows them is cleaned: specks taken out, light evened, what shines through from the back and the
grain of the paper faded, all at the resolution that the page was scanned at and only then made larger.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.picture import Grey, grown, halved, ink_level, up_to


@dataclass(frozen=True, slots=True)
class Settings:
    """How bad a picture must be to be cleaned, and how it is cleaned. Pixels are at 200 dots an inch unless another
    resolution is named, greys of 255."""

    # The condition of a scan.
    specks: float = 0.3  # specks to a letter from which a picture is speckled
    unevenness: float = 10.0  # greys between the lightest and darkest 5 % of the paper from which light is uneven
    letter_height: tuple[int, int] = (9, 60)  # pixels
    fewest_letters: int = 60  # that specks are counted against, so that an empty page is not speckled
    speck_area: int = 4  # pixels
    black_or_white: tuple[int, int] = (8, 247)  # greys below and above which a point is black or white
    two_toned: float = 0.93  # share of points that are black or white in a picture without greys
    # Skew.
    steepest: float = 6.0  # degrees
    smallest_skew: float = 0.15  # degrees below which a page is left as it is
    clearer: float = (
        1.2  # times as sharp as they stand rows are once a page that slopes is straight: 1.5 at 0.2 degrees,
    )
    # 1.1 on a page without lines of text
    profile_width: int = 700  # pixels that a picture is at least made wide when its slope is looked for
    side_width: int = 450  # pixels, when it is asked whether the page lies on its side
    strip: int = 8  # pixels of the strips down the picture that are shifted as one
    longest: int = 8  # times its width that a picture is high then at most: a strip of a few pixels across would become
    # a picture of gigabytes
    darker: int = 20  # greys that ink is darker than its surroundings
    filled: float = 0.6  # share of a row, or column, that a band across the page fills
    on_side: float = 1.6  # times as sharp as rows that columns are on a page that lies on its side
    # Cleaning. Areas tried on five faxes: the fewest lost words.
    bad_dpi: int = 300  # dots an inch that a bad page is made ready at
    paper: int = 245  # grey of evened paper
    darkest_light: int = 40  # grey of the light that evening reckons with at least
    largest_speck: int = 8  # pixels of area up to which what stands alone is a speck,
    smallest_dot: int = 2  # and what stands close to letters: dots and stops are larger
    close: int = 15  # pixels
    isolated: int = 35  # greys between a speck of a grey scan and the median of its surroundings
    blur: float = 1.2  # sigma in pixels at 300 dots an inch
    black: int = 60  # evened light runs from ink to paper between these; what shines through from the back is lighter.
    white: int = 220  # Of 190 to 230 tried on eight bad pages, 218 to 222 lost the fewest words (benchmarks/README.md)


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class ScanCondition:
    """What a picture shows: `specks` for each letter-sized shape, `unevenness` of the light (0 to 255), whether it has
    only black and white; `level` where its lines are known to be level."""

    specks: float
    unevenness: float
    two_toned: bool = False
    level: bool = False

    @property
    def bad(self) -> bool:
        """Whether the picture must be cleaned."""
        return self.speckled or self.uneven

    @property
    def speckled(self) -> bool:
        """Whether specks stand among the letters."""
        return self.specks > SETTINGS.specks

    @property
    def uneven(self) -> bool:
        """Whether the paper is darker in some places than in others."""
        return self.unevenness > SETTINGS.unevenness


CLEAN = ScanCondition(0.0, 0.0)
"""That of a picture that nothing is wrong with."""


@dataclass(frozen=True, slots=True)
class PreprocessedImage:
    """A picture ready to be read, its dots an inch, and by how many degrees (counter-clockwise) it was straightened.

    `smoother` is the same picture with less grain and less detail, for a second reading; None where one is enough.
    """

    picture: Grey
    dpi: int
    skew: float
    smoother: Grey | None = None


def scan_condition_of(grey: Grey, dpi: int) -> ScanCondition:
    """The condition of a picture of `dpi` dots an inch."""
    light = _light(grey)
    tall, wide = light.shape
    inner = light[tall // 12 : -tall // 12, wide // 12 : -wide // 12]
    if inner.size == 0:  # a picture of a few pixels is all edge
        inner = light
    unevenness = float(np.percentile(inner, 95) - np.percentile(inner, 5))
    sample = grey[::4, ::4]
    black, white = SETTINGS.black_or_white
    two_toned = float(np.mean((sample < black) | (sample > white))) > SETTINGS.two_toned
    return ScanCondition(_specks_per_letter(grey, dpi / 200), unevenness, two_toned)


def _specks_per_letter(grey: Grey, unit: float) -> float:
    """Counted in the upper half of the page, which is enough."""
    tall = grey.shape[0]
    shapes = components_of(up_to(grey[tall // 8 : max(5 * tall // 8, tall // 8 + 1)], ink_level(grey)))
    areas, heights = shapes.areas[1:], shapes.heights[1:]
    least, most = (pixels * unit for pixels in SETTINGS.letter_height)
    letters = int(np.sum((heights > least) & (heights < most)))
    return int(np.sum(areas <= SETTINGS.speck_area * unit * unit)) / max(letters, SETTINGS.fewest_letters)


def _light(grey: Grey) -> Grey:
    """The paper without the ink: the brightness of the surroundings of each point, at a tenth of the size."""
    if min(grey.shape) < 10:
        tenth = (max(1, grey.shape[1] // 10), max(1, grey.shape[0] // 10))
        small = cv2.resize(grey, tenth, interpolation=cv2.INTER_AREA)
    else:
        small = cv2.resize(grey, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.medianBlur(grown(small, 5), 21), dtype=np.uint8)


def skew_of(grey: Grey) -> float:
    """The angle (degrees, counted clockwise) by which lines of text slope; 0 where no lines are seen."""
    ink = _profile_ink(grey, SETTINGS.profile_width)
    strips = _strips_of(ink, SETTINGS.strip)
    _, best = _sharpest(_coarse_strips_of(ink), _coarse_angles())
    sharpness = 0.0
    for step in (0.25, 0.08):
        sharpness, best = _sharpest(strips, np.arange(best - 3 * step, best + 3.01 * step, step))
    return best if sharpness > SETTINGS.clearer * _sharpness(strips, 0.0) else 0.0


def lies_on_its_side(grey: Grey) -> bool:
    """Whether the lines of text run from top to bottom: columns are then sharper than rows."""
    ink = _without_bands(_profile_ink(grey, SETTINGS.side_width))
    upright, _ = _sharpest(_coarse_strips_of(ink), _coarse_angles())
    turned, _ = _sharpest(_coarse_strips_of(np.ascontiguousarray(np.rot90(ink))), _coarse_angles())
    return turned > SETTINGS.on_side * upright


def _without_bands(ink: Grey) -> Grey:
    """The ink without rows and columns that are filled: the shadow of a fold, a frame, a rule across the page."""
    columns, rows = ((ink > 0).mean(axis=axis) > SETTINGS.filled for axis in (0, 1))
    if not (columns.any() or rows.any()):
        return ink
    cleared = ink.copy()
    cleared[:, columns] = 0
    cleared[rows] = 0
    return cleared


def _coarse_angles() -> npt.NDArray[np.float64]:
    return np.arange(-SETTINGS.steepest, SETTINGS.steepest + 0.1, 1.0)


def _profile_ink(grey: Grey, width: int) -> Grey:
    """The ink of a picture, halved until it is less than twice `width` pixels wide: what is darker than its
    surroundings, without the page's edges, where shadows and punch holes are."""
    tall, wide = grey.shape
    small = grey[tall // 20 : tall - tall // 20, wide // 20 : wide - wide // 20]
    while small.shape[1] >= 2 * width and small.shape[0] > 1:
        small = halved(small)
    small = _scaled_for_profile(small, width)
    darker = cv2.subtract(cv2.blur(small, (21, 21)), small)
    return np.asarray(cv2.threshold(darker, SETTINGS.darker, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _scaled_for_profile(picture: Grey, width: int) -> Grey:
    """A picture that is narrower than `width`, or very long, at that width and no longer."""
    tall, wide = picture.shape
    scale = max(1.0, width / wide)
    size = (round(wide * scale), max(1, min(round(tall * scale), SETTINGS.longest * max(wide, width))))
    if size == (wide, tall):
        return picture
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class _Strips:
    """How much ink each row of a picture has in strips of `width` columns: an array of strips and rows."""

    ink: npt.NDArray[np.float32]
    width: int


def _strips_of(ink: Grey, width: int) -> _Strips:
    count = max(1, ink.shape[1] // width)
    strips = cv2.resize(ink[:, : count * width], (count, ink.shape[0]), interpolation=cv2.INTER_AREA)
    return _Strips(np.ascontiguousarray(np.asarray(strips, dtype=np.float32).T), width)


def _coarse_strips_of(ink: Grey) -> _Strips:
    """At half the size, which is enough for angles of whole degrees."""
    return _strips_of(halved(ink), SETTINGS.strip)


def _sharpest(strips: _Strips, angles: npt.NDArray[np.float64]) -> tuple[float, float]:
    """How sharp rows are at the best of `angles`, and that angle."""
    return max((_sharpness(strips, float(angle)), float(angle)) for angle in angles)


def _sharpness(strips: _Strips, angle: float) -> float:
    """How much rows differ from the next ones once the page is turned by an angle. For so small angles a strip is moved
    up or down as far as its middle moves."""
    count, tall = strips.ink.shape
    moves = -np.tan(np.radians(angle)) * strips.width * (np.arange(count) - (count - 1) / 2)
    shifts = np.rint(moves - moves.min()).astype(int)
    rows = np.zeros(tall + int(shifts.max()), np.float32)
    for strip, shift in zip(strips.ink, shifts.tolist(), strict=True):
        rows[shift : shift + tall] += strip
    return float(np.sum(np.diff(rows) ** 2, dtype=np.float64) / (np.sum(rows, dtype=np.float64) ** 2 / tall + 1.0))


def preprocess(grey: Grey, dpi: int, condition: ScanCondition, *, twice: bool = False) -> PreprocessedImage:
    """The picture `grey` of `dpi` dots an inch made ready by its `condition`: straightened where it slopes, cleaned and
    made larger where it is bad.

    A bad picture in greys that may be read `twice` comes with a smoother one.
    """
    skew = 0.0 if condition.level else skew_of(grey)
    if abs(skew) < SETTINGS.smallest_skew:
        skew = 0.0
    if not condition.bad:
        return PreprocessedImage(_rotated(grey, skew, 1.0, 255), dpi, skew)
    scale = SETTINGS.bad_dpi / dpi

    def cleaned(picture: Grey) -> Grey:
        # Linear interpolation takes a third of the time, and a fax loses nothing by it; small print in grey is lost.
        how = cv2.INTER_LINEAR if condition.two_toned else cv2.INTER_CUBIC
        return _rotated(_with_even_light(picture, uneven=condition.uneven), skew, scale, SETTINGS.paper, how)

    if condition.two_toned:
        picture = cleaned(grey)
        if condition.speckled:
            picture = _without_specks(picture, SETTINGS.bad_dpi)
        return PreprocessedImage(_with_contrast(picture), SETTINGS.bad_dpi, skew)
    sharper = _with_contrast(cleaned(_without_isolated_pixels(grey)))
    smoother = _with_contrast(cleaned(np.asarray(cv2.medianBlur(grey, 3), dtype=np.uint8))) if twice else None
    return PreprocessedImage(sharper, SETTINGS.bad_dpi, skew, smoother)


def _with_contrast(picture: Grey) -> Grey:
    """The picture a little blurred, from black ink to white paper."""
    side = 2 * round(2.5 * SETTINGS.blur) + 1  # farther off, next to nothing comes in
    blurred = cv2.GaussianBlur(picture, (side, side), SETTINGS.blur)
    steps = (np.arange(256, dtype=np.float32) - SETTINGS.black) * 255 / (SETTINGS.white - SETTINGS.black)
    return np.asarray(cv2.LUT(blurred, np.clip(steps, 0, 255).astype(np.uint8)), dtype=np.uint8)


def _rotated(grey: Grey, degrees: float, scale: float, ground: int, how: int = cv2.INTER_CUBIC) -> Grey:
    """The picture turned about its middle, then made larger, which is quicker than both at once."""
    height, width = grey.shape
    if degrees != 0.0:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        grey = np.asarray(cv2.warpAffine(grey, turn, (width, height), flags=how, borderValue=ground), dtype=np.uint8)
    if scale != 1.0:
        size = round(width * scale), round(height * scale)
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    return grey


def quarter_turned(grey: Grey, degrees: int) -> Grey:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(grey, k=-(degrees // 90))) if degrees else grey


def straightened(grey: Grey, rotation: int, skew: float) -> Grey:
    """A page's picture as it was read: turned by `rotation` degrees clockwise (0, 90, 180, 270), then by `skew` about
    its middle."""
    return _rotated(quarter_turned(grey, rotation), skew, 1.0, SETTINGS.paper)


def _without_isolated_pixels(grey: Grey) -> Grey:
    """Single pixels, or two, that differ much from all around them take the grey of their surroundings."""
    around = cv2.medianBlur(grey, 3)
    isolated = cv2.absdiff(grey, around) > SETTINGS.isolated
    neighbours = cv2.filter2D(isolated.astype(np.uint8), -1, np.ones((3, 3), np.uint8))
    return np.where(isolated & (neighbours <= 2), around, grey)


def _with_even_light(grey: Grey, *, uneven: bool) -> Grey:
    """The picture with paper of one grey. Light that is not `uneven` is taken for the same everywhere."""
    light = np.maximum(_light(grey), SETTINGS.darkest_light)
    if not uneven:
        steps = np.arange(256, dtype=np.float32) * SETTINGS.paper / float(np.median(light))
        return np.asarray(cv2.LUT(grey, np.clip(steps, 0, 255).astype(np.uint8)), dtype=np.uint8)
    around = cv2.resize(light, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.divide(grey, around, scale=SETTINGS.paper), dtype=np.uint8)


def _without_specks(grey: Grey, dpi: int) -> Grey:
    """Specks are painted over with paper: small shapes that stand alone, and the smallest anywhere.

    Dots and stops stand close to letters, and are larger than the smallest specks.
    """
    unit = (dpi / 200) ** 2
    ink = up_to(grey, ink_level(grey))
    shapes = components_of(ink)
    areas = shapes.areas
    is_small = areas <= SETTINGS.largest_speck * unit
    is_small[0] = False
    inked = np.flatnonzero(
        ink.view(np.bool_)
    )  # a twentieth of the page: what is asked of each point is asked of these alone
    labels = shapes.labels.reshape(-1)[inked]
    in_small = is_small[labels]
    small, labels = inked[in_small], labels[in_small]
    ink.reshape(-1)[small] = 0  # what is left is large
    close = np.zeros(len(areas), bool)
    close[labels[_near_ink(ink, small, int(SETTINGS.close * dpi / 200))]] = True
    is_speck = is_small & (~close | (areas <= SETTINGS.smallest_dot * unit))
    specks = small[is_speck[labels]]
    wide = ink.shape[1]
    around = (specks[:, None] + [row + column for row in (-wide, 0, wide) for column in (-1, 0, 1)]).reshape(-1)
    around = around[(around >= 0) & (around < ink.size)]
    out = grey.copy()
    out.reshape(-1)[around[ink.reshape(-1)[around] == 0]] = SETTINGS.paper
    return out


def _near_ink(ink: Grey, points: npt.NDArray[np.intp], reach: int) -> npt.NDArray[np.bool_]:
    """Which of some points of a picture, by their place in it, lie in a square of `reach` pixels around ink; told at
    half the size."""
    near = grown(halved(ink), reach // 2 | 1)
    rows, columns = np.divmod(points, ink.shape[1])
    return np.asarray(near[np.minimum(rows // 2, len(near) - 1), np.minimum(columns // 2, near.shape[1] - 1)] > 0)
