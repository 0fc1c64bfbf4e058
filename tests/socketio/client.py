"""What tests/blackbox/socketio_python.test.mjs asks of python-socketio: client.py URL TRANSPORTS"""
import queue
import sys

import socketio

url, transports = sys.argv[1], sys.argv[2].split(",")
received = queue.Queue()


def expect(wanted):
    got = received.get(timeout=10)
    assert got == wanted, f"{got!r} instead of {wanted!r}"


def new_client():
    """One for each connection: python-engineio's threads of the last one take from the queue of the next."""
    client = socketio.Client(reconnection=False)
    client.on("auth", lambda *args: received.put(("auth", args)))
    client.on("auth", lambda *args: received.put(("custom auth", args)), namespace="/custom")
    client.on("message-back", lambda *args: received.put(("message-back", args)))
    client.on("answer", lambda *args: received.put(("answer", args)))
    client.on("question", lambda what: ("because", {"of": b"\x00\xff", "what": what}))
    client.on("connect_error", lambda *args: received.put(("refused", args)), namespace="/private")
    client.on("disconnect", lambda: received.put(("disconnect",)))
    return client


client = new_client()
client.connect(url, auth={"token": "abc"}, transports=transports, namespaces=["/"])
expect(("auth", ({"token": "abc"},)))
if len(transports) > 1:
    assert client.transport() == "websocket"

client.emit("message", (1, "zwei ü", {"3": [True, None, 0.5]}))
expect(("message-back", (1, "zwei ü", {"3": [True, None, 0.5]})))
client.emit("message", (b"\x00\x01\xff", {"deep": [bytes(100_000)]}))
expect(("message-back", (b"\x00\x01\xff", {"deep": [bytes(100_000)]})))
assert client.call("message-with-ack", ("one", b"two"), timeout=10) == ("one", b"two")
client.emit("ask", (10_000, "why"))
expect(("answer", ("because", {"of": b"\x00\xff", "what": "why"})))
client.emit("leave", True)
expect(("disconnect",))
client.wait()

try:
    new_client().connect(url, transports=transports, namespaces=["/private"])
    raise AssertionError("connected without the secret")
except socketio.exceptions.ConnectionError:
    expect(("refused", ({"message": "unauthorized", "data": {"hint": "token"}},)))

client = new_client()
client.connect(url, transports=transports, namespaces=["/custom"])
expect(("custom auth", ({},)))
client.disconnect()
print("all well")
