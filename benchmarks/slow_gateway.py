"""A Kannel that takes 20 ms for a message: ``python -m benchmarks.slow_gateway PORT`` answers as its sendsms does.

``GET /count`` says how many came and how many of them twice; ``GET /clear`` forgets them.
"""

import asyncio
import json
import re
import sys
from collections import Counter

LATENCY = 0.02
# The address of its receipt is a message's own.
TOKEN = re.compile(r"/receipts/kannel/([0-9a-f-]+)/")
came: Counter[str] = Counter()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ", 2)[1].decode()
            length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
            await reader.readexactly(length)
            answer = await _answer(path, head.decode())
            writer.write(f"HTTP/1.1 202 Accepted\r\nContent-Length: {len(answer)}\r\n\r\n{answer}".encode())
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _answer(path: str, head: str) -> str:
    if path == "/count":
        return json.dumps({"came": sum(came.values()), "twice": sum(times > 1 for times in came.values())})
    if path == "/clear":
        came.clear()
        return "{}"
    await asyncio.sleep(LATENCY)
    came[TOKEN.search(head)[1]] += 1  # type: ignore[index]
    return "0: Accepted for delivery"


async def main(port: int) -> None:
    async with await asyncio.start_server(serve, "127.0.0.1", port, backlog=512) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
