"""How IMAP servers of several makes speak: what they can do, how they name folders and lay out answers."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Flavour:
    """What is different from make to make; names of folders are as on the wire."""

    name: str
    greeting: bytes
    before_login: str  #: capabilities
    after_login: str
    namespace: bytes = b""  #: answer to NAMESPACE
    delimiter: bytes = b"/"
    prefix: bytes = b""  #: of every folder but INBOX
    folders: dict[bytes, bytes] = field(default_factory=dict)  #: those that exist, with their LIST flags
    select: tuple[bytes, ...] = ()  #: more lines in an answer to SELECT
    permanent: bytes = rb"\Answered \Flagged \Deleted \Seen \Draft \*"
    uid_last: bool = False  #: the UID stands behind the literal
    chatter: bool = False  #: tells of flags that nobody asked for, between the answers
    wrong_sizes: int = 0  #: RFC822.SIZE is off by so much
    everything: bytes = b""  #: a folder that shows the mails of all others
    idle: bytes = b"+ idling"

    def can(self, word: str) -> bool:
        """Tell whether it announces something, in the end."""
        return word in self.after_login.split()


GMAIL = Flavour(
    "Gmail",
    b"* OK Gimap ready for requests from 192.0.2.1",
    "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN",
    "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE "
    "CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584",
    namespace=b'(("" "/")) NIL NIL',
    folders={
        b"[Gmail]": rb"\HasChildren \Noselect",
        b"[Gmail]/Alle Nachrichten": rb"\All \HasNoChildren",
        b"[Gmail]/M&APw-ll": rb"\HasNoChildren \Trash",
    },
    select=(b"* OK [HIGHESTMODSEQ 4711]",),
    permanent=rb"\Answered \Flagged \Draft \Deleted \Seen $NotPhishing $Phishing \*",
    everything=b"[Gmail]/Alle Nachrichten",
)
EXCHANGE = Flavour(
    "Exchange",
    b"* OK The Microsoft Exchange IMAP4 service is ready. [VABXADAAUABSADAA]",
    "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+",
    "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES "
    "CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+",
    namespace=b'(("" "/")) NIL NIL',
    folders={
        b"Sent Items": rb"\HasNoChildren \Sent",
        b"Deleted Items": rb"\Marked \HasNoChildren \Trash",
    },
    permanent=rb"\Seen \Answered \Flagged \Deleted \Draft $MDNSent",
    uid_last=True,
    chatter=True,
    wrong_sizes=37,
    idle=b"+ IDLE accepted, awaiting DONE command.",
)
EXCHANGE_2010 = Flavour(
    "Exchange without MOVE",
    EXCHANGE.greeting,
    EXCHANGE.before_login,
    EXCHANGE.before_login,
    namespace=EXCHANGE.namespace,
    permanent=EXCHANGE.permanent,
    uid_last=True,
    chatter=True,
    wrong_sizes=-37,
    idle=EXCHANGE.idle,
)
CYRUS = Flavour(
    "Cyrus",
    b"* OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE AUTH=PLAIN SASL-IR] mail Cyrus IMAP server ready",
    "IMAP4rev1 LITERAL+ ID ENABLE AUTH=PLAIN SASL-IR",
    "IMAP4rev1 LITERAL+ ID ENABLE ACL QUOTA NAMESPACE UIDPLUS UNSELECT CHILDREN BINARY CATENATE CONDSTORE "
    "ESEARCH SORT THREAD=REFERENCES LIST-EXTENDED SPECIAL-USE QRESYNC MOVE IDLE",
    namespace=b'(("INBOX." ".")) (("user." ".")) (("" "."))',
    delimiter=b".",
    prefix=b"INBOX.",
    folders={b"INBOX.Sent": rb"\HasNoChildren \Sent"},
    select=(b"* OK [HIGHESTMODSEQ 41] Ok", b"* OK [URLMECH INTERNAL] Ok", b"* OK [ANNOTATIONS 65536] Ok"),
    chatter=True,
)
COURIER = Flavour(
    "Courier",
    b"* OK [CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=REFERENCES SORT QUOTA IDLE ACL ACL2=UNION] "
    b"Courier-IMAP ready.",
    "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=REFERENCES SORT QUOTA IDLE ACL ACL2=UNION",
    "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=REFERENCES SORT QUOTA IDLE ACL ACL2=UNION ENABLE UTF8=ACCEPT",
    namespace=b'(("INBOX." ".")) NIL (("#shared." ".")("shared." "."))',
    delimiter=b".",
    prefix=b"INBOX.",
    select=(b'* OK [MYRIGHTS "acdilrsw"] ACL',),
    permanent=rb"\* \Draft \Answered \Flagged \Deleted \Seen",
    uid_last=True,
    idle=b"+ entering ENHANCED idle mode",
)
OLD = Flavour(
    "an old one",
    b"* OK IMAP4rev1 at your service",
    "IMAP4rev1",
    "IMAP4rev1",
    delimiter=b".",
)
FLAVOURS = (GMAIL, EXCHANGE, EXCHANGE_2010, CYRUS, COURIER)
