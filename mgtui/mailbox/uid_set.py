"""Sets of UIDs as IMAP writes them: `1:5,9` (RFC 9051, sequence-set)."""

from collections.abc import Iterable, Iterator, Sequence

from mgtui.mailbox.errors import MailboxRefused

LARGEST = 2**32 - 1


def numbers(uids: Iterable[str]) -> list[int]:
    """Read UIDs as numbers, in order, each once. Raises `MailboxRefused` for what is no UID."""
    found: dict[int, None] = {}
    for uid in uids:
        if not (uid.isascii() and uid.isdigit() and len(uid) <= 10 and 0 < int(uid) <= LARGEST):
            raise MailboxRefused(f"{uid!r} is no UID of an IMAP mailbox")
        found[int(uid)] = None
    return list(found)


def compress(uids: Iterable[int]) -> str:
    """Write UIDs as a set; only numbers that follow each other become a range."""
    ranges: list[list[int]] = []
    for uid in sorted(uids):
        if ranges and uid == ranges[-1][1] + 1:
            ranges[-1][1] = uid
        else:
            ranges.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in ranges)


def expand(text: bytes, at_most: int) -> list[int]:
    """Read a set in the order it is written; [] where it is damaged or holds more than it should."""
    found: list[int] = []
    for item in text.split(b","):
        ends = item.split(b":")
        if len(ends) > 2 or not all(end.isdigit() and len(end) <= 10 for end in ends):
            return []
        first, last = sorted((int(ends[0]), int(ends[-1])))
        if last - first >= at_most - len(found):
            return []
        found.extend(range(first, last + 1))
    return found


def chunks(uids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Cut UIDs into pieces, so that a command stays below the 8,000 bytes that servers take."""
    for start in range(0, len(uids), size):
        yield uids[start : start + size]
