"""`turnstile schema`: the JSON Schema of the flow language, for editors."""

import argparse

from engine.flow.language.json_schema import as_file


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    print(as_file(), end="")
    return 0
