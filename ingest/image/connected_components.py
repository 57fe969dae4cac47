"""Connected shapes in a picture of ink."""

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.preprocessing import Grey

Labels = npt.NDArray[np.uint16 | np.int32]
Table = npt.NDArray[np.int32]
"""A row for each shape, the ground first: x, y, width, height and area in pixels."""


def shapes_in(ink: Grey, *, many: bool = False, connectivity: int = 8) -> tuple[Labels, Table]:
    """The number of the shape that each pixel belongs to (0: none), and the table of shapes.

    Counting in 16 bits takes a third of the time; `many` is for pictures that may hold 65,000 shapes, as noisy ones do.
    """
    _, labels, table, _ = cv2.connectedComponentsWithStats(
        ink, connectivity=connectivity, ltype=cv2.CV_32S if many else cv2.CV_16U
    )
    return np.asarray(labels), np.asarray(table, dtype=np.int32)
