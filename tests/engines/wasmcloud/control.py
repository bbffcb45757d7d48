"""What an operator says to the hosts over NATS, and what they say of themselves."""

import asyncio
import json
import threading

import nats

# A host says that it is there when it starts, and every 15 s.
HEARTBEAT_SECONDS = 60

# A host answers a start after it has fetched and compiled the components: a second on an idle machine.
START_SECONDS = 120

# NATS itself answers at once, and a host within the time above: longer means that the connection is lost.
NATS_SECONDS = 2 * START_SECONDS


class Control:
    """A connection to NATS."""

    def __init__(self, url):
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._heard = threading.Condition()
        # The newest id of each host by its name. A host that is started again has another one.
        self._ids = {}
        self._nats = self._run(nats.connect(url))
        self._run(self._nats.subscribe("runtime.operator.heartbeat.*", cb=self._note))

    def _run(self, task):
        return asyncio.run_coroutine_threadsafe(task, self._loop).result(NATS_SECONDS)

    async def _note(self, message):
        heartbeat = json.loads(message.data)
        with self._heard:
            self._ids[heartbeat["hostname"]] = heartbeat["id"]
            self._heard.notify_all()

    def host_id(self, name, other_than=None):
        """Returns the id of a host, after its first heartbeat if need be."""
        with self._heard:
            is_there = self._heard.wait_for(lambda: self._ids.get(name, other_than) != other_than, HEARTBEAT_SECONDS)
            if not is_there:
                raise RuntimeError(f"no heartbeat of host {name} in {HEARTBEAT_SECONDS} s")
            return self._ids[name]

    def ask(self, host_id, action, body):
        """Asks a host to `start` or `stop` a workload, and returns its (state, message)."""
        subject = f"runtime.host.{host_id}.workload.{action}"
        request = self._nats.request(subject, json.dumps(body).encode(), timeout=START_SECONDS)
        status = json.loads(self._run(request).data)["workloadStatus"]
        return status["workloadState"].removeprefix("WORKLOAD_STATE_"), status.get("message", "")

    def close(self):
        self._run(self._nats.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
