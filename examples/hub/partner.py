"""A partner of a hub, as small as it can be: says which modules it has, takes whatever it is sent, and shows it.

    python3 partner.py PORT NAME MODULE:ROLE...      for example: python3 partner.py 8001 provider locations:RECEIVER
"""

import json
import sys
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, name = int(sys.argv[1]), sys.argv[2]
base = f"http://127.0.0.1:{port}"
endpoints = [{"identifier": "credentials", "role": "SENDER", "url": f"{base}/2.2.1/credentials"}]
for each in sys.argv[3:]:
    module, role = each.split(":")
    endpoints.append({"identifier": module, "role": role, "url": f"{base}/2.2.1/{module}/{role.lower()}"})


class Partner(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        data = None
        if self.path == "/versions":
            data = [{"version": "2.2.1", "url": f"{base}/2.2.1"}]
        elif self.path == "/2.2.1":
            data = {"version": "2.2.1", "endpoints": endpoints}
        else:
            sender = f"{self.headers.get('OCPI-from-country-code')}*{self.headers.get('OCPI-from-party-id')}"
            print(f"{name} got {self.command} {self.path} from {sender}: {body}", flush=True)
            if self.path.startswith("/2.2.1/commands/receiver"):
                data = {"result": "ACCEPTED", "timeout": 30}
        now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        text = json.dumps({"status_code": 1000, "timestamp": now, **({} if data is None else {"data": data})}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", port), Partner).serve_forever()
