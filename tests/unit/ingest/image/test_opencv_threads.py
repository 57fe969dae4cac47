"""OpenCV has one thread while pages are read, and then what it had before."""

import threading

import cv2
import pytest

from avskrift.ingest.image.opencv_threads import one_opencv_thread


@pytest.fixture(autouse=True)
def two_threads() -> None:
    cv2.setNumThreads(2)


def test_what_was_set_before_is_set_back() -> None:
    with one_opencv_thread():
        assert cv2.getNumThreads() == 1
        with one_opencv_thread():
            pass
        assert cv2.getNumThreads() == 1
    assert cv2.getNumThreads() == 2


def test_an_error_sets_it_back() -> None:
    with pytest.raises(ValueError, match="a page"), one_opencv_thread():
        raise ValueError("a page")
    assert cv2.getNumThreads() == 2


def test_the_last_of_several_sets_it_back() -> None:
    begun, done = threading.Event(), threading.Event()

    def read() -> None:
        with one_opencv_thread():
            begun.set()
            done.wait(10)

    other = threading.Thread(target=read)
    with one_opencv_thread():
        other.start()
        begun.wait(10)
    assert cv2.getNumThreads() == 1
    done.set()
    other.join()
    assert cv2.getNumThreads() == 2
