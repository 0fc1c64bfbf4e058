"""Stands in for systemd: prints each message that comes to a socket of sd_notify(3), or of the journal, as a line of JSON.

    notify_socket.py FILE...
"""
import json
import os
import select
import socket
import struct
import sys


def fields_of(datagram):
    """The fields of a message; the journal's have a length instead of `=` where a value has a line feed."""
    fields = {}
    while datagram:
        line, _, rest = datagram.partition(b"\n")
        name, equals, value = line.partition(b"=")
        if not equals:
            (size,) = struct.unpack("<Q", rest[:8])
            value, rest = rest[8 : 8 + size], rest[9 + size :]
        fields[name.decode()] = value.decode()
        datagram = rest
    return fields


sockets = {}
for path in sys.argv[1:]:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(path)
    os.chmod(path, 0o777)
    sockets[listener] = path
print(json.dumps({"listening": True}), flush=True)
while True:
    for ready in select.select(list(sockets), [], [])[0]:
        print(json.dumps({"at": os.path.basename(sockets[ready]), **fields_of(ready.recv(1 << 20))}), flush=True)
