"""The code tables are complete."""

from mgtui.bounce.reasons import default_tables, judge
from mgtui.bounce.reasons.source import written

#: IANA, SMTP Enhanced Status Codes: the greatest registered detail of each subject.
REGISTERED = {0: 0, 1: 10, 2: 4, 3: 6, 4: 7, 5: 6, 6: 10, 7: 30}
#: RFC 5321 (4.2.3), 7504 (521, 556), 4954 and 3207 (235, 334, 432, 454, 530, 534, 535, 538).
REPLIES = (
    *(211, 214, 220, 221, 235, 250, 251, 252, 334, 354, 421, 432, 450, 451, 452, 454, 455),
    *(500, 501, 502, 503, 504, 521, 530, 534, 535, 538, 550, 551, 552, 553, 554, 555, 556),
)


def test_every_registered_status_has_an_entry() -> None:
    known = {code for _, raw in written()["tables"] for entry in raw for code in entry.get("status", [])}
    for subject, last in REGISTERED.items():
        for detail in range(last + 1):
            assert f"x.{subject}.{detail}" in known


def test_a_status_alone_is_judged_in_every_class() -> None:
    for subject, last in REGISTERED.items():
        for detail in range(last + 1):
            for kind in "45":
                code = f"{kind}.{subject}.{detail}"
                said = judge(default_tables(), text_lines=[], status=code, reply_code=None)
                assert said.entry
                assert said.status == code


def test_every_reply_has_an_entry() -> None:
    for code in REPLIES:
        said = judge(default_tables(), text_lines=[], status=None, reply_code=code)
        assert said.entry == f"reply-{code}"


def test_an_unregistered_status_falls_back_on_the_reply() -> None:
    said = judge(default_tables(), text_lines=[], status="5.7.999", reply_code=552)
    assert (said.reason, said.entry) == ("mailbox_full", "reply-552")
