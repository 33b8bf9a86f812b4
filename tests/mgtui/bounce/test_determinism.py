"""A mail is read in the same way by every process: no verdict and no line of evidence rests on a hash seed."""

import os
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[3] / "sample_mail"
READ_ALL = """
import hashlib, sys
from pathlib import Path
from mgtui.bounce import understand

digest = hashlib.sha256()
for path in sorted(Path(sys.argv[1]).rglob("*.eml")):
    digest.update(repr(understand(path.read_bytes())).encode("utf-8", "surrogatepass"))
print(digest.hexdigest())
"""


def test_processes_with_other_hash_seeds_say_the_same_of_all_sample_mails() -> None:
    assert len({_digest_with(seed) for seed in ("1", "2", "3", "4")}) == 1


def _digest_with(seed: str) -> str:
    command = [sys.executable, "-c", READ_ALL, str(SAMPLES)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
