"""What a visitor sees of a server that stops."""

import concurrent.futures
import time

from connection import answer, connect, get, is_closed


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
