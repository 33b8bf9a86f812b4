"""Prints a digest of what the readers say of each of many mails, damaged ones included: `python -m ... verdicts`."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from mgtui.bounce import understand
from mgtui.compiled import is_used
from tests.mgtui.report.hostile import SHAPES

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = (ROOT / "sample_mail", ROOT.parent / "shared" / "corpus")
#: Pieces of mails that damage is made of.
PIECES = (
    *(b"\0", b"\r", b"\n\n", b"--", b"=?utf-8?q?=FF?=", b"\xff\xfe", b"Content-Type: multipart/report\n"),
    *(
        b"550 5.1.1 user unknown",
        b"Final-Recipient: rfc822;",
        b"<",
        b"@",
        b" : ",
        b"\n--b--\n",
        b"&#64;",
        b"=0A",
    ),
)


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """Cut, double, blank or sprinkle a mail somewhere."""
    at, to = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
    ways = (
        raw[:at],
        raw[:at] + raw[to:],
        raw[:at] + raw[at:to] * 2 + raw[to:],
        raw[:at] + chance.choice(PIECES) + raw[at:],
        raw.replace(chance.choice(PIECES), chance.choice(PIECES), 3),
        raw[:at] + bytes(chance.randrange(256) for _ in range(min(to - at, 40))) + raw[to:],
    )
    return chance.choice(ways)


def mails() -> Iterator[tuple[str, bytes]]:
    """Give every mail at hand by its name, each as it is and twice damaged, and the hostile ones."""
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.eml")):
            name, raw = path.relative_to(folder).as_posix(), path.read_bytes()
            chance = random.Random(name)
            yield name, raw
            yield f"{name}, damaged", damaged(raw, chance)
            yield f"{name}, damaged twice", damaged(damaged(raw, chance), chance)
    for name, make in SHAPES.items():
        raw = make()
        if len(raw) < 5_000_000:
            yield name, raw


def main() -> None:
    """Print whether the readers are compiled, then a line for each mail."""
    print(is_used())
    for name, raw in mails():
        said = repr(understand(raw)).encode("utf-8", "surrogatepass")
        print(hashlib.sha256(said).hexdigest()[:16], ascii(name))


if __name__ == "__main__":
    main()
