"""`turnstile new`: a small working flow with its tool and its test, to be made into one's own."""

import argparse
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from engine.errors import SettingsError
from engine.flow.language.json_schema import as_file
from engine.flow.language.words import BOOLEANS_ELSEWHERE

NAME = re.compile("[a-z][a-z0-9_]*")
MOST_LETTERS = 40
"""In a name, so that no line of the files is too long."""
PLACEHOLDER = "NAME"
"""Stands in the templates for the flow's name."""
SCHEMA = "schema.json"


def run(options: argparse.Namespace) -> int:
    """Write the files and say what to do next. Raises SettingsError when that can not be done."""
    name: str = options.name
    if not NAME.fullmatch(name) or name in BOOLEANS_ELSEWHERE or len(name) > MOST_LETTERS:
        raise SettingsError(f"`{name}` is no name for a flow; write `turnstile new {_suggested(name)}`")
    texts = _texts(name)
    for path in texts:
        if Path(path).exists() or Path(path).is_symlink():
            raise SettingsError(f"`{path}` is there already; choose another name, or move it away")
    if not Path(SCHEMA).exists():
        texts = {**texts, SCHEMA: as_file()}
    for path, text in texts.items():
        _write(path, text)
    print(_told(name, texts))
    return 0


def _suggested(name: str) -> str:
    """Return what may be made of a name that is none."""
    spaced = re.sub("(?<=[a-z0-9])(?=[A-Z])", " ", re.sub(r"\.ya?ml$", "", name.rpartition("/")[2]))
    close = re.sub("[^a-z0-9]+", "_", spaced.lower()).strip("_")[:MOST_LETTERS].rstrip("_")
    if close in BOOLEANS_ELSEWHERE or close[:1].isdecimal():
        close = f"flow_{close}"[:MOST_LETTERS]
    return close or "front_desk"


def _texts(name: str) -> Mapping[str, str]:
    """Return the files to be written, by their paths."""
    templates = {
        f"{name}.yaml": "flow.yaml",
        f"{name}_tools.py": "tools.py.txt",
        f"{name}_calls.yaml": "calls.yaml.txt",
        f"test_{name}.py": "test.py.txt",
    }
    folder = files("engine.cli") / "templates"
    return {
        path: (folder / template).read_text(encoding="utf-8").replace(PLACEHOLDER, name)
        for path, template in templates.items()
    }


def _write(path: str, text: str) -> None:
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        what = f"`{path}` can not be written ({error.strerror})"
        raise SettingsError(f"{what}; go to another folder") from error


def _told(name: str, texts: Mapping[str, str]) -> str:
    return f"""\
wrote {", ".join(texts)}

  turnstile chat {name}.yaml     you are the caller
  turnstile test {name}_calls.yaml --coverage
                                 its calls: did they go as written, and what have they not taken
  pytest test_{name}.py          the same in Python (pip install pytest)
  turnstile check {name}.yaml    what is wrong with it, after you changed it
  turnstile draw {name}.yaml     its states and the ways between them"""
