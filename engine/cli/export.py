"""`turnstile export`: one call as a file, to be replayed elsewhere or to be a test."""

import argparse
from pathlib import Path

from engine.cli.replay import the_recording
from engine.errors import SettingsError
from engine.testkit.replay.as_test import as_test
from engine.testkit.replay.recording import Recording, as_lines
from engine.testkit.replay.shelf import Shelf


def run(options: argparse.Namespace) -> int:
    """Write the call, to a file or to standard output. Raises SettingsError when that is not possible."""
    recording = the_recording(options.call)
    if not recording.happened:
        raise SettingsError(f"nothing of what was said in {recording.call_id} was written down")
    text = _text(options, recording)
    if options.output is None:
        print(text, end="")
        return 0
    try:
        options.output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{options.output} can not be written: {error}") from error
    return 0


def _text(options: argparse.Namespace, recording: Recording) -> str:
    if not options.as_test:
        return "".join(f"{line}\n" for line in as_lines(recording))
    folder = options.output.parent if options.output is not None else Path()
    return as_test(Shelf(options.flow).of(recording), recording, folder)
