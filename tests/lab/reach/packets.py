"""packets.py < PLAN > ANSWERS : what TCP really does between network namespaces. Runs as root on the host in question.

PLAN     {"listen": [{"netns": PATH, "banner": TEXT, "ports": [PORT, ...]}, ...],
          "connect": [{"netns": PATH, "targets": [[ADDRESS, PORT], ...]}, ...]}
ANSWERS  per entry of "connect" a list with one text per target: the banner that was read; "" where no connection came about;
         OPEN_NO_ANSWER where the handshake worked and nobody spoke, as at a port that is only reserved.

A socket stays in the namespace where it was made, so one process listens everywhere and another one asks from everywhere.
"""

import ctypes
import json
import os
import resource
import select
import socket
import sys
import time
from collections import deque
from itertools import zip_longest

OPEN_NO_ANSWER = "OPEN-NO-ANSWER"
CLONE_NEWNET = 0x40000000
# The kernel repeats an unanswered SYN after one second: that, and a second round, are the chances of what got lost.
PATIENCE = 2.2
ROUNDS = 2

libc = ctypes.CDLL(None, use_errno=True)
opened = {}


def enter(path):
    if path not in opened:
        opened[path] = os.open(path, os.O_RDONLY)
    if libc.setns(opened[path], CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), path)


def serve(listen, ready):
    """Greets whoever connects, for ever; one byte goes to `ready` when every port is open."""
    poll = select.epoll()
    doors = {}
    for one in listen:
        enter(one["netns"])
        for port in one["ports"]:
            door = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=4096)
            door.setblocking(False)
            doors[door.fileno()] = (door, one["banner"].encode())
            poll.register(door, select.EPOLLIN)
    os.write(ready, b".")
    while True:
        for number, _ in poll.poll():
            door, banner = doors[number]
            try:
                guest, _ = door.accept()
                guest.send(banner)
                guest.close()
            except OSError:
                pass  # gone again


def outcome(asked):
    """What a socket has to say after its event, or after all patience; None is silence, which may have been an accident."""
    try:
        return asked.recv(200).decode() or OPEN_NO_ANSWER
    except BlockingIOError:
        pass
    except OSError:
        return ""
    try:
        asked.getpeername()
        return OPEN_NO_ANSWER
    except OSError:
        return None


class Round:
    """Asks many questions side by side, as many as there may be open files."""

    def __init__(self, at_once):
        self.at_once = at_once
        self.poll = select.epoll()
        self.asked = {}
        self.deadlines = deque()
        self.answers = {}

    def ask(self, key, netns, address, port):
        while len(self.asked) >= self.at_once:
            self.listen(wait=True)
        enter(netns)
        one = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        try:
            one.connect((address, port))
        except BlockingIOError:
            pass
        except OSError:
            self.answers[key] = ""
            one.close()
            return
        number = one.fileno()
        self.asked[number] = (key, one)
        self.deadlines.append((time.monotonic() + PATIENCE, number, key))
        self.poll.register(number, select.EPOLLIN)

    def settle(self, number):
        key, one = self.asked.pop(number)
        self.answers[key] = outcome(one)
        one.close()

    def listen(self, wait):
        for number, _ in self.poll.poll(0.05 if wait else 0):
            self.settle(number)
        now = time.monotonic()
        while self.deadlines and self.deadlines[0][0] <= now:
            _, number, key = self.deadlines.popleft()
            if number in self.asked and self.asked[number][0] == key:
                self.settle(number)

    def finish(self):
        while self.asked:
            self.listen(wait=True)


def ask_all(connect, at_once):
    answers = [[None] * len(one["targets"]) for one in connect]
    for _ in range(ROUNDS):
        one_round = Round(at_once)
        # Target by target, so that no source has to send everything at once.
        for column, cells in enumerate(zip_longest(*(one["targets"] for one in connect))):
            for row, target in enumerate(cells):
                if target is not None and answers[row][column] in (None, OPEN_NO_ANSWER):
                    one_round.ask((row, column), connect[row]["netns"], *target)
            one_round.listen(wait=False)
        one_round.finish()
        for (row, column), answer in one_round.answers.items():
            answers[row][column] = answer
    return [[answer or "" for answer in row] for row in answers]


def main():
    plan = json.load(sys.stdin)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    is_ready, ready = os.pipe()
    server = os.fork()
    if server == 0:
        os.close(is_ready)
        serve(plan["listen"], ready)
    os.close(ready)
    try:
        if os.read(is_ready, 1) == b"":
            sys.exit("not every port could be listened on")
        json.dump(ask_all(plan["connect"], at_once=min(most - 200, 16000)), sys.stdout)
    finally:
        os.kill(server, 9)
        os.waitpid(server, 0)


main()
