"""Requests and their answers, one connection at a time."""

import concurrent.futures
import http.client
import json
import ssl
import sys

from connection import PATIENCE, answer, connect, exchange, get, is_closed, port, read_until


def keep_alive():
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.connect()
    first = client.sock
    for k in range(50):
        body = bytes(range(256)) * k
        client.request("PUT", f"/echo?k={k}&x=%2F+y", body, {"X-Number": k, "Authorization": "Token t"})
        response = client.getresponse()
        said = json.loads(response.read())
        assert response.status == 200 and response.headers["X-Served"] == "yes", response.status
        assert response.headers["Date"].endswith(" GMT")
        assert said["method"] == "PUT" and said["url"] == f"http://127.0.0.1:{port}/echo?k={k}&x=%2F+y", said
        assert said["body"] == body.hex()
        assert said["headers"] == [["Accept-Encoding", "identity"], ["X-Number", str(k)], ["Authorization", "Token t"]], said
        assert client.sock is first, "the connection was not kept"
    client.close()


def pipelining():
    with connect() as sock:
        sock.sendall(get("/later?300") + b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get("/echo?third"))
        rest = b""
        bodies = []
        for _ in range(3):
            status, _, body, rest = answer(sock, rest)
            assert status == 200
            bodies.append(body)
        assert bodies[0] == "later" and json.loads(bodies[1])["body"] == b"abc".hex() and "third" in bodies[2], bodies
        # In pieces of one byte, the end of one request and the start of the next among them.
        for byte in get("/echo?1") + get("/echo?2"):
            sock.sendall(bytes([byte]))
        first = answer(sock)
        second = answer(sock, first[3])
        assert "echo?1" in first[2] and "echo?2" in second[2]
    # A thousand at once.
    with connect() as sock:
        rest = b""
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            sent = pool.submit(sock.sendall, b"".join(get(f"/echo?n={k}") for k in range(1000)))
            for k in range(1000):
                status, _, body, rest = answer(sock, rest)
                assert status == 200 and f"n={k}\"" in body, (k, body)
            sent.result()
    # Answers that are ready in any order.
    delays = [k * 7919 % 10 for k in range(300)]
    with connect() as sock:
        sock.sendall(b"".join(get(f"/later?{delay}") + get(f"/echo?n={k}") for k, delay in enumerate(delays)))
        rest = b""
        for k in range(300):
            status, _, body, rest = answer(sock, rest)
            assert status == 200 and body == "later", (k, body)
            status, _, body, rest = answer(sock, rest)
            assert status == 200 and f"n={k}\"" in body, (k, body)


def chunked():
    with connect() as sock:
        for _ in range(2):
            sock.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                         b"3;note=x\r\nabc\r\n1\r\n\xff\r\n0\r\nAuthorization: smuggled\r\n\r\n")
            status, _, body, rest = answer(sock)
            said = json.loads(body)
            assert status == 200 and said["body"] == b"abc\xff".hex() and rest == b"", said
            assert said["headers"] == [], said
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.request("POST", "/echo", (b"z" * 1000 for _ in range(100)), {"Transfer-Encoding": "chunked"}, encode_chunked=True)
    assert json.loads(client.getresponse().read())["body"] == (b"z" * 100_000).hex()


def expectation():
    with connect() as sock:
        sock.sendall(b"PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-Continue\r\n\r\n")
        head, rest = read_until(sock, b"\r\n\r\n")
        assert head == b"HTTP/1.1 100 Continue" and rest == b"", head
        sock.sendall(b"body")
        assert json.loads(answer(sock)[2])["body"] == b"body".hex()
        sock.sendall(b"PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n")
        assert answer(sock)[0] == 200  # nothing to wait for
        # Who does not wait for it is not held up, and the next request is found.
        sock.sendall(b"PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nbody" + get("/echo?next"))
        head, rest = read_until(sock, b"\r\n\r\n")
        assert head == b"HTTP/1.1 100 Continue", head
        _, _, body, rest = answer(sock, rest)
        assert json.loads(body)["body"] == b"body".hex()
        assert "next" in answer(sock, rest)[2]
    with connect() as sock:  # HTTP/1.0 does not know it
        sock.sendall(b"PUT /echo HTTP/1.0\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nbody")
        assert answer(sock)[0] == 200
    refused = b"PUT /echo HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\nExpect: %s\r\n\r\n"
    assert exchange(refused % (4, b"miracles"))[0] == 417
    assert exchange(refused % (1 << 30, b"100-continue"))[0] == 413


def versions():
    with connect() as sock:
        sock.sendall(b"GET /echo HTTP/1.0\r\n\r\n")
        status, headers, _, _ = answer(sock)
        assert status == 200 and is_closed(sock)
    with connect() as sock:
        for _ in range(2):
            sock.sendall(b"GET /echo HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n")
            status, headers, _, _ = answer(sock)
            assert status == 200 and headers["connection"] == "keep-alive", headers
    with connect() as sock:
        sock.sendall(get("/echo", "Connection: close"))
        status, headers, _, _ = answer(sock)
        assert headers["connection"] == "close" and is_closed(sock)


def bodiless():
    with connect() as sock:
        sock.sendall(b"HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n")
        status, headers, _, rest = answer(sock, has_body=False)
        assert status == 200 and int(headers["content-length"]) > 10 and rest == b"", headers
        for code in (204, 304):
            sock.sendall(get(f"/status?{code}"))
            status, headers, _, rest = answer(sock)
            assert status == code and "content-length" not in headers and rest == b"", headers
        sock.sendall(get("/status?404"))
        assert answer(sock)[:3:2] == (404, "body")


def failures():
    with connect() as sock:
        for path, status, body in (("/throw", 500, ""), ("/throw-odd", 500, ""), ("/drop", 500, ""), ("/twice", 200, "first"),
                                   ("/answer-and-throw", 200, "first"), ("/status?99", 500, ""), ("/status?600", 500, ""),
                                   ("/status?101", 500, ""), ("/later?1", 200, "later"), ("/framing", 200, "body")):
            sock.sendall(get(path))
            found = answer(sock)
            assert found[0] == status and found[2] == body and found[3] == b"", (path, found)


def secure():
    context = ssl.create_default_context(cafile=sys.argv[3])
    client = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, context=context)
    for _ in range(3):
        client.request("POST", "/echo", b"x" * 200_000)
        said = json.loads(client.getresponse().read())
        assert said["url"] == f"https://127.0.0.1:{port}/echo" and len(said["body"]) == 400_000
    client.request("GET", "/big?5000000")
    assert len(client.getresponse().read()) == 5_000_000
    client.request("GET", "/echo", headers={"Connection": "close"})
    assert client.getresponse().read()
    with context.wrap_socket(connect(), server_hostname="127.0.0.1", suppress_ragged_eofs=False) as sock:
        sock.sendall(get("/echo", "Connection: close"))
        assert answer(sock)[0] == 200 and is_closed(sock)  # with TLS's own farewell, else this throws
    with connect() as sock:
        sock.sendall(get("/echo"))
        try:
            assert not sock.recv(65536).startswith(b"HTTP")
        except ConnectionResetError:
            pass
    try:
        ssl.create_default_context().wrap_socket(connect(), server_hostname="127.0.0.1")
        assert False, "a self-signed certificate was trusted"
    except ssl.SSLCertVerificationError:
        pass


def watched():
    """A server with health, metrics and a rate limit of 3 at once for strangers."""
    assert exchange(get("/healthz"))[::2] == (200, "ok\n")
    assert [exchange(get("/ocpi/locations"))[0] for _ in range(5)] == [200, 200, 200, 429, 429]
    status, headers, _ = exchange(get("/ocpi/locations"))
    assert status == 429 and 1 <= int(headers["retry-after"]) <= 3600, headers
    status, headers, text = exchange(get("/metrics"))
    assert status == 200 and headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert 'http_requests_total{route="locations",method="GET",status="200"} 3\n' in text, text
    try:
        from prometheus_client.parser import text_string_to_metric_families
    except ImportError:
        return
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert families["http_request_duration_seconds"].type == "histogram"
    counts = {sample.labels["status"]: sample.value for sample in families["http_requests"].samples}
    assert counts == {"200": 3, "429": 3}, counts
