"""Virtual environments of pinned packages, outside the repository and kept for later calls."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path


def cache_folder(given: "str | None") -> Path:
    """The folder given, or Rejoinder's in the user's cache."""
    if given:
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "rejoinder"


def environment(name: str, requirements: Path, cache: Path, *options: str) -> str:
    """The interpreter of an environment with the packages, made if it is not there yet. Options are pip's."""
    key = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:16]
    home = cache / f"{name}-{key}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete = home / "complete"
    if not complete.exists():
        print(f"making an environment in {home}", file=sys.stderr)
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *options]
        subprocess.run([*install, "-r", requirements], check=True)
        complete.touch()
    return str(python)
