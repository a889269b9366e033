"""Requests that a server and a proxy in front of it could read in two ways."""

import json

from connection import answer, connect, exchange, is_closed


def ambiguity():
    """What could be read in two ways, or in none, is refused, and what follows it is not taken for a request."""
    rest = b"\r\nGET /secret HTTP/1.1\r\nHost: a\r\n\r\n"
    post = b"POST /echo HTTP/1.1\r\nHost: a\r\n"
    cases = [
        (400, post + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"),
        (400, post + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n"),
        (400, post + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabc"),
        (400, post + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
        (400, post + b"Transfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n0\r\n"),
        (400, post + b"Transfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n"),
        (400, post + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n"),
        (400, post + b"Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n"),
        (400, post + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n"),
        (400, post + b"Transfer-Encoding : chunked\r\n\r\n0\r\n"),
        (400, post + b"Content-Length: 1\r\n 0\r\n\r\nabc"),
        (400, b"GET /echo HTTP/1.1\nHost: a\n\n"),
        (400, b"GET /echo HTTP/1.1\r\n Host: a\r\n\r\n"),
        (400, post + b"Content-Length: 3, 5\r\n\r\nabc"),
        (400, post + b"Content-Length: +3\r\n\r\nabc"),
        (400, post + b"Content-Length: 0x3\r\n\r\nabc"),
        (400, post + b"Content-Length: -1\r\n\r\n"),
        (400, post + b"Content-Length : 3\r\n\r\nabc"),
        (400, post + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"),
        (501, post + b"Transfer-Encoding: gzip\r\n\r\n"),
        (501, post + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n"),
        (501, post + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n"),
        (400, b"POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"),
        (400, post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        (400, post + b"Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n"),
        (400, post + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"),
        (400, b"GET /echo HTTP/1.1\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost:\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost: user@a\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost: a/b?\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost: a b\r\n\r\n"),
        (400, b"GET echo HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, b"GET /ec ho HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, b"GET /e%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, b"GET /e#f HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, b"GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, b"GET ftp://a/echo HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, b"G(T /echo HTTP/1.1\r\nHost: a\r\n\r\n"),
        (400, b"GET /echo HTTP/2.0\r\nHost: a\r\n\r\n"),
        (400, b"GET /echo\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n"),
        (400, b"GET /echo HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n"),
        (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    ]
    for expected, text in cases:
        with connect() as sock:
            sock.sendall(text + rest)
            status, headers, _, more = answer(sock)
            assert status == expected or {status, expected} == {400, 505}, (text, status)
            assert headers["connection"] == "close" and more == b"", (text, more)
            assert is_closed(sock)
    status, _, body = exchange(b"GET http://other:81/echo?x HTTP/1.1\r\nHost: a\r\n\r\n")
    assert status == 200 and json.loads(body)["url"] == "http://other:81/echo?x", body
