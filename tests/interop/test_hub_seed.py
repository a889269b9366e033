"""The requests of USER-CHI D3.3, section 5.2.1, as they stand there: paths, headers and bodies, sent over TCP.

The recorded STOP_SESSION has the Content-Length of another request; here it has its own. The hosts of the response URLs are
nobody's, so no result goes there: one request more names a URL of this test.
"""

import http.client
import http.server
import json
import socket
import threading
import unittest

from hub_house import EVERYBODY, Hub, Member, cdr, location, session, token
from ours import fixture

SITE, COMMANDS = "userchi-incar.tec.etra-id.com", "/ocpi/hub/2.2/commands/app/receiver/"
URL = "https://somewhere-in-vmzberlin.com/reservation/ABC123"
AT_ONE = ('{\r\n    "location_id": "1",\r\n    "token": {\r\n        "uid": "VLC_003"\r\n    },\r\n'
          '    "response_url": "' + URL + '"\r\n}')
LOGIN = {"issuer": "http://test.com", "realm": "test", "client": "test"}


def setUpModule():
    global hub, bcn, vlc, driver
    hub = Hub("--app-token", "50cf4475,50cf4475-6,50cf4475-613")
    bcn = Member(hub, "bcn", "CPO:ES:BCN")
    vlc = Member(hub, "vlc", "EMSP:ES:VLC", identity=LOGIN)
    driver = token(vlc.owner, "VLC_003", type="APP_USER")
    vlc.push("Token", driver)
    for name in ("1", "3"):
        bcn.push("Location", location(bcn.owner, name, name="Diagonal 385 08008 Barcelona ESP", city="Barcelona", country="ESP",
                                      coordinates={"latitude": "41.396719", "longitude": "2.161015"}))
    bcn.push("Tariff", fixture("Tariff", bcn.owner, currency="EUR"))


def tearDownModule():
    for each in (bcn, vlc, hub):
        each.close()


def replay(method, path, *headers, body=""):
    """What the hub answers to these bytes."""
    lines = [f"{method} {path} HTTP/1.1", *headers, "User-Agent: PostmanRuntime/7.29.0", "Accept: */*",
             "Postman-Token: 2d0ae9bd-48ea-4d99-b546-f57d5bf4e18a", f"Host: {SITE}", "Accept-Encoding: gzip, deflate, br",
             "Connection: keep-alive"]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    address, port = hub.address.split(":")
    with socket.create_connection((address, int(port)), timeout=30) as wire:
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        response = http.client.HTTPResponse(wire, method=method)
        response.begin()
        return response, json.loads(response.read())


def routed(of_token, to, sender):
    return (f"Authorization: Token {of_token}", f"OCPI-to-party-id: {to}", "OCPI-to-country-code: ES",
            f"OCPI-from-party-id: {sender}", "OCPI-from-country-code: ES", "Content-Type: application/json")


class TheLists(unittest.TestCase):
    def test_of_emsps_locations_and_tariffs_are_shown_to_who_has_the_token(self):
        for path, names in (("/ocpi/2.2/hubclientinfo/emsps", ["VLC"]), ("/ocpi/hub/2.2/locations", ["1", "3"]),
                            ("/ocpi/hub/2.2/tariffs", ["day"])):
            with self.subTest(path):
                response, answer = replay("GET", path, "Authorization: Token 50cf4475-6")
                self.assertEqual((response.status, answer["status_code"]), (200, 1000))
                self.assertEqual(sorted(each.get("id", each["party_id"]) for each in answer["data"]), names)
                self.assertTrue(answer["timestamp"].endswith("Z"))
                response, answer = replay("GET", path)  # as it stands there, without a word of who asks
                self.assertEqual((response.status, answer["status_code"]), (401, 2000))

    def test_of_emsps_have_the_members_that_the_app_reads(self):
        told = replay("GET", "/ocpi/2.2/hubclientinfo/emsps", "Authorization: Token 50cf4475")[1]["data"][0]
        wanted = {"country_code": "ES", "party_id": "VLC", "keycloakUrl": "http://test.com", "keycloakRealm": "test",
                  "keycloakClient": "test"}
        self.assertEqual({name: told[name] for name in wanted}, wanted)

    def test_of_cdrs_is_empty_at_first_and_then_the_drivers(self):
        path = "/ocpi/hub/2.2/cdrs/ES/VLC/VLC_003"
        response, answer = replay("GET", path, "Authorization: Token 50cf4475-6")
        self.assertEqual((response.status, answer["status_code"], answer["data"]), (200, 1000, []))
        self.assertEqual((response.headers["X-Limit"], response.headers["X-Total-Count"]), ("100", "0"))
        bcn.ask("post", object=cdr(bcn.owner, "C1", driver), to="ES*VLC")
        response, answer = replay("GET", path, "Authorization: Token 50cf4475-6")
        self.assertEqual(([each["id"] for each in answer["data"]], response.headers["X-Total-Count"]), (["C1"], "1"))


class TheCommands(unittest.TestCase):
    def setUp(self):
        bcn.ask("behave", sends_results=False, timeout=30)
        bcn.forget()

    def answer_to(self, word, body, of_token="50cf4475-6", to="BCN", sender="VLC"):
        response, answer = replay("POST", COMMANDS + word, *routed(of_token, to, sender), body=body)
        self.assertEqual((response.status, answer["status_code"]), (200, 1000), answer)
        self.assertEqual((response.headers["OCPI-from-party-id"], response.headers["OCPI-to-party-id"]), (to, sender))
        self.assertNotIn("undefined", str(response.headers))
        return answer["data"]

    def test_reserve_now_and_start_session_reach_the_cpo_complete(self):
        self.assertEqual(len(AT_ONE), 156)  # as it was recorded
        for word, of_token in (("RESERVE_NOW", "50cf4475"), ("START_SESSION", "50cf4475-6")):
            with self.subTest(word):
                told = self.answer_to(word, AT_ONE, of_token)
                self.assertEqual((told["result"], told["timeout"]), ("ACCEPTED", 30))
                wish = bcn.event(word)["what"]
                self.assertEqual((wish["location_id"], wish["token"]["uid"], wish["token"]["contract_id"]),
                                 ("1", "VLC_003", driver["contract_id"]))
                self.assertTrue(wish["response_url"].startswith(f"http://{hub.address}/"))
                if word == "RESERVE_NOW":
                    self.assertTrue(wish["reservation_id"] and wish["expiry_date"])

    def test_cancel_reservation_is_understood_with_sender_and_receiver_exchanged(self):
        def cancel(name):
            body = '{\r\n    "reservation_id" : "' + name + '",\r\n    "response_url": "' + URL + '"\r\n}'
            self.assertEqual(len(body), 109 + len(name))  # 112 with XYZ
            return self.answer_to("CANCEL_RESERVATION", body, "50cf4475-613", to="VLC", sender="BCN")
        self.assertEqual(cancel("XYZ")["result"], "REJECTED")
        self.answer_to("RESERVE_NOW", AT_ONE)
        reservation = bcn.event("RESERVE_NOW")["what"]["reservation_id"]
        self.assertEqual(cancel(reservation)["result"], "ACCEPTED")
        self.assertEqual(bcn.event("CANCEL_RESERVATION")["what"]["reservation_id"], reservation)

    def test_stop_session_is_answered_whether_the_session_is_known_or_not(self):
        def stop(name):
            return self.answer_to("STOP_SESSION", '{ "session_id" : "' + name + '", "response_url": "' + URL + '" }')
        self.assertEqual(stop("XYZ")["result"], "UNKNOWN_SESSION")
        bcn.push("Session", session(bcn.owner, "S1", driver), to="ES*VLC")
        self.assertEqual(stop("S1")["result"], "ACCEPTED")
        self.assertEqual(bcn.event("STOP_SESSION")["what"]["session_id"], "S1")

    def test_the_result_comes_to_the_response_url(self):
        came = []

        class Listener(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                came.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                has_come.set()

            def log_message(self, *_):
                pass
        has_come = threading.Event()
        server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.shutdown)
        self.answer_to("START_SESSION", AT_ONE.replace(URL, f"http://127.0.0.1:{server.server_port}/reservation/ABC123"))
        bcn.ask("finish", result="ACCEPTED")
        self.assertTrue(has_come.wait(30))
        self.assertEqual(came, [("/reservation/ABC123", {"result": "ACCEPTED"})])


if __name__ == "__main__":
    unittest.main()
