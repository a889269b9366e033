"""http_peer.py [tls NAME]: an HTTP server on a port of 127.0.0.1 that does what the path says, well or badly.

Writes its port, and with TLS the file with its self-signed certificate for NAME, on one line; ends when its input ends.
"""

import http.server
import itertools
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading
import time

connections = itertools.count()
asked = itertools.count()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.connection_number = next(connections)
        self.answered = 0

    def log_message(self, *_):
        pass

    def raw(self, text):
        self.wfile.write(text if isinstance(text, bytes) else text.encode())
        self.wfile.flush()

    def body(self, data, status=200, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def answer(self):
        number = next(asked)
        path, _, argument = self.path.partition("?")
        given = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if path == "/echo":
            said = {"method": self.command, "target": self.path, "headers": self.headers.items(), "body": given.decode("latin-1")}
            self.body(json.dumps(said).encode(), 201, X_Twice="1")
        elif path == "/status":
            self.body(b"", int(argument), Location="/landed")
        elif path == "/landed":
            self.body(b"you followed")
        elif path == "/connection":
            self.body(str(self.connection_number).encode())
        elif path == "/once" and self.answered:  # the second request on a connection gets none
            self.close_connection = True
        elif path == "/once":
            self.answered += 1
            self.body(self.headers["X-Number"].encode() + b" " + given)
        elif path == "/asked":
            self.body(str(number).encode())
        elif path == "/big":
            self.body(b"x" * int(argument))
        elif path == "/endless":
            self.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                self.raw("1000\r\n" + "y" * 4096 + "\r\n")
        elif path == "/header":
            self.raw("HTTP/1.1 200 OK\r\n")
            for i in range(int(argument)):
                self.raw(f"X-{i}: " + "z" * 100 + "\r\n")
            self.raw("Content-Length: 0\r\n\r\n")
        elif path == "/chunked":
            self.raw("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            self.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\nx-a: \r\n\r\n")
            for piece in ("a", "bc", "d" * 100):
                self.raw(f"{len(piece):x};note=1\r\n{piece}\r\n")
            self.raw("0\r\nX-Trailer: 1\r\nHTTP/1.1 500: No\r\n\r\n")
        elif path == "/slow":
            time.sleep(float(argument))
            self.body(b"at last")
        elif path == "/drip":
            self.raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while True:
                self.raw("z")
                time.sleep(0.02)
        else:
            replies = {
                "/cut": "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
                "/cut-chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
                "/silent": "",
                "/garbage": "SSH-2.0-OpenSSH_9.2\r\n",
                "/nameless": "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nno colon here\r\n\r\n",
                "/control": "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: a\x01b\r\n\r\n",
                "/folded": "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: a\r\n b\r\n\r\n",
            }
            self.raw(replies[path])
            self.close_connection = True

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, *_):
        pass  # clients that leave are what this is for


server = Server(("127.0.0.1", 0), Handler)
with tempfile.TemporaryDirectory() as folder:
    line = str(server.server_port)
    if sys.argv[1:2] == ["tls"]:
        certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=test", "-addext", f"subjectAltName={sys.argv[2]}", "-keyout", key, "-out", certificate],
            check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        line += " " + certificate
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(line, flush=True)
    sys.stdin.read()
