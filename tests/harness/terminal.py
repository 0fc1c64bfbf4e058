"""Runs a program on a terminal and answers what it asks: prints all that the terminal showed, and ends as the program.

    terminal.py PROGRAM ARGUMENT... <STEPS

STEPS is JSON: a list of [what to wait for (a regular expression), what to type then].
"""
import json
import os
import pty
import re
import select
import sys
import time

steps = json.load(sys.stdin)
deadline = time.monotonic() + 60
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])

shown = ""
seen = 0


def read():
    """Takes what is shown next; False at the end."""
    global shown
    if not select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
        sys.exit(f"Waited for too long after:\n{shown}")
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return False
    shown += data.decode()
    return bool(data)


for wanted, answer in steps:
    while not (found := re.search(wanted, shown[seen:])):
        if not read():
            sys.exit(f"It ended before {wanted!r}:\n{shown}")
    seen += found.end()
    os.write(terminal, answer.encode() + b"\n")
while read():
    pass
sys.stdout.write(shown.replace("\r\n", "\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
