from mgtui.bounce.reasons import Judgement, default_tables, judge
from mgtui.report import Line


def test_a_phrase_broken_over_two_lines_is_found_on_the_first() -> None:
    lines = [Line(3, "550-5.1.1 <no@example.org>: User"), Line(4, "550 5.1.1 unknown here")]
    said = judge(default_tables(), text_lines=lines, status="5.1.1", reply_code=550)
    assert said == Judgement("user_unknown", "hard", "en.user-unknown", "5.1.1", 550, lines[0])
