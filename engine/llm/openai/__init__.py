"""Chat Completions, streamed, from OpenAI or any server that speaks its protocol.

`model.py` is the model, `connection.py` the way to its server. A request becomes bytes in `body.py`, with
`conversation.py`, `tools.py` and `strict.py`; bytes become fragments of a reply in `events.py`, `reply.py`,
`places.py` and `thoughts.py`. What servers need or refuse is in `servers.py`, what goes wrong in
`failures.py`.
"""

from engine.llm.openai.connection import Connection
from engine.llm.openai.model import OpenAIModel

__all__ = ["Connection", "OpenAIModel"]
