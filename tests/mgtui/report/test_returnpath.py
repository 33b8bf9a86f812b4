"""Return paths give back the address they were made from."""

import pytest

from mgtui.report.returnpath import decode_return_path, return_path_recipient


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


@pytest.mark.parametrize(
    ("path", "recipient"),
    [
        ("bounces+123-abcd-user=example.org@em.club.example", "user@example.org"),
        ("bounces+1234567-fe3a-first.last=example.org@em.club.example", "first.last@example.org"),
        ("bounce+0f1a2b.c3d4e5-user=example.org@mg.club.example", "user@example.org"),
        ("bounce+abcdef.fedcba-user=example.org@mg.club.example", "user@example.org"),
        ("bounce-12_HTML-29491842-16461-7201026-0@bounce.e.club.example", None),
        ("bounce-8_TEXT-1-2-3-4@bounce.e.club.example", None),
        ("msprvs1=18500abcd=bounces-77-1@bounces.club.example", None),
        ("msprvs1=18500abcd=first.last@bounces.club.example", None),
        ("0100018f3a4b5c6d-1234abcd-5678-90ab-cdef-1234567890ab-000000@amazonses.example", None),
        ("0102018f3a4b5c6d-1234abcd-5678-90ab-cdef-1234567890ab-000000@eu-west-1.amazonses.example", None),
        ("v-abc_123@bounce.club.example", None),
        ("v-ebcdgk_bhbjgiemi_dgcgi_dgcgj_a@bounce.mkt.club.example", None),
        ("return-news-77-user=example.org@lists.club.example", "user@example.org"),
        ("return-my-list-77-user=example.org@lists.club.example", "user@example.org"),
        ("news-return-77-user=example.org@lists.club.example", "user@example.org"),
        ("mail-return-5-anna-maria=example.org@lists.club.example", "anna-maria@example.org"),
        ("1axb2c3d4e5f6g7h8i9j0k-user=example.org@bf03x.hub.example", "user@example.org"),
        ("user=example.org__0-3h1r2b3u4m5@nj2g.bnc.force.example", None),
        ("A1b2C3dEf==_1101234567890_XYZabc==@in.contact.example", None),
        ("bounces+SRS=9Cgxd=QY@club.example", None),
        ("jo+SRS=PVmBn=XY=club.example=first.last@tenant.example", None),
        ("jo+SRS=PVmBn=XY=club.example=bounces@tenant.example", None),
        ("prvs=0123456789=news@club.example", None),
        ("prvs=0123456789=bounces+user=example.org@club.example", "user@example.org"),
        ("btv1==123abc==news@club.example", None),
        ("btv1==123abc==bounces+77-user=example.org@club.example", "user@example.org"),
        ("SRS0=HHH=TT=club.example=news@forward.example", None),
        ("SRS0=HHH=TT=club.example=bounces+user=example.org@forward.example", "user@example.org"),
        ("SRS1=GGG=first.example==HHH=TT=club.example=news@second.example", None),
        ("a1b2c3d4.AbCdEFGHIJ@bnc3.mailjet.example", None),
        ("pm_bounces@pm-bounces.club.example", None),
        ("news+bncBAABBXYZ7654@googlegroups.example", None),
        ("n0123abcd-0123456789abcdef-user===example.org-1a2b3@bounce.bird.example", "user@example.org"),
        ("m-AbCdEfGhIjKl_mnop-QrSt@bounce.linked.example", None),
        ("news-bounces+user=example.org@lists.club.example", "user@example.org"),
        ("news-owner@lists.club.example", None),
        ("owner-news@lists.club.example", None),
        ("bounce-mc.us5_1234.5678-user=example.org@mail5.club.example", "user@example.org"),
        ("bounces-12345-678-user=example.org@club.example", "user@example.org"),
        ("unsubscribe+user=example.org@club.example", "user@example.org"),
        ("news-77=a=b.c@club.example", None),
        ("bounce-user_at_example.org@club.example", "user@example.org"),
        ("USER=EXAMPLE.ORG@bounces.club.example", "USER@EXAMPLE.ORG"),
        ("fbl-77-user=example.org@club.example", "user@example.org"),
    ],
)
def test_only_a_recipient_that_stands_in_a_return_path_is_told(path: str, recipient: str | None) -> None:
    assert return_path_recipient([path]) == recipient
