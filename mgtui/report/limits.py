"""What the reading of one mail may cost at most; every bound is far above what honest mail needs."""

from typing import Final

MAX_HEADER_BYTES: Final = 262_144  #: of the mail's own header
MAX_MENDED_BYTES: Final = 16_777_216  #: of a mail with damaged line ends, when it is read
MAX_PART_HEADER_BYTES: Final = 16_384  #: of a part's header
MAX_FIELDS: Final = 1_000  #: header fields of one header
MAX_VALUE: Final = 32_768  #: characters of one header field
MAX_WORDS: Final = 500  #: RFC 2047 words decoded in one header field
MAX_ADDRESSES: Final = 2_000  #: addresses taken from one header field
MAX_PARAMETERS: Final = 64  #: parameters of one Content-Type
MAX_PARTS: Final = 1_000
MAX_DEPTH: Final = 24  #: multiparts within multiparts
MAX_DELIMITERS: Final = 20_000  #: lines starting with two dashes that are looked at
MAX_TEXT_BYTES: Final = 524_288  #: of one body, when it is read as text
MAX_LINES: Final = 10_000  #: of one body, when it is read as text
MAX_LINE: Final = 4_000  #: characters of a text line; the rest is cut off
MAX_NOTICE_LINES: Final = 20_000  #: of all text parts together
