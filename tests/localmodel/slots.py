"""What llama.cpp tells of its work.

Its server's README describes both: https://github.com/ggml-org/llama.cpp/tree/master/tools/server
"""

import asyncio
import json
import urllib.request

PATIENCE_S = 10


async def written(base_url: str) -> int:
    """Return how many tokens the model has written since it was started."""
    for line in (await _get(base_url, "metrics")).splitlines():
        name, _, value = line.partition(" ")
        if name == "llamacpp:tokens_predicted_total":
            return int(float(value))
    raise AssertionError("llama.cpp does not say how many tokens it has written")


async def busy(base_url: str) -> set[int]:
    """Return the numbers of the requests whose replies are being written."""
    found = json.loads(await _get(base_url, "slots"))
    return {slot["id_task"] for slot in found if slot["is_processing"]}


async def let_go(base_url: str, requests: set[int]) -> None:
    """Wait until none of these is being written any more."""
    async with asyncio.timeout(PATIENCE_S):
        while requests & await busy(base_url):
            pass


async def _get(base_url: str, page: str) -> str:
    url = f"{base_url.removesuffix('/v1')}/{page}"
    return await asyncio.to_thread(_read, url)


def _read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as response:  # noqa: S310 - our own server
        text: str = response.read().decode()
    return text
