"""Responses and UID sets, written by servers or by chance."""

from hypothesis import given
from hypothesis import strategies as st

from mgtui.mailbox.refusals import translate
from mgtui.mailbox.responses import fetched, keyword, read_status, values
from mgtui.mailbox.uid_set import chunks, compress, expand

UIDS = st.lists(st.integers(1, 2**32 - 1), max_size=50, unique=True)


def test_a_status_is_taken_apart() -> None:
    status = read_status(b"no [COPYUID 7 1:3 9:11] all \x1b[1m moved\x07")
    assert status == ("NO", "COPYUID", b"7 1:3 9:11", "all [1m moved")
    assert read_status(b"OK done") == ("OK", "", b"", "done")
    assert read_status(b"OK [READ-WRITE]").code == "READ-WRITE"
    assert read_status(b"") == ("", "", b"", "")


def test_nested_lists_strings_and_literals_are_values() -> None:
    parts = [b'LIST (\\A "b \\" c") NIL (', b"literal)", b" x)"]
    assert values(parts) == [b"LIST", [b"\\A", b'b " c'], None, [b"literal)", b"x"]]


def test_a_section_with_spaces_is_one_name() -> None:
    items = fetched([b'1 FETCH (BODY[HEADER.FIELDS (SUBJECT "A")]<0> ', b"x", b" UID 3)"])
    assert items == {b'BODY[HEADER.FIELDS (SUBJECT "A")]<0>': b"x", b"UID": b"3"}


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=5))
def test_nothing_a_server_sends_raises(parts: list[bytes]) -> None:
    parts = [part.replace(b"\n", b"") for part in parts]
    values(parts)
    fetched([b"1 FETCH " + parts[0], *parts[1:]])
    keyword(parts)
    text = str(translate("host:993", "moving", read_status(parts[0])))
    assert text.isprintable()


WORDS = st.sampled_from(
    [b"UID", b"uid", b"5", b"BODY[]", b"NIL", b"nil", b'"a b"', b"(", b")", b"[", b"]", b"BODY[1]<0>", b"(x)"]
)
TAILS = st.sampled_from([[], [b"NIL", b")"], [b"a mail", b" UID 7)"], [b"a mail", b"", b"b", b")"]])


@given(
    st.lists(WORDS, max_size=7),
    st.sampled_from([b" ", b"  ", b"\t", b""]),
    st.sampled_from([b")", b" ", b") x", b""]),
    TAILS,
)
def test_the_short_way_to_read_a_fetch_finds_what_the_long_way_does(
    words: list[bytes], gap: bytes, end: bytes, tail: list[bytes]
) -> None:
    inside = gap.join(words) + end
    whole = fetched([b'12 FETCH ("in quotes" 0 ' + inside, *tail])  # which only the long way reads
    assert whole.pop(b"IN QUOTES") == b"0"
    assert fetched([b"12 FETCH (" + inside, *tail]) == whole


@given(UIDS)
def test_a_set_written_is_the_set_read(uids: list[int]) -> None:
    text = compress(uids).encode()
    assert expand(text, len(uids)) == sorted(uids) if uids else text == b""


@given(st.binary(max_size=40))
def test_no_set_makes_more_than_was_asked_for(text: bytes) -> None:
    assert len(expand(text, 5)) <= 5


def test_a_damaged_or_endless_set_is_empty() -> None:
    for text in (b"", b"1:", b"a", b"1:*", b"1:2:3", b"1:4294967295", b"1,2,3,4,5,6", b"12345678901"):
        assert expand(text, 5) == []
    assert expand(b"5:1", 5) == [1, 2, 3, 4, 5]
    assert expand(b"9,3:4", 5) == [9, 3, 4]


@given(UIDS, st.integers(1, 10))
def test_chunks_lose_nothing(uids: list[int], size: int) -> None:
    assert [uid for chunk in chunks(uids, size) for uid in chunk] == uids
