"""Parameters are read in one way where they are simple, and in another where they aren't."""

from hypothesis import given
from hypothesis import strategies as st

from mgtui.report.words import parse_parameters

NAMES = st.sampled_from(["charset", "boundary", "Name", "x-y", "a.b", ""])
BARE = st.text(st.sampled_from("aB1-_./ =\t"), max_size=12)
VALUES = st.one_of(
    BARE, BARE.map('"{}"'.format), st.sampled_from(['"a;b"', '"a', 'a"', '"a" b', "'x'", '""'])
)
PARAMETERS = st.lists(st.tuples(NAMES, VALUES).map("=".join), max_size=5).map("; ".join)


@given(PARAMETERS)
def test_simple_parameters_mean_what_they_mean_beside_others(text):
    simple, full = (
        parse_parameters(f"text/plain; {text}"),
        parse_parameters(f"text/plain; {text}; z*=utf-8''z"),
    )
    assert simple == (full[0], {name: value for name, value in full[1].items() if name != "z"})
