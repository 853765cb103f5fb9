"""A server of several processes: one dies, all are told to stop, or nobody is there any more to tell them."""

import asyncio
import json
import os
import signal
import socket
from pathlib import Path

import pytest

from engine.testkit.platform import RetellPlatform
from tests.support.command import turnstile
from tests.support.line import dialled
from tests.support.on_disk import written
from tests.support.process import Server, served, url_of

PATIENCE_S = 20
FLOW = Path("flows/appointment.yaml")


def ready(server: Server) -> dict[int, int]:
    """Wait until both workers take calls; return their numbers by process id."""
    assert server.stderr is not None
    found: dict[int, int] = {}
    for line in server.stderr:
        entry = json.loads(line)
        if entry["event"] == "worker.ready":
            found[entry["pid"]] = entry["worker"]
        if len(found) == 2:
            return found
    raise AssertionError("the workers have not started")


def holder(server: Server) -> int:
    """Wait until a call has begun; return the number of the worker that holds it."""
    assert server.stderr is not None
    entries = (json.loads(line) for line in server.stderr)
    return int(next(entry["worker"] for entry in entries if entry["event"] == "call.opened"))


def listens(port: int) -> bool:
    """Whether anybody takes connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE_S).close()
    except ConnectionRefusedError:
        return False
    return True


def test_the_calls_of_a_worker_that_is_killed_go_on_in_another(data_folder: Path) -> None:
    """At once: nobody waits until it has been replaced. And the server ends as any does."""

    async def call(server: Server) -> None:
        url = url_of(server)
        workers = await asyncio.to_thread(ready, server)
        platform = RetellPlatform()
        async with dialled(url, platform=platform) as phone:
            await phone.answered()
            await phone.says("A cleaning next Thursday at 3 pm")
            number = await asyncio.to_thread(holder, server)
            await asyncio.to_thread(written, data_folder / "turnstile.db", "collecting_details")
            os.kill(next(pid for pid, of in workers.items() if of == number), signal.SIGKILL)
            await asyncio.wait_for(phone.socket.wait_closed(), PATIENCE_S)
            assert phone.socket.close_code == 1006
        async with dialled(url, platform=platform) as phone:
            assert "number" in await phone.says("my name is Maria Lopez")
        assert server.stderr is not None
        ended = await asyncio.to_thread(
            lambda: next(json.loads(line) for line in server.stderr or [] if '"worker.ended"' in line)
        )
        assert ended["how"] == "SIGKILL"
        server.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(server.wait, PATIENCE_S) == 0
        assert "Traceback" not in server.stderr.read()

    with served(FLOW, data_folder, "--workers", "2") as server:
        asyncio.run(call(server))


@pytest.mark.parametrize("whom", ["the supervisor", "everybody"])
def test_a_signal_drains_all_workers_once(whom: str, data_folder: Path) -> None:
    """An init system may signal every process of the group: that is one wish, and no hurry."""

    async def call(server: Server) -> None:
        url = url_of(server)
        workers = await asyncio.to_thread(ready, server)
        async with dialled(url, from_number="+12025550123") as phone:
            await phone.answered()
            await phone.says("A cleaning next Thursday at 3 pm, my name is Maria Lopez")
            await phone.begins("yes, that's right")
            await phone.heard("One moment")
            for pid in workers if whom == "everybody" else ():
                os.kill(pid, signal.SIGTERM)
            server.send_signal(signal.SIGTERM)
            assert "You are all set" in await phone.answered()
            await asyncio.wait_for(phone.socket.wait_closed(), PATIENCE_S)
            assert phone.socket.close_code == 1012
        assert await asyncio.to_thread(server.wait, PATIENCE_S) == 0

    with served(FLOW, data_folder, "--workers", "2") as server:
        asyncio.run(call(server))


def test_workers_do_not_outlive_a_supervisor_that_is_killed(data_folder: Path) -> None:
    """They drain, and then nobody holds the port."""

    async def call(server: Server) -> None:
        url = url_of(server)
        await asyncio.to_thread(ready, server)
        async with dialled(url) as phone:
            await phone.answered()
            server.kill()
            await asyncio.wait_for(phone.socket.wait_closed(), PATIENCE_S)
            assert phone.socket.close_code == 1012
        async with asyncio.timeout(PATIENCE_S):
            # The pipes of the server end with the last process that has them.
            assert server.stderr is not None
            assert "Traceback" not in await asyncio.to_thread(server.stderr.read)
        assert not listens(int(url.rpartition(":")[2].partition("/")[0]))

    with served(FLOW, data_folder, "--workers", "2") as server:
        asyncio.run(call(server))


def test_a_broken_flow_is_told_of_once(tmp_path: Path) -> None:
    """Not by each worker, and without a word from the supervisor but its exit code."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("flow: broken\ninitial: nowhere\nstates: {here: {say: Hello., hang_up: true}}\n")
    done = turnstile("serve", str(broken), "--port", "0", "--workers", "4", TURNSTILE_DATA=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.count("there is no state `nowhere`") == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", ["0", "65", "-1", "two"])
def test_a_number_of_workers_that_can_not_be_is_refused(number: str) -> None:
    """With one that can."""
    done = turnstile("serve", str(FLOW), "--workers", number)
    assert done.returncode == 2
    assert f"{number!r} is no number of workers; give one from 1 to 64" in done.stderr
