"""A contact that an operator writes into the notices of his server is no recipient, wherever it stands."""

import pytest

from mgtui.bounce import understand
from tests.mgtui.bounce.test_servers import mails
from tests.mgtui.report.test_contacts import ADDRESS, OFFERS


def plain_mails() -> list[bytes]:
    """Give the reports that are plain text in UTF-8, so that something can be written into them."""
    raws = [raw for _, _, wanted, raw in mails("servers.txt") if wanted]
    heads = [raw.partition(b"\n\n")[0].lower() for raw in raws]
    marks = (b"charset=utf-8\ncontent-transfer-encoding: 8bit",)
    return [raw for raw, head in zip(raws, heads, strict=True) if any(mark in head for mark in marks)]


@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_of_help_changes_no_recipient(offer: str) -> None:
    told = offer.format(ADDRESS, ADDRESS).encode()
    raws = plain_mails()
    assert len(raws) > 50
    for raw in raws:
        head, _, body = raw.partition(b"\n\n")
        first, _, rest = body.partition(b"\n\n")
        wanted = [one.recipient for one in understand(raw).recipients]
        for text in (
            told + b"\n\n" + body,
            b"\n\n".join((first, told, rest)),
            body.rstrip() + b"\n\n" + told,
        ):
            found = understand(head + b"\n\n" + text)
            assert [one.recipient for one in found.recipients] == wanted, text
