"""Reports that were wrapped and damaged are read right where the information is there, and never wrong."""

from random import Random

import pytest

from mgtui.bounce import understand
from tests.mgtui.bounce.made.damage import BYTES, STRUCTURE
from tests.mgtui.bounce.made.fields import FIELD_DAMAGE
from tests.mgtui.bounce.made.judged import faults
from tests.mgtui.bounce.made.letters import letters
from tests.mgtui.bounce.made.making import (
    LETTER_BYTES,
    LETTER_CHANGES,
    any_letter,
    any_other_recipe,
    any_recipe,
    changed,
    make,
)
from tests.mgtui.bounce.made.other_writers import OTHER_WRITERS
from tests.mgtui.bounce.made.prose_writers import PROSE_WRITERS
from tests.mgtui.bounce.made.truths import TRUTHS
from tests.mgtui.bounce.made.wrappers import WRAPPERS
from tests.mgtui.bounce.made.writers import WRITERS

#: `python -m tests.mgtui.bounce.made.long` looks at as many as one likes.
COMBINATIONS = 2_000
CHANGES = ("forwarded", *(change.name for change in (*FIELD_DAMAGE, *WRAPPERS, *STRUCTURE, *BYTES)))
FAILURES = [name for name, truth in TRUTHS.items() if all(told.action == "failed" for told in truth.told)]
LETTERS = list(letters())


def wrong_with(recipe, seed):
    made = make(*recipe, seed=seed)
    return [(recipe, seed, fault) for fault in faults(made, understand(made.raw))]


@pytest.mark.parametrize("writer", [*WRITERS, *PROSE_WRITERS])
def test_every_server_is_understood(writer):
    for truth in FAILURES[:-1] if writer in PROSE_WRITERS else TRUTHS:
        assert wrong_with((truth, writer), 0) == []


@pytest.mark.parametrize("change", CHANGES)
def test_one_change_costs_no_report(change):
    for number, writer in enumerate((*WRITERS, *PROSE_WRITERS)):
        truths = FAILURES[:-1] if writer in PROSE_WRITERS else list(TRUTHS)
        recipe = (truths[(number + len(change)) % len(truths)], writer, change)
        assert wrong_with(recipe, number) == []


def test_no_combination_of_changes_makes_an_answer_wrong():
    found = [fault for seed in range(COMBINATIONS) for fault in wrong_with(any_recipe(Random(seed)), seed)]
    assert found == []


@pytest.mark.parametrize(("writer", "truth"), [(w, t) for w, (_, ts) in OTHER_WRITERS.items() for t in ts])
def test_one_change_costs_no_complaint_receipt_or_reply(writer, truth):
    found = [fault for change in CHANGES for fault in wrong_with((truth, writer, change), 0)]
    assert found == []


def test_no_combination_of_changes_makes_a_bounce_of_a_complaint_a_receipt_or_a_reply():
    seeds = range(COMBINATIONS // 2)
    found = [fault for seed in seeds for fault in wrong_with(any_other_recipe(Random(seed)), seed)]
    assert found == []


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_stays_ordinary_whatever_happens_to_it(name):
    for change in (*LETTER_CHANGES, *LETTER_BYTES):
        raw, _ = changed(letters()[name], [change], Random(0))
        assert (change, understand(raw).kind) == (change, "ordinary")


def test_no_combination_of_changes_makes_a_letter_anything_else():
    for seed in range(COMBINATIONS // 2):
        name, changes = any_letter(Random(seed), LETTERS)
        raw, _ = changed(letters()[name], changes, Random(seed))
        assert (name, changes, understand(raw).kind) == (name, changes, "ordinary")
