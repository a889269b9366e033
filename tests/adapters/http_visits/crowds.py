"""Connections that are slow, that break, and many of them at a time."""

import concurrent.futures
import errno
import http.client
import json
import resource
import socket
import struct
import time

from connection import PATIENCE, answer, connect, exchange, get, is_closed, port


def slow():
    """Time limits: 2 s for headers, bodies and idling."""
    def silent(sock):
        pass

    def half_a_line(sock):
        sock.sendall(b"GET /echo HT")

    def half_a_body(sock):
        sock.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")

    def idle(sock):
        sock.sendall(get("/echo"))
        assert answer(sock)[0] == 200

    def idle_then_half(sock):
        idle(sock)
        sock.sendall(b"GET")

    def dripping(sock):
        for byte in b"GET /echo HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 1000:
            try:
                sock.sendall(bytes([byte]))
            except (BrokenPipeError, ConnectionResetError):
                return
            time.sleep(0.02)
        assert False, "the server had twenty seconds of patience"

    def dripping_chunks(sock):
        sock.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(1000):
            try:
                sock.sendall(b"1\r\nx\r\n")
            except (BrokenPipeError, ConnectionResetError):
                return
            time.sleep(0.02)
        assert False, "the server had twenty seconds of patience"

    def visit(way):
        with connect() as sock:
            way(sock)
            assert is_closed(sock)

    with concurrent.futures.ThreadPoolExecutor() as pool:
        for done in [pool.submit(visit, way) for way in (silent, half_a_line, half_a_body, idle, idle_then_half, dripping, dripping_chunks)]:
            done.result()
    assert exchange(get("/later?2500"))[0] == 200  # the handler's time is not limited


def dropped():
    beginnings = [b"", b"G", get("/echo")[:-2], get("/later?50"), b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
                  get("/big?20000000"), get("/echo") * 100]
    for k in range(70):
        sock = connect()
        sock.sendall(beginnings[k % len(beginnings)])
        if k % 2:  # with a reset instead of a farewell
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.close()
    assert exchange(get("/echo"))[0] == 200


def crowd():
    def visit(k):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        for round in range(3):
            client.request("POST", "/later?20" if round == 1 else "/echo", f"{k}.{round}".encode())
            response = client.getresponse()
            body = response.read().decode()
            assert response.status == 200 and (round == 1 or json.loads(body)["body"] == f"{k}.{round}".encode().hex()), body
        client.close()

    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        for done in [pool.submit(visit, k) for k in range(200)]:
            done.result()


def slow_crowd():
    """Two thousand connections that never finish a header hold up nobody, and the server closes them."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    slow = []
    try:
        for k in range(2000):
            sock = connect()
            sock.sendall(b"GET /echo HTTP/1.1\r\nHost: a\r\nX: "[: k % 34 + 1])
            slow.append(sock)
            if k % 20 == 19:
                assert exchange(get(f"/echo?{k}"))[0] == 200
    except OSError as full:
        assert full.errno == errno.EMFILE and len(slow) > 200, full
    print(len(slow), "slow connections", flush=True)
    for sock in slow:
        assert is_closed(sock)
    assert exchange(get("/echo"))[0] == 200


def per_token():
    """At most two connections for each Authorization."""
    def ask(sock, *lines):
        sock.sendall(get("/echo", *lines))
        return answer(sock)[0]

    one, two, other, nobody = (connect() for _ in range(4))
    a, b = "Authorization: Token a", "Authorization: Token b"
    assert [ask(one, a), ask(two, a), ask(one, a), ask(other, b)] == [200] * 4
    for _ in range(3):
        third = connect()
        third.sendall(get("/echo", a) + get("/echo"))
        status, headers, _, rest = answer(third)
        assert status == 429 and headers["connection"] == "close" and rest == b"" and is_closed(third)
    assert [ask(nobody), ask(nobody, "X: y"), ask(connect()), ask(connect())] == [200] * 4
    here = []
    for move in (lambda: ask(two, b), one.close):  # another token, or gone
        move()
        for _ in range(600):  # until the server has noticed
            here.append(connect())
            if ask(here[-1], a) == 200:
                break
            time.sleep(0.05)
        else:
            assert False, "the place was never free again"
    assert ask(connect(), a) == 429


def full_house():
    """One connection at a time."""
    first = connect()
    first.sendall(get("/echo"))
    assert answer(first)[0] == 200
    second = connect()
    second.sendall(get("/echo"))
    second.settimeout(0.3)
    try:
        second.recv(1)
        assert False, "a second connection was served"
    except socket.timeout:
        pass
    first.close()
    second.settimeout(PATIENCE)
    assert answer(second)[0] == 200
