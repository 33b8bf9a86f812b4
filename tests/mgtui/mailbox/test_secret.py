"""Where passwords come from, and that they show up nowhere else."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from mgtui.mailbox import MailboxError, MailboxRefused, MailboxUnavailable, PasswordFrom


def password_file(path: Path, content: bytes, mode: int = 0o600) -> PasswordFrom:
    path.write_bytes(content)
    path.chmod(mode)
    return PasswordFrom(file=path)


@pytest.mark.parametrize(
    ("content", "password"),
    [(b"geheim\n", "geheim"), (b"geheim", "geheim"), (b" a b \r\n", " a b "), ("ü\n".encode(), "ü")],
)
def test_the_last_line_end_of_a_file_is_no_part_of_the_password(
    tmp_path: Path, content: bytes, password: str
) -> None:
    assert password_file(tmp_path / "p", content).resolve("office") == password


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(MailboxRefused, match="chmod 600"):
        password_file(tmp_path / "p", b"geheim", mode).resolve("office")


def test_a_file_that_is_missing_empty_or_no_text_is_refused_by_name(tmp_path: Path) -> None:
    for source in (
        PasswordFrom(file=tmp_path / "missing"),
        password_file(tmp_path / "empty", b"\n"),
        password_file(tmp_path / "binary", b"\xff\xfe"),
    ):
        with pytest.raises(MailboxRefused, match=str(source.file)):
            source.resolve("office")


def test_an_environment_variable_is_read_at_each_connect(monkeypatch: pytest.MonkeyPatch) -> None:
    source = PasswordFrom(environment="MAIL_PASSWORD")
    monkeypatch.setenv("MAIL_PASSWORD", "first")
    assert source.resolve("office") == "first"
    monkeypatch.setenv("MAIL_PASSWORD", "second")
    assert source.resolve("office") == "second"
    monkeypatch.delenv("MAIL_PASSWORD")
    with pytest.raises(MailboxRefused, match="MAIL_PASSWORD"):
        source.resolve("office")


def test_a_command_gives_its_first_line_and_no_shell_reads_it() -> None:
    program = "import sys; print(sys.argv[1]); print('second line')"
    source = PasswordFrom(command=(sys.executable, "-c", program, "$HOME; echo x"))
    assert source.resolve("office") == "$HOME; echo x"


def test_a_command_that_fails_is_named_without_what_it_said() -> None:
    source = PasswordFrom(command=(sys.executable, "-c", "print('geheim'); raise SystemExit(3)"))
    with pytest.raises(MailboxRefused, match="exit code 3") as caught:
        source.resolve("office")
    assert "geheim" not in str(caught.value)
    with pytest.raises(MailboxRefused, match="can't be run"):
        PasswordFrom(command=("no-such-program-anywhere",)).resolve("office")


def test_the_keyring_is_asked_for_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {("mgtui", "office"): "geheim"}
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=lambda *key: entries.get(key)))
    assert PasswordFrom(keyring="mgtui").resolve("office") == "geheim"
    with pytest.raises(MailboxRefused, match="holds no password"):
        PasswordFrom(keyring="mgtui").resolve("other")


def test_a_missing_or_locked_keyring_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MailboxRefused, match="install it"):
        PasswordFrom(keyring="mgtui").resolve("office")

    def locked(service: str, user: str) -> str:
        raise RuntimeError(f"no {service} {user} geheim")

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=locked))
    with pytest.raises(MailboxUnavailable, match="RuntimeError") as caught:
        PasswordFrom(keyring="mgtui").resolve("office")
    assert "geheim" not in str(caught.value)


def test_exactly_one_place_holds_the_password(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        PasswordFrom()
    with pytest.raises(ValueError, match="exactly one"):
        PasswordFrom(environment="A", file=tmp_path)


def test_every_failure_is_a_mailbox_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(MailboxError) as caught:
        PasswordFrom(file=tmp_path).resolve("office")
    assert "\n" not in str(caught.value)
