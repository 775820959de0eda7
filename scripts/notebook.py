#!/usr/bin/env python3
"""Executes notebooks/seed_thread.ipynb and fails if a cell fails.

Needs only Python 3 and, the first time, the package index: it makes a virtual environment with the
packages pinned in notebooks/requirements.txt, outside the repository, and keeps it for later calls.

    python3 scripts/notebook.py                      builds the program and analyzes document 003
    python3 scripts/notebook.py --program PATH       analyzes with this program
    python3 scripts/notebook.py --tables DIR         takes a folder that `rejoinder analyze` has written
    python3 scripts/notebook.py --update             also writes the outputs into the notebook
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from environments import cache_folder, environment

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "notebooks" / "seed_thread.ipynb"
REQUIREMENTS = ROOT / "notebooks" / "requirements.txt"
DOCUMENT = "seeds/documents/003_0b8c0c03fac5c926.txt"
DICTIONARY = "seeds/topics/venezuela.toml"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", help="the rejoinder program; default: cargo run")
    parser.add_argument("--tables", help="a folder that `rejoinder analyze` has written")
    parser.add_argument("--update", action="store_true", help="write the outputs into the notebook")
    parser.add_argument("--cache", help="where the environment is kept; default: the user's cache folder")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        return execute(args.update)
    python = environment("notebook", REQUIREMENTS, cache_folder(args.cache))
    with tempfile.TemporaryDirectory(prefix="rejoinder-notebook-") as scratch:
        tables = Path(args.tables).resolve() if args.tables else analyze(args.program, Path(scratch))
        command = [python, __file__, "--inside"] + (["--update"] if args.update else [])
        # Jupyter's own settings and files stay out of it.
        surroundings = {
            **os.environ,
            "REJOINDER_TABLES": str(tables),
            "JUPYTER_CONFIG_DIR": f"{scratch}/config",
            "JUPYTER_DATA_DIR": f"{scratch}/data",
            "JUPYTER_RUNTIME_DIR": f"{scratch}/runtime",
            "IPYTHONDIR": f"{scratch}/ipython",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        }
        return subprocess.run(command, cwd=ROOT, env=surroundings).returncode


def analyze(program: "str | None", scratch: Path) -> Path:
    out = scratch / "tables"
    start = [program] if program else ["cargo", "run", "--quiet", "--"]
    options = ["--topics", DICTIONARY, "--out", str(out), "--no-charts", "--quiet"]
    subprocess.run(start + ["analyze", DOCUMENT] + options, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return out


def execute(update: bool) -> int:
    """Runs in the environment."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    before = texts(notebook)
    client = NotebookClient(
        notebook, timeout=300, record_timing=False, resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    )
    try:
        client.execute()
    except CellExecutionError as error:
        print(error, file=sys.stderr)
        return 1
    # The version of the interpreter says nothing about the thread.
    notebook.metadata["language_info"] = {"name": "python"}
    if update:
        nbformat.write(notebook, NOTEBOOK)
    elif texts(notebook) != before:
        print("the outputs differ from those in the notebook; write them with --update", file=sys.stderr)
    count = sum(cell.cell_type == "code" for cell in notebook.cells)
    print(f"{NOTEBOOK.relative_to(ROOT)}: {count} cells executed")
    return 0


def texts(notebook) -> list:
    """What the cells print, without pictures."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.get("text") or output.get("data", {}).get("text/html") for output in outputs]


if __name__ == "__main__":
    sys.exit(main())
