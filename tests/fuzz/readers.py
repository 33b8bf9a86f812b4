"""Feeds the readers what a fuzzer makes of mails: `python -m tests.fuzz.readers FOUND [SECONDS]`, see `make fuzz`.

A mail that raises, that takes more than a quarter of a second of CPU, or of which a second reading says something
else, is written to the folder FOUND; the sample mails are the seeds.
"""

import hashlib
import shutil
import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mgtui.report", "mgtui.bounce"]):
    from mgtui.bounce import understand
    from mgtui.report import attachment_content, list_attachments, opinions

SECONDS = 0.25
#: What counting branches costs: the readers run at about a third of their speed here.
INSTRUMENTED = 3
LONGEST = 65_536
HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "sample_mail"


class Watch:
    """Reads a mail in every way there is, and keeps what breaks a promise."""

    def __init__(self, found: Path) -> None:
        self._found = found

    def __call__(self, raw: bytes) -> None:
        """Read one mail; never raises, so that the fuzzer goes on."""
        start = time.process_time()
        try:
            first = understand(raw)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self._keep(f"raises-{type(error).__name__}", raw)
            return
        if time.process_time() - start > SECONDS * INSTRUMENTED:
            self._keep("slow", raw)
        try:
            if first != understand(raw):
                self._keep("differs", raw)
            opinions(raw)
            for attachment in list_attachments(raw)[:3]:
                attachment_content(raw, attachment.index)
        except Exception as error:  # noqa: BLE001 - likewise
            self._keep(f"raises-{type(error).__name__}", raw)

    def _keep(self, kind: str, raw: bytes) -> None:
        path = self._found / f"{kind}-{hashlib.sha256(raw).hexdigest()[:12]}.eml"
        path.write_bytes(raw)
        print(f"found {path}", flush=True)


def main() -> None:
    """Fuzz for some seconds, ten minutes by default."""
    found = Path(sys.argv[1])
    seconds = sys.argv[2] if len(sys.argv) > 2 else "600"
    seeds = found / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    for path in SAMPLES.rglob("*.eml"):
        shutil.copyfile(path, seeds / path.name)
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-dict={HERE / 'dictionary.txt'}"]
    atheris.Setup(
        [sys.argv[0], *options, "-timeout=60", f"-artifact_prefix={found}/", str(seeds)], Watch(found)
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
