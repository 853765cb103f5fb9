"""Why nobody can listen on an address, as the operator is told it."""

import argparse
import errno
import os
import socket

from engine.errors import SettingsError


def not_listening(options: argparse.Namespace, error: OSError | UnicodeError) -> SettingsError:
    """Say why nobody can listen there, and which of the two arguments is to blame."""
    match error:
        case socket.gaierror():
            reason = error.strerror or "no such host"
        case OSError(errno=int() as number):
            reason = os.strerror(number)  # the error's own text says the address once more
        case _:
            reason = "this is no name of a host"
    of_port = isinstance(error, OSError) and error.errno in {errno.EADDRINUSE, errno.EACCES}
    choose = "--port" if of_port else "--host"
    return SettingsError(
        f"can not listen on {options.host}:{options.port} ({reason}); choose another {choose}"
    )
