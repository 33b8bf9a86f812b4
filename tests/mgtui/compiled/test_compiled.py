"""The readers run as machine code where it is as new as their sources, and say the same as these."""

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import replace
from pathlib import Path

import pytest

from mgtui.compiled.made import MADE, ROOT, read_made, sources

HEADERS = Path(sysconfig.get_path("include"), "Python.h")
COMPILER = pytest.mark.skipif(
    shutil.which("cc") is None or not HEADERS.exists(), reason="no C compiler, or no headers of Python"
)


def run(*arguments, **environment):
    """Run Python in the project's root; gives what it printed, and what it said about itself."""
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=300
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


@COMPILER
def test_the_readers_are_compiled_and_as_new_as_their_sources():
    made = read_made()
    assert made is not None and made.is_fresh(), "run `make install`, or edit on with MGTUI_PLAIN=1"
    assert "mgtui.report.read" in made.modules and "mgtui.bounce.reasons.judge" in made.modules


@COMPILER
def test_compiled_and_plain_readers_say_the_same_of_every_mail():
    _, compiled, _ = run("-m", "tests.mgtui.compiled.verdicts", MGTUI_PLAIN="")
    _, plain, _ = run("-m", "tests.mgtui.compiled.verdicts", MGTUI_PLAIN="1")
    assert (compiled[0], plain[0]) == ("True", "False")
    assert len(plain) > 400
    assert [pair for pair in zip(compiled[1:], plain[1:], strict=True) if pair[0] != pair[1]] == []


def test_machine_code_of_a_source_that_changed_is_left_alone():
    made = read_made()
    if made is None:
        pytest.skip("nothing is compiled here")
    name, (time, size) = next(iter(made.sources.items()))
    assert not replace(made, sources={**made.sources, name: (time + 1, size)}).is_fresh()
    assert not replace(made, sources={**made.sources, name: (time, size + 1)}).is_fresh()
    assert not replace(made, sources={**made.sources, "mgtui/report/gone.py": (1, 1)}).is_fresh()


def test_every_source_of_the_compiled_packages_is_watched():
    made = read_made()
    if made is None:
        pytest.skip("nothing is compiled here")
    assert set(made.sources) == {path.relative_to(ROOT).as_posix() for path in sources()}


def test_a_copy_without_machine_code_runs_as_plain_python(tmp_path):
    for package in ("mgtui", "eventstore", "projections"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("made", "__pycache__")
        )
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from mgtui.bounce import understand\n"
        "from mgtui.compiled import is_used\n"
        "import mgtui\n"
        "print(mgtui.__file__, is_used(), understand(b'Subject: hello').kind)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.split() == [str(tmp_path / "mgtui" / "__init__.py"), "False", "ordinary"]


def test_where_nothing_can_be_compiled_one_line_says_why_and_what_was_made_stays():
    before = {path.name: path.stat().st_mtime_ns for path in Path(MADE).glob("*")}
    code, _, said = run("-m", "mgtui.compiled", CC="no-such-compiler")
    assert code == 1
    assert said.splitlines()[-1].startswith("mgtui: the readers stay plain Python")
    assert "C compiler" in said
    assert {path.name: path.stat().st_mtime_ns for path in Path(MADE).glob("*")} == before


def test_the_doctor_says_what_reads_the_mail(tmp_path):
    office = ("-m", "mgtui", "--config", str(tmp_path / "mgtui.toml"), "--data", str(tmp_path))
    run(*office, "init")
    plain = run(*office, "doctor", MGTUI_PLAIN="1", LC_ALL="C.UTF-8")
    assert plain[1][-1].startswith("mail is read by plain Python")
    made = read_made()
    ready = run(*office, "doctor", MGTUI_PLAIN="", LC_ALL="C.UTF-8")
    assert ("machine code" in ready[1][-1]) == (made is not None and made.is_fresh())
