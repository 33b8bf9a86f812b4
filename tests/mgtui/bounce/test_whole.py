"""Whole mails in the dress that programs give them: what they are, for whom, and what replies tell.

`=== name | kinds | recipients | facts`, then header and text. A recipient is `address reason severity status reply`,
from the left as far as is asked, `-` for "not asked" (of codes: none); `!hard` is any severity but that. Facts are
`new=` and `back=`, the new address and the day of return of a reply (none where they aren't named), and `as=`, the
transfer encoding and charset of the text. What every mail has on its way, the test puts around it.
"""

import base64
import quopri
from pathlib import Path

import pytest

from mgtui.bounce import understand

FILE = Path(__file__).with_name("whole.txt")
USUAL = {
    "Received": "from mx.sender.example (mx.sender.example [192.0.2.77])\n\tby mx.club.example (Postfix) with ESMTPS"
    "\n\tid 4XYZ for <news@club.example>; Mon,  2 Mar 2026 09:12:45 +0100 (CET)",
    "To": "news@club.example",
    "Date": "Mon, 2 Mar 2026 09:12:44 +0100",
    "Message-ID": "<reply-1@sender.example>",
    "MIME-Version": "1.0",
}
ENCODERS = {"qp": quopri.encodestring, "b64": base64.encodebytes, "8bit": bytes}
ENCODINGS = {"qp": "quoted-printable", "b64": "base64", "8bit": "8bit"}


def encoded_words(line):
    """Write the value of a field as RFC 2047 wants it, an address behind it as it is."""
    name, colon, value = line.partition(": ")
    if value.isascii():
        return line
    text, bracket, address = value.rpartition(" <") if value.endswith(">") else (value, "", "")
    word = base64.b64encode(text.encode()).decode()
    return f"{name}{colon}=?utf-8?B?{word}?={bracket}{address}"


def dressed(text, dress):
    """Make a mail as it arrives: a return path, the usual fields, the text in its encoding and charset."""
    head, _, body = text.partition("\n\n")
    lines = [encoded_words(line) for line in head.split("\n")]
    names = {line.partition(":")[0].lower() for line in lines}
    if "return-path" not in names:
        sender = next(line for line in lines if line.startswith("From:"))
        address = sender.partition("<")[2].partition(">")[0] or sender.split()[1]
        lines.insert(0, f"Return-Path: <{address}>")
    lines += [f"{name}: {value}" for name, value in USUAL.items() if name.lower() not in names]
    encoding, charset = dress.split("/", 1)
    if "content-type" not in names:
        lines += [
            f"Content-Type: text/plain; charset={charset}",
            f"Content-Transfer-Encoding: {ENCODINGS[encoding]}",
        ]
        return "\n".join(lines).encode() + b"\n\n" + ENCODERS[encoding](body.encode(charset))
    return "\n".join(lines).encode() + b"\n\n" + body.encode()


def mails():
    """Give each mail of the file with its kinds, recipients and facts."""
    for section in ("\n" + FILE.read_text("utf-8")).split("\n=== ")[1:]:
        head, _, text = section.partition("\n")
        name, kinds, wanted, facts = (word.strip() for word in head.split("|"))
        told = dict(fact.split("=", 1) for fact in facts.split())
        recipients = [one.split() for one in wanted.split(",") if one.strip()]
        raw = dressed(text, told.get("as", "8bit/utf-8"))
        yield pytest.param(raw, kinds.split("/"), recipients, told, id=name)


MAILS = list(mails())


@pytest.mark.parametrize(("raw", "kinds", "wanted", "told"), MAILS)
def test_a_whole_mail_is_what_a_person_takes_it_for(raw, kinds, wanted, told):
    found = understand(raw)
    assert found.kind in kinds
    assert not (found.kind == "ordinary" and found.recipients)
    if found.kind == "auto_reply":
        assert (found.new_address, found.returns_on) == (told.get("new"), told.get("back"))
    if not wanted:
        return
    assert len(found.recipients) == len(wanted)
    for address, *asked in wanted:
        one = next(r for r in found.recipients if address.lower() in addresses_of(r))
        reason, severity, status, reply = [*asked, "", "", "", ""][:4]
        assert reason in ("", "-", one.reason)
        assert one.severity != "hard" if severity == "!hard" else severity in ("", "-", one.severity)
        assert status in ("", one.status or "-")
        assert reply in ("", str(one.reply_code or "-"))


def addresses_of(recipient):
    """Give the addresses by which a report names a recipient."""
    return {(recipient.recipient or "").lower(), (recipient.original_recipient or "").lower()}
