"""A foreign party, client and server, as a member of our hub beside a party of ours. It names no receiver when it pushes, so the
hub chooses them by content."""

import base64
import json
import unittest

import foreign
from hub_house import EVERYBODY, Hub, Member, routing_of, soon
from ours import differences, fixture, simple

OURS, THEIRS = ("BE", "BBB"), foreign.OWNER


def setUpModule():
    global hub, ours, theirs, client
    theirs = foreign.start()
    from foreign_client import ForeignClient
    hub = Hub("--open-routing")
    ours = Member(hub, "ours", "CPO:BE:BBB", "EMSP:BE:BBB")
    roles = [{"role": role, "country_code": THEIRS[0], "party_id": THEIRS[1], "business_details": {"name": "a foreign party"}}
             for role in ("CPO", "EMSP")]
    hub.word("apply", "-", given=json.dumps({"name": "ext", "email": "ops@ext.example", "roles": roles}))
    approved = hub.word("approve", "ext", "--habits", "appends_without_slash")
    client = ForeignClient(theirs, THEIRS, OURS)
    client.token_a = approved["token_a"]
    client.exchange_credentials("POST", approved["versions_url"], client.token_a)


def tearDownModule():
    client.http.close()
    for each in (ours, theirs, hub):
        each.close()


def of_driver(made, owner):
    made["cdr_token"].update(country_code=owner[0], party_id=owner[1])
    return made


class TheRegistration(unittest.TestCase):
    def test_makes_it_a_member_and_ends_its_first_token(self):
        shown = hub.word("show", "ext")
        self.assertEqual((shown["standing"], shown["status"]), ("active", "CONNECTED"))
        self.assertEqual(client.send("GET", hub.versions_url, routed=False, token=client.token_a).status_code, 401)
        self.assertEqual(list(theirs.memory.peers), [client.own_token])


class WhatTheyPush(unittest.TestCase):
    def test_reaches_us_and_stays_at_the_hub(self):
        for kind, module in (("Location", "locations"), ("Tariff", "tariffs"), ("Token", "tokens")):
            with self.subTest(kind):
                made = simple(kind, THEIRS)
                name = made.get("uid") or made["id"]
                response = client.push(module, name, made)
                self.assertEqual((response.status_code, response.json()["status_code"]), (201, 1000), response.text)
                got = ours.received("PUT", f"/{module}/receiver/")[0]
                self.assertEqual(routing_of(got), (EVERYBODY, "BE*BBB"))
                self.assertIn(name.lower(), [each.lower() for each in ours.ids(kind)])

    def test_about_a_driver_goes_to_the_drivers_emsp(self):
        made = of_driver(simple("Session", THEIRS, id="run-1"), OURS)
        response = client.push("sessions", "run-1", made)
        self.assertEqual(response.json()["status_code"], 1000, response.text)
        got = ours.received("PUT", "/sessions/receiver/")[0]
        self.assertEqual(tuple(each.upper() for each in routing_of(got)), ("NL*EXT", "BE*BBB"))

    def test_without_what_is_required_is_refused_with_the_place(self):
        response = client.push("cdrs", "", of_driver(simple("CDR", THEIRS), OURS))
        self.assertEqual(response.json()["status_code"], 2001)
        self.assertIn("/cdr_location/evse_uid", response.json()["status_message"])


class WhatWePush(unittest.TestCase):
    def test_is_kept_by_their_server_and_comes_with_its_token(self):
        made = ours.push("Location", simple("Location", OURS, id="kai"))
        soon(lambda: "kai" in theirs.memory.objects.get(("locations", "EMSP"), {}), "that they have it")
        got = theirs.seen("PUT", "/locations/BE/BBB/kai")
        headers = got[0]["headers"]
        self.assertEqual(base64.b64decode(headers["authorization"].split()[1]).decode(), client.own_token)
        self.assertEqual((headers["ocpi-from-party-id"], headers["ocpi-to-party-id"].upper()), ("HUB", "EXT"))
        self.assertEqual([each for each in differences(json.loads(got[0]["body"]), made)], [])

    def test_to_them_alone_keeps_its_correlation(self):
        made = of_driver(simple("Session", OURS, id="to-them"), THEIRS)
        ours.ask("push", kind="Session", object=made, to="NL*EXT", correlation_id="end-to-end")
        headers = theirs.seen("PUT", "/to-them")[0]["headers"]
        self.assertEqual((headers["x-correlation-id"], headers["ocpi-from-party-id"], headers["ocpi-to-party-id"].upper()),
                         ("end-to-end", "BBB", "EXT"))
        ours.ask("post", object=of_driver(simple("CDR", OURS, id="cdr-1"), THEIRS), to="NL*EXT")
        self.assertIn("cdr-1", theirs.memory.objects["cdrs", "EMSP"])


class AList(unittest.TestCase):
    def test_of_the_hub_is_read_by_their_models_page_by_page(self):
        from py_ocpi.modules.tariffs.v_2_2_1.schemas import Tariff
        for number in range(3):
            ours.push("Tariff", simple("Tariff", OURS, id=f"T-{number}"))
        client.receiver = ("EU", "HUB")
        self.addCleanup(setattr, client, "receiver", OURS)
        url, found = client.url("tariffs", "SENDER") + "?limit=2", []
        while url:
            response = client.send("GET", url)
            found += [Tariff(**each).id for each in response.json()["data"]]
            url = response.links.get("next", {}).get("url")
        self.assertLessEqual({f"t-{number}" for number in range(3)}, set(found))

    def test_of_theirs_is_read_through_the_hub_page_by_page(self):
        names = [f"loc-{number}" for number in range(5)]
        for name in names:
            theirs.memory.put("locations", "CPO", name, simple("Location", THEIRS, id=name))
        # departs: their links lead nowhere, so the hub counts
        self.assertEqual(sorted(ours.ids("Location", to="NL*EXT", limit=2)), names)
        self.assertEqual(len(theirs.seen("GET", "/ocpi/cpo/2.2.1/locations")), 3)


class ACommand(unittest.TestCase):
    def test_of_ours_has_the_result_that_their_server_sends(self):
        theirs.memory.results["command"] = {"result": "EVSE_OCCUPIED"}
        theirs.memory.put("locations", "CPO", "loc-1", simple("Location", THEIRS, id="loc-1"))
        wish = fixture("StartSession", location_id="loc-1", evse_uid="e-1", connector_id="1")
        got = ours.ask("command", kind="StartSession", object=wish, to="NL*EXT")
        self.assertEqual(got["result"], "ACCEPTED")
        self.assertEqual(ours.event("result")["result"]["result"], "EVSE_OCCUPIED")

    def test_of_theirs_has_our_result_at_their_url(self):
        url = theirs.versions_url.replace("versions", "emsp/2.2.1/commands/STOP_SESSION-9")
        wish = fixture("StopSession", response_url=url)
        answer = client.data("POST", client.url("commands", "RECEIVER", "STOP_SESSION"), json=wish)
        self.assertEqual(answer["result"], "ACCEPTED")
        asked = ours.event("STOP_SESSION")
        self.assertTrue(asked["what"]["response_url"].startswith(f"http://{hub.address}/"))
        def answered():
            return [each for each in theirs.seen("POST", "STOP_SESSION-9") if "status" in each]
        told = soon(answered, "that the result comes")[0]
        self.assertEqual((json.loads(told["body"]), told["headers"]["ocpi-from-party-id"]), ({"result": "ACCEPTED"}, "BBB"))
        self.assertEqual(told["headers"]["x-correlation-id"], asked["who"]["correlation_id"])

    def test_about_a_session_that_nobody_has_is_told_so(self):
        wish = fixture("StopSession", session_id="XYZ", response_url=theirs.versions_url)
        response = client.send("POST", client.url("commands", "RECEIVER", "STOP_SESSION"), routed=False, json=wish)
        self.assertEqual((response.status_code, response.json()["data"]["result"]), (200, "UNKNOWN_SESSION"))


if __name__ == "__main__":
    unittest.main()
