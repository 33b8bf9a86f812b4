"""Whatever a mail is made of, it is answered in a quarter of a second and in twice its size plus 32 MB."""

import os
import time

import pytest

from mgtui.bounce import understand
from mgtui.report import attachment_content, list_attachments
from tests.mgtui.report.hostile import SHAPES

SECONDS = 0.25
MEGABYTES = 32


@pytest.fixture(scope="module", autouse=True)
def warm():
    understand(
        b"Return-Path: <>\nFrom: MAILER-DAEMON@a.example\n\ncould not deliver to b@c.example: user unknown"
    )


def cpu(call):
    start = time.process_time()
    answer = call()
    return answer, time.process_time() - start


@pytest.mark.parametrize("shape", SHAPES, ids=lambda name: name.replace(" ", "-"))
def test_a_hostile_mail_is_answered_within_its_bounds(shape):
    raw = SHAPES[shape]()
    seconds = min(cpu(lambda: understand(raw))[1] for _ in range(2))
    assert seconds < SECONDS
    assert min(cpu(lambda: list_attachments(raw))[1] for _ in range(2)) < 4 * SECONDS  # it counts every byte
    for attachment in list_attachments(raw)[:3]:
        attachment_content(raw, attachment.index)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda name: name.replace(" ", "-"))
def test_a_hostile_mail_takes_no_more_memory_than_its_bounds(shape):
    raw = SHAPES[shape]()
    peak = _peak_of_child(lambda: understand(raw)) - _peak_of_child(lambda: None)
    assert peak < 2 * len(raw) + MEGABYTES * 1024 * 1024


def _peak_of_child(call):
    """Run a call in a forked child; gives its peak resident size in bytes."""
    child = os.fork()
    if child == 0:
        try:
            call()
        finally:
            os._exit(0)
    _, status, usage = os.wait4(child, 0)
    assert status == 0
    return usage.ru_maxrss * 1024
