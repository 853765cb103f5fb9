"""The command, run as a user does."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def turnstile(
    *arguments: str, stdin: str = "", folder: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does; no key is set."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "TURNSTILE_"))}
    return subprocess.run(
        [sys.executable, "-m", "engine", *arguments],
        input=stdin, capture_output=True, encoding="utf-8", errors="surrogateescape", cwd=folder, timeout=60, check=False,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
