"""Return paths give back the address they were made from."""

import pytest

from mgtui.report.returnpath import decode_return_path


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("bounce+user=example.org@lists.example.com", "user@example.org"),
        ("bounces+1234567-ab12-user=example.org@em.example.com", "user@example.org"),
        ("b-123-user=example.org@example.com", "user@example.org"),
        ("b-123-anna-maria=example.org@example.com", "anna-maria@example.org"),
        ("list-return-77-user=example.org@lists.example.com", "user@example.org"),
        ("list-bounces+first.last=sub.example.org@lists.example.com", "first.last@sub.example.org"),
        ("bounces+user+tag=example.org@example.com", "user+tag@example.org"),
        ("user=example.org@bounces.example.com", "user@example.org"),
        ("newsletter-4711-user=example.org@example.com", "user@example.org"),
        ("owner-news+M123=user=example.org@example.com", "user@example.org"),
        ("sentto-100-2-1001-user=example.org@returns.example.com", "user@example.org"),
        ("bounce-mc.us1_123.456-user=example.org@mail.example.com", "user@example.org"),
        ("prvs=0123456789=user@example.org", "user@example.org"),
        ("prvs=user/0123456789@example.org", "user@example.org"),
        ("btv1==123abc==user@example.org", "user@example.org"),
        ("SRS0=HHH=TT=example.org=user@forward.example.com", "user@example.org"),
        ("SRS0+HHH=TT=example.org=user@forward.example.com", "user@example.org"),
        ("SRS1=GGG=first.example==HHH=TT=example.org=user@forward.example.com", "user@example.org"),
        ("bounce+user==a==example.org==news@lists.example.com", "user@example.org"),
        ("owner-NEWS*user**example*-org@listserv.example.com", "user@example.org"),
        ("bounce-user+40example.org@example.com", "user@example.org"),
        ("<bounce+user=example.org@lists.example.com>", "user@example.org"),
    ],
)
def test_a_hidden_address_is_found(path: str, address: str) -> None:
    assert decode_return_path(path) == address


@pytest.mark.parametrize(
    "path",
    [
        "",
        "<>",
        "user@example.org",
        "user+tag@example.org",
        "bounces@example.org",
        "a=b@example.org",
        "@",
        "x=@y",
    ],
)
def test_an_address_that_hides_nothing_gives_none(path: str) -> None:
    assert decode_return_path(path) is None
