"""A mail as a list of pieces that wrappers and damage can change before it becomes bytes."""

import base64
import quopri
from dataclasses import dataclass, field

Fields = list[tuple[str, str]]


@dataclass
class Piece:
    """A part of a mail, its text not yet encoded."""

    role: str  #: notice, fields, returned, or other
    content_type: str
    text: str
    charset: str = ""
    encoding: str = ""
    extra: Fields = field(default_factory=list)

    def entity(self, is_whole: bool = False) -> bytes:
        """Give the part with its header."""
        head = list(self.extra)
        typed = self.content_type + (f"; charset={self.charset}" if self.charset else "")
        if typed and not (is_whole and typed == "text/plain"):
            head.insert(0, ("Content-Type", typed))
        if self.encoding:
            head.append(("Content-Transfer-Encoding", self.encoding))
        return header_bytes(head) + b"\n" + self.body()

    def body(self) -> bytes:
        """Give the text in its charset and transfer encoding."""
        data = self.text.encode(self.charset or "utf-8", "replace")
        if self.encoding == "base64":
            return base64.encodebytes(data)
        return quopri.encodestring(data) if self.encoding == "quoted-printable" else data


@dataclass
class Written:
    """A mail: its header, and one piece or several."""

    header: Fields
    pieces: list[Piece]
    multipart: str = "multipart/report; report-type=delivery-status"
    boundary: str = "=_part_4711.1"
    declared: str | None = None  #: the boundary that the header names, where it isn't the true one
    has_type: bool = True
    footer: str = ""  #: what stands behind all parts

    def piece(self, role: str) -> Piece | None:
        """Give the first piece of a role."""
        return next((piece for piece in self.pieces if piece.role == role), None)

    def raw(self) -> bytes:
        """Give the mail as it is sent, its lines ending in LF."""
        if len(self.pieces) == 1:
            return header_bytes(self.header) + self.pieces[0].entity(True) + self.footer.encode()
        head = list(self.header)
        if self.has_type:
            named = self.boundary if self.declared is None else self.declared
            head.append(
                ("Content-Type", f'{self.multipart}; boundary="{named}"' if named else self.multipart)
            )
        line = b"--" + self.boundary.encode()
        parts = b"".join(line + b"\n" + piece.entity() + b"\n" for piece in self.pieces)
        return header_bytes(head) + b"\n" + parts + line + b"--\n" + self.footer.encode()


def header_bytes(fields: Fields) -> bytes:
    """Write fields down."""
    return "".join(f"{name}: {value}\n" for name, value in fields).encode()
