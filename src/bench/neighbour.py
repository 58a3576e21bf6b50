#!/usr/bin/env python3
"""How much one hanging endpoint costs the nine others: p50 and p99 from publish to arrival, without it and with it.

Both are measured in turn, several times, against the same server; the medians and their ratio are printed. The server
has to run with posthorn.delivery.https-only=false and posthorn.delivery.allowed-subnets=127.0.0.0/8:

    src/bench/neighbour.py http://localhost:8080 TOKEN [rounds] [seconds] [messages a second]
"""
import asyncio
import json
import statistics
import sys
import time
import urllib.request

ENDPOINTS = 10


class Sink:
    """Answers 200 at once, except for paths that begin with /hang, which it leaves without an answer."""

    def __init__(self):
        self.arrivals = []

    async def start(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        return self.server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length"))
                body = await reader.readexactly(length)
                path = head.split(" ", 2)[1]
                if path.startswith("/hang"):
                    await reader.read()
                    return
                self.arrivals.append(time.perf_counter() - json.loads(body)["at"])
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()


class Api:
    def __init__(self, url, token):
        self.url, self.token = url, token

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + "/api/v1" + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "Bearer " + self.token},
        )
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None


async def measure(api, sink, port, hanging, seconds, rate):
    """Publishes at a steady rate and returns what the endpoints that answer took, in milliseconds."""
    loop = asyncio.get_running_loop()
    app = (await loop.run_in_executor(None, api.call, "POST", "/app", {"name": "neighbour"}))["id"]
    for i in range(ENDPOINTS):
        path = "hang" if hanging and i == 0 else "ok"
        await loop.run_in_executor(
            None, api.call, "POST", f"/app/{app}/endpoint", {"url": f"http://127.0.0.1:{port}/{path}/{i}"}
        )
    sink.arrivals = []
    begin = time.perf_counter()
    calls = []
    for n in range(seconds * rate):
        await asyncio.sleep(max(0, begin + n / rate - time.perf_counter()))
        message = {"eventType": "bench", "payload": {"at": time.perf_counter()}}
        calls.append(loop.run_in_executor(None, api.call, "POST", f"/app/{app}/msg", message))
    await asyncio.gather(*calls)
    expected = seconds * rate * (ENDPOINTS - (1 if hanging else 0))
    deadline = time.perf_counter() + 60
    while len(sink.arrivals) < expected and time.perf_counter() < deadline:
        await asyncio.sleep(0.1)
    await loop.run_in_executor(None, api.call, "DELETE", f"/app/{app}")
    if len(sink.arrivals) < expected:
        print(f"  only {len(sink.arrivals)} of {expected} arrived within a minute")
    took = sorted(1000 * each for each in sink.arrivals)
    return took[len(took) // 2], took[int(len(took) * 0.99)]


async def main(url, token, rounds=5, seconds=15, rate=40):
    api, sink = Api(url, token), Sink()
    port = await sink.start()
    await measure(api, sink, port, False, 5, rate)  # to warm up
    without, beside = [], []
    for n in range(rounds):
        without.append(await measure(api, sink, port, False, seconds, rate))
        beside.append(await measure(api, sink, port, True, seconds, rate))
        print(f"round {n + 1}: without p50 {without[-1][0]:.1f} p99 {without[-1][1]:.1f} ms,"
              f" beside a hanging one p50 {beside[-1][0]:.1f} p99 {beside[-1][1]:.1f} ms", flush=True)
    for name, index in (("p50", 0), ("p99", 1)):
        a = statistics.median(each[index] for each in without)
        b = statistics.median(each[index] for each in beside)
        print(f"{name}: {a:.1f} ms without, {b:.1f} ms beside, ratio {b / a:.2f}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    asyncio.run(main(*sys.argv[1:3], *map(int, sys.argv[3:])))
