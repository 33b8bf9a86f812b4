"""Recipients hidden in return paths: VERP and its kin, SRS, BATV."""

import re
from typing import Final

#: `bounce+user=example.org@...`, `b-123-user=example.org@...`, `list-owner-user=example.org@...`
_VERP: Final = re.compile(
    r"(?:[\w.]{1,60}?[-+_.])?(?:[0-9a-f]{1,40}[-+_.]){0,3}"
    r"(?P<local>[\w.!#$%&'*/?^`{|}~+-]{1,64}?)=(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(?:[-+_][\w.+-]{1,60})?@",
)
#: SRS0=hash=timestamp=domain=local@forwarder, SRS1=hash=forwarder==hash=timestamp=domain=local@...
_SRS: Final = re.compile(
    r"srs[01][=+-](?:[^=@]{1,40}=[^=@]{1,255}==)?[^=@]{1,40}=[^=@]{1,10}=(?P<domain>[^=@]{1,255})=(?P<local>[^@]{1,64})@",
    re.I,
)
#: prvs=tag=local@domain (BATV), btv1==tag==local@domain (Barracuda)
_BATV: Final = re.compile(
    r"(?:prvs=[0-9a-z]{4,14}=|btv1==[0-9a-z]{1,20}==|msprvs1=[^=@]{1,40}=)(?P<rest>[^@]{1,128}@.{1,255})",
    re.I,
)


def decode_return_path(address: str) -> str | None:
    """Give the address that a return path encodes: the recipient of VERP, the sender of SRS and BATV."""
    address = address[:500]
    if match := _BATV.match(address):
        return decode_return_path(match["rest"]) or match["rest"]
    match = _SRS.match(address) or _VERP.match(address)
    return f"{match['local']}@{match['domain']}" if match else None


def recipient_by_verp(addresses: tuple[str, ...]) -> str | None:
    """Give the recipient that the first VERP address among those a report was sent to names."""
    for address in addresses:
        if not _SRS.match(address) and not _BATV.match(address) and (found := decode_return_path(address)):
            return found
    return None
