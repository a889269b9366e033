"""What is too long, or has no end."""

import socket

from connection import PATIENCE, answer, connect, exchange, get, is_closed


def limits():
    """Header 2000 bytes, body 10000 bytes."""
    assert exchange(get("/echo", "X: " + "x" * 1900))[0] == 200
    assert exchange(get("/echo", "X: " + "x" * 2100))[0] == 431
    assert exchange(get("/echo", *(f"X-{k}: y" for k in range(300))))[0] == 431
    assert exchange(get("/" + "z" * 9000))[0] == 431
    post = b"POST /echo HTTP/1.1\r\nHost: a\r\n"
    assert exchange(post + b"Content-Length: 10000\r\n\r\n" + b"x" * 10000)[0] == 200
    assert exchange(post + b"Content-Length: 10001\r\n\r\n")[0] == 413
    assert exchange(post + b"Content-Length: 99999999999999999999999\r\n\r\n")[0] == 400
    assert exchange(post + b"Transfer-Encoding: chunked\r\n\r\n2711\r\n" + b"x" * 10001 + b"\r\n0\r\n\r\n")[0] == 413
    assert exchange(post + b"Transfer-Encoding: chunked\r\n\r\n" + b"3e8\r\n" + b"x" * 1000 + b"\r\n" + b"1\r\nx\r\n" * 9000 + b"0\r\n\r\n")[0] == 200
    assert exchange(post + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 20000)[0] == 413
    for _ in range(20):  # the answer must survive that the client is still sending
        with connect() as sock:
            sock.sendall(post + b"Content-Length: 3000000\r\n\r\n")
            try:
                sock.sendall(b"x" * 3000000)
            except (BrokenPipeError, ConnectionResetError):
                pass
            assert answer(sock)[0] == 413
            assert is_closed(sock)


def drip(sock, first, more):
    """Sends piece after piece until the server has said something; it must not take them for ever."""
    sock.sendall(first)
    sock.settimeout(0.001)
    for k in range(100_000):
        try:
            sock.sendall(more)
            if sock.recv(1, socket.MSG_PEEK):
                break
        except socket.timeout:
            pass
        except (BrokenPipeError, ConnectionResetError):
            return 431  # it hung up before we had read why
    else:
        assert False, "no end to the server's patience"
    sock.settimeout(PATIENCE)
    return answer(sock)[0]


def huge():
    """Default limits: header 16 kB, body 16 MB. What is announced beyond them is refused before it comes."""
    assert exchange(b"PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 40000000\r\n\r\n")[0] == 413
    assert exchange(b"PUT /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2625a00\r\n")[0] == 413
    assert exchange(get("/echo", "X: " + "x" * 100_000))[0] == 431
    chunked_post = b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    for first, more in ((b"GET /echo HTTP/1.1\r\nHost: a\r\n", b"X: y\r\n" * 100), (b"GET /", b"x" * 500),
                        (b"GET /echo HTTP/1.1\r\nHost: a\r\nX: ", b"y" * 500), (chunked_post + b"3;note=", b"z" * 500)):
        with connect() as sock:
            assert drip(sock, first, more) == 431, first
