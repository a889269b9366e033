"""http_visitor.py SCENARIO PORT [FILE]: visits the server on 127.0.0.1:PORT and ends with 0 when it behaved."""

import concurrent.futures
import errno
import http.client
import json
import resource
import socket
import ssl
import struct
import sys
import time

scenario, port = sys.argv[1], int(sys.argv[2])
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


def last_answers():
    """Asks without pause on many connections until the server stops; says how many answers came."""
    def ask(k):
        count, rest = 0, b""
        with connect() as sock:
            sock.sendall(b"".join(get("/later?3") for _ in range(2000)))
            try:
                while True:
                    status, _, body, rest = answer(sock, rest)
                    assert status == 200 and body == "later", (status, body)
                    count += 1
            except (AssertionError, ConnectionResetError) as over:
                assert isinstance(over, ConnectionResetError) or "closed after b''" in str(over), over
        return count

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(ask, k) for k in range(20)]
        print("asking", flush=True)
        print(sum(each.result() for each in asked), flush=True)


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


def stop():
    idle, busy, queued = connect(), connect(), connect()
    idle.sendall(get("/echo"))
    assert answer(idle)[0] == 200
    busy.sendall(get("/never"))
    queued.sendall(get("/never") + get("/echo"))
    assert is_closed(idle)
    print("stopping", flush=True)
    status, headers, body, _ = answer(busy)
    assert status == 200 and body == "in the end" and headers["connection"] == "close", headers
    assert is_closed(busy)
    assert answer(queued)[0] == 200 and is_closed(queued)  # what was only queued is not begun
    for _ in range(600):
        try:
            connect().close()
            time.sleep(0.1)
        except ConnectionRefusedError:
            return
    assert False, "the port is still open"


globals()[scenario]()
