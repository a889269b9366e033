"""Kills the program `incar hub` under load, again and again: what it had acknowledged is there when it comes back.

    INCAR_PROGRAM=build/ci/examples/incar/incar python3 tests/hub/kill.py [--cycles 200]
"""

import argparse
import base64
import http.client
import json
import pathlib
import random
import signal
import socket
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "interop"))
from hub_house import Hub  # noqa: E402

THREADS = 8
TARGET = {"OCPI-from-country-code": "NL", "OCPI-from-party-id": "CPO", "OCPI-to-country-code": "EU", "OCPI-to-party-id": "HUB",
          "Content-Type": "application/json"}


def location(number, count):
    """Of a version that its time tells."""
    updated = f"2026-01-{1 + count // 86400:02}T{count // 3600 % 24:02}:{count // 60 % 60:02}:{count % 60:02}Z"
    return {"country_code": "NL", "party_id": "CPO", "id": f"L{number}", "publish": True, "address": "x" * 40, "city": "Delft",
            "country": "NLD", "time_zone": "Europe/Amsterdam", "last_updated": updated,
            "coordinates": {"latitude": "52.011600", "longitude": "4.357100"}}


def token_of(hub, port):
    """Of a partner that says yes to everything, once it is registered."""
    role = {"role": "CPO", "country_code": "NL", "party_id": "CPO", "business_details": {"name": "x"}}
    assert hub.admin("POST", "applications", {"name": "cpo", "email": "a@example", "roles": [role]}, token=None).http == 201
    token_a = hub.admin("POST", "members/cpo/approve").body["token_a"]
    body = {"token": "the-partners-own", "url": f"http://127.0.0.1:{port}/versions", "roles": [role]}
    authorization = "Token " + base64.b64encode(token_a.encode()).decode()
    answer = hub.request("POST", "/ocpi/2.2.1/credentials", body, {"Authorization": authorization})
    return "Token " + base64.b64encode(answer.data["token"].encode()).decode()


class Writer(threading.Thread):
    """Writes newer and newer versions of its own locations until the hub is gone; remembers the last acknowledged ones."""

    def __init__(self, who, hub, token, acknowledged, tried):
        super().__init__()
        self.who, self.hub, self.token, self.acknowledged, self.tried = who, hub, token, acknowledged, tried
        self.count = 0

    def run(self):
        address, port = self.hub.address.split(":")
        connection = http.client.HTTPConnection(address, int(port), timeout=30)
        try:
            while True:
                number = self.who * 100 + random.randrange(20)
                version = self.tried.get(number, 0) + 1
                self.tried[number] = version
                made = location(number, version)
                connection.request("PUT", f"/ocpi/2.2.1/locations/receiver/NL/CPO/L{number}", json.dumps(made),
                                   {**TARGET, "Authorization": self.token})
                answer = connection.getresponse()
                body = json.loads(answer.read())
                if answer.status // 100 == 2 and body["status_code"] == 1000:
                    self.acknowledged[number] = version
                    self.count += 1
        except (OSError, http.client.HTTPException, ValueError):
            pass  # killed
        finally:
            connection.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cycles", type=int, default=20)
    cycles = parser.parse_args().cycles
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    partner = subprocess.Popen([sys.executable, str(HERE.parents[1] / "examples/hub/partner.py"), str(port), "cpo", "tokens:RECEIVER"],
                               stdout=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    hub = Hub("--member-rate", "1000000")
    token = token_of(hub, port)
    acknowledged, tried = {}, {}
    writes, lost, invented, slowest = 0, [], [], 0.0
    for cycle in range(cycles):
        writers = [Writer(who, hub, token, acknowledged, tried) for who in range(THREADS)]
        for each in writers:
            each.start()
        time.sleep(random.uniform(0.02, 0.4))
        hub.end(signal.SIGKILL)
        for each in writers:
            each.join()
        begun = time.monotonic()
        hub.start()
        for number in sorted(tried):
            answer = hub.request("GET", f"/ocpi/2.2.1/locations/receiver/NL/CPO/L{number}", None, {**TARGET, "Authorization": token})
            slowest = max(slowest, time.monotonic() - begun) if number == min(tried) else slowest
            found = answer.data and answer.data["last_updated"]
            expected = acknowledged.get(number)
            if expected and (not found or found < location(number, expected)["last_updated"]):
                lost.append((cycle, number, found, expected))
            if found and found > location(number, tried[number])["last_updated"]:
                invented.append((cycle, number, found))
        writes += sum(each.count for each in writers)
    hub.close()
    partner.terminate()
    partner.wait()
    print(f"{cycles} cycles, {writes} writes acknowledged, {len(lost)} lost, {len(invented)} invented; "
          f"first answer at most {slowest * 1000:.0f} ms after the start")
    if lost or invented or writes < 20 * cycles:
        sys.exit(f"lost {lost[:5]}, invented {invented[:5]}")


main()
