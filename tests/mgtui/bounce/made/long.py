"""Looks for faults as long as one likes: `python -m tests.mgtui.bounce.made.long [NUMBER] [SEED]`."""

import sys
from collections.abc import Iterator, Sequence
from random import Random

from mgtui.bounce import understand
from tests.mgtui.bounce.made.judged import faults
from tests.mgtui.bounce.made.letters import letters
from tests.mgtui.bounce.made.making import any_letter, any_other_recipe, any_recipe, changed, make


def found(number: int, seed: int) -> Iterator[tuple[str, object, list[str]]]:
    """Give what is wrong with so many mails of each kind, and what they were made of."""
    for count in range(number):
        each = seed * 1_000_003 + count
        for choose in (any_recipe, any_other_recipe):
            recipe = choose(Random(each))
            made = make(*recipe, seed=each)
            if wrong := list(faults(made, understand(made.raw))):
                yield f"seed={each}", recipe, wrong
        name, changes = any_letter(Random(each), list(letters()))
        raw, _ = changed(letters()[name], changes, Random(each))
        if (kind := understand(raw).kind) != "ordinary":
            yield f"seed={each}", (name, *changes), [f"kind {kind}"]


def main(arguments: Sequence[str]) -> int:
    """Print the faults."""
    number, seed = (
        [*(int(word) for word in arguments), 10_000, 1][:2] if len(arguments) != 1 else (int(arguments[0]), 1)
    )
    wrong = list(found(number, seed))
    for one in wrong:
        print(*one)
    print(f"{len(wrong)} of {3 * number} mails")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
