"""A connection to the server at 127.0.0.1:`port`, and what goes over it."""

import socket
import sys

port = int(sys.argv[2])
PATIENCE = 60  # seconds; far more than anything takes


def connect():
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def read_until(sock, end, so_far=b""):
    while end not in so_far:
        piece = sock.recv(65536)
        assert piece, f"closed after {so_far!r}"
        so_far += piece
    head, _, rest = so_far.partition(end)
    return head, rest


def answer(sock, rest=b"", has_body=True):
    """One answer: status, headers with lower-case names, body, and what came after it."""
    head, rest = read_until(sock, b"\r\n\r\n", rest)
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
    length = int(headers.get("content-length", 0)) if has_body else 0
    while len(rest) < length:
        piece = sock.recv(65536)
        assert piece, "closed inside a body"
        rest += piece
    return int(first.split()[1]), headers, rest[:length].decode("latin-1"), rest[length:]


def is_closed(sock):
    """Waits for the server to hang up; it must not say anything more."""
    try:
        said = sock.recv(1)
    except ConnectionResetError:
        return True
    assert said == b"", f"unexpected {said!r}"
    return True


def get(path, *lines):
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: a", *lines, "", ""]).encode()


def exchange(text):
    with connect() as sock:
        sock.sendall(text)
        status, headers, body, rest = answer(sock)
        assert rest == b"", rest
        return status, headers, body
