"""Two parties that are CPO and EMSP, and an SCSP, behind one hub: what reaches whom, with which headers."""

import base64
import json
import unittest
from urllib.parse import quote

from hub_house import APP, EVERYBODY, Hub, Member, cdr, location, routing_of, session, token
from ours import OurParty, Refused, differences, fixture


def setUpModule():
    global hub, north, south, smac
    hub = Hub()
    north = Member(hub, "north", "CPO:NL:AAA", "EMSP:NL:AAA")
    south = Member(hub, "south", "CPO:BE:BBB", "EMSP:BE:BBB")
    smac = Member(hub, "smac", "SCSP:ES:SMC")


def tearDownModule():
    for each in (north, south, smac, hub):
        each.close()


class AMember(unittest.TestCase):
    def test_joins_by_the_words_of_the_program(self):
        party = OurParty("NSP:FR:NSP")
        self.addCleanup(party.close)
        wish = {"name": "maps", "email": "ops@maps.example",
                "roles": [{"role": "NSP", "country_code": "FR", "party_id": "NSP", "business_details": {"name": "Maps"}}]}
        self.assertEqual(hub.word("apply", "-", given=json.dumps(wish))["standing"], "applied")
        approved = hub.word("approve", "maps")
        self.assertEqual(approved["versions_url"], hub.versions_url)
        party.ask("register", partner="hub", url=approved["versions_url"], token=approved["token_a"])
        shown = hub.word("show", "maps")
        self.assertEqual((shown["standing"], shown["status"]), ("active", "CONNECTED"))
        self.assertIn("maps", [each["name"] for each in hub.word("members")["members"]])
        party.ask("unregister", partner="hub")
        self.assertEqual(hub.word("show", "maps")["standing"], "left")

    def test_is_refused_when_its_party_is_there_already(self):
        answer = hub.admin("POST", "applications", {**north.application(), "name": "another"}, token=None)
        self.assertEqual((answer.http, answer.body["error"]["where"]), (409, "/roles/0"))

    def test_renews_its_tokens(self):
        old = smac.token()
        smac.ask("renew")
        self.assertNotEqual(smac.token(), old)
        self.assertEqual(smac.send("GET", "locations/sender", to=EVERYBODY).status, 1000)
        self.assertEqual(smac.send("GET", "locations/sender", to=EVERYBODY, token=old).http, 401)

    def test_speaks_for_nobody_else(self):
        for sender, path in (("BE*BBB", "locations/receiver/BE/BBB/x"), ("NL*AAA", "locations/receiver/BE/BBB/x")):
            answer = north.send("PUT", path, location(south.owner, "x"), to=EVERYBODY, sender=sender)
            self.assertIn((answer.http, answer.status // 1000), ((200, 2), (404, 2)), answer)
        self.assertEqual(north.send("GET", "locations/sender", token="guessed").http, 401)
        self.assertEqual(north.send("GET", "locations/sender", token=APP).http, 401)


class ADirectedPush(unittest.TestCase):
    def test_arrives_as_it_was_sent_with_the_headers_of_its_leg(self):
        driver = token(south.owner, "D1")
        made = session(north.owner, "S1", driver)
        south.forget()
        answer = north.send("PUT", "sessions/receiver/NL/AAA/S1", made, to="BE*BBB", **{"X-Correlation-ID": "end-to-end",
                                                                                      "X-Request-ID": "first leg"})
        self.assertEqual((answer.http, answer.status), (201, 1000))
        got = south.received("PUT", "/sessions/")[0]
        self.assertTrue(got["path"].endswith("/sessions/receiver/NL/AAA/S1"), got["path"])
        self.assertEqual(routing_of(got), ("NL*AAA", "BE*BBB"))
        self.assertEqual(got["headers"]["x-correlation-id"], "end-to-end")
        self.assertNotEqual(got["headers"]["x-request-id"], "first leg")
        self.assertEqual(list(differences(json.loads(got["body"]), made)), [])
        scheme, code = got["headers"]["authorization"].split()
        self.assertEqual((scheme, base64.b64decode(code).decode()), ("Token", south.ask("find")["token_in"]))
        self.assertEqual((answer.headers["x-request-id"], answer.headers["x-correlation-id"]), ("first leg", "end-to-end"))
        self.assertEqual((answer.headers["ocpi-from-party-id"], answer.headers["ocpi-to-party-id"]), ("BBB", "AAA"))

    def test_may_be_a_patch(self):
        north.push("Session", session(north.owner, "S2", token(south.owner, "D1")), to="BE*BBB")
        south.forget()
        change = {"kwh": 3.25, "last_updated": "2026-04-01T00:00:00Z"}
        north.ask("patch", to="BE*BBB", module="sessions", owner="NL*AAA", id="S2", changes=change)
        self.assertEqual(json.loads(south.received("PATCH", "/sessions/receiver/NL/AAA/S2")[0]["body"]), change)
        listed = next(each for each in south.ask("pull", kind="Session", to=EVERYBODY)["objects"] if each["id"] == "S2")
        self.assertEqual((listed["kwh"], listed["status"], listed["last_updated"]), (3.25, "ACTIVE", change["last_updated"]))
        self.assertEqual(north.ask("get_pushed", to="BE*BBB", module="sessions", owner="NL*AAA", id="S2")["kwh"], 3.25)

    def test_may_be_a_removal(self):
        north.push("Tariff", fixture("Tariff", north.owner, id="T1"), to="BE*BBB")
        self.assertIn("T1", south.ids("Tariff"))
        north.ask("remove", to="BE*BBB", module="tariffs", owner="NL*AAA", id="T1")
        self.assertNotIn("T1", south.ids("Tariff"))
        self.assertEqual(south.received("DELETE", "/tariffs/")[0]["path"].split("/")[-3:], ["NL", "AAA", "T1"])

    def test_is_not_shown_to_others(self):
        north.push("Location", location(north.owner, "secret"), to="BE*BBB")
        self.assertIn("secret", south.ids("Location"))
        self.assertNotIn("secret", smac.ids("Location"))
        path = "locations/receiver/NL/AAA/secret"
        self.assertEqual(south.send("GET", path, to=EVERYBODY).data["id"], "secret")
        self.assertEqual(smac.send("GET", path, to=EVERYBODY).http, 404)


class ABroadcast(unittest.TestCase):
    def test_reaches_everybody_on_the_other_side_of_the_module(self):
        for each in (north, south, smac):
            each.forget()
        made = north.push("Location", location(north.owner, "quay"))
        for member in (south, smac):
            got = member.received("PUT", "/locations/receiver/NL/AAA/quay")[0]
            self.assertEqual(routing_of(got), (EVERYBODY, member.key))
            self.assertEqual(list(differences(json.loads(got["body"]), made)), [])
        south.forget()
        changes = {"status": "BLOCKED", "last_updated": "2026-03-01T00:00:00Z"}
        north.ask("patch", to=EVERYBODY, module="locations", owner="NL*AAA", id="quay", evse_uid="e-1", changes=changes)
        got = json.loads(south.received("PUT", "/locations/receiver/NL/AAA/quay")[0]["body"])
        self.assertEqual([(each["status"], each["last_updated"]) for each in got["evses"]], [tuple(changes.values())])
        self.assertEqual([each for each in north.requests if "locations" in each["path"]], [])

    def test_of_a_token_reaches_cpos_alone(self):
        south.push("Token", token(south.owner, "T-everywhere"))
        north.received("PUT", "/tokens/receiver/BE/BBB/T-everywhere")
        self.assertEqual([each for each in smac.requests if "tokens" in each["path"]], [])

    def test_is_not_for_what_concerns_one_party(self):
        driver = token(south.owner, "D1")
        for path, body in (("sessions/receiver/NL/AAA/S9", session(north.owner, "S9", driver)),
                           ("cdrs/receiver", cdr(north.owner, "C9", driver)),
                           ("commands/receiver/STOP_SESSION", fixture("StopSession")),
                           ("chargingprofiles/receiver/S9", fixture("SetChargingProfile"))):
            with self.subTest(path):
                answer = north.send("PUT" if path[-1] == "9" else "POST", path, body, to=EVERYBODY)
                self.assertEqual((answer.http, answer.status), (200, 2001))
                self.assertIn("OCPI-to", answer.body["status_message"])


class AList(unittest.TestCase):
    names = [f"page-{number}" for number in range(5)]

    def test_of_the_hub_comes_in_pages(self):
        for name in self.names:
            north.push("Tariff", fixture("Tariff", north.owner, id=name))
        first = south.send("GET", "tariffs/sender?limit=2", to=EVERYBODY)
        self.assertEqual((first.headers["x-total-count"], len(first.data)), ("5", 2))
        self.assertIn(f"<http://{hub.address}/ocpi/2.2.1/tariffs/sender?", first.headers["link"])
        self.assertEqual(south.ids("Tariff", limit=2), self.names)
        self.assertEqual(south.ids("Tariff", date_from="2030-01-01T00:00:00Z"), [])

    def test_of_a_party_comes_in_pages_that_lead_through_the_hub(self):
        for name in self.names:
            south.ask("own", kind="Location", object=location(south.owner, name))
        south.forget()
        first = north.send("GET", "locations/sender?limit=2", to="BE*BBB")
        self.assertEqual((first.headers["x-total-count"], first.headers["x-limit"]), ("5", "2"))
        self.assertIn(f"<http://{hub.address}/ocpi/2.2.1/locations/sender?", first.headers["link"])
        south.received("GET", "/locations/sender", count=1)
        south.forget()
        self.assertEqual(north.ids("Location", to="BE*BBB"), self.names)
        asked = south.received("GET", "/locations/sender", count=3)
        self.assertEqual({routing_of(each) for each in asked}, {("NL*AAA", "BE*BBB")})
        self.assertEqual(len({each["headers"]["x-request-id"] for each in asked}), 3)


    def test_is_all_that_a_link_leads_to(self):
        south.forget()
        for goal in (south.versions_url.replace("versions", "2.2.1/credentials"),
                     "http://198.51.100.7/ocpi/2.2.1/locations/sender",
                     south.versions_url.replace("versions", "2.2.1/locations/sender/../../credentials")):
            for method, path in (("GET", "locations/sender"), ("DELETE", "locations/sender"), ("GET", "locations/sender/x")):
                answer = north.send(method, f"{path}?at={quote(goal, safe='')}", to="BE*BBB")
                self.assertEqual((answer.http, answer.status, answer.data), (200, 2001, None))
        climbing = north.send("GET", "locations/sender/%2e%2e/%2e%2e/credentials", to="BE*BBB")
        self.assertTrue(climbing.status != 1000 and climbing.data is None, climbing)
        self.assertEqual([each for each in south.requests if "credentials" in each["path"]], [])
        self.assertEqual(hub.word("show", "south")["status"], "CONNECTED")  # that somebody asks nonsense is no fault of theirs


class AQuestion(unittest.TestCase):
    def test_goes_to_the_party_that_it_names(self):
        south.ask("own", kind="Token", object=token(south.owner, "04AA"))
        south.forget()
        got = north.ask("authorize", to="BE*BBB", uid="04AA", correlation_id="one question")
        self.assertEqual((got["allowed"], got["token"]["uid"]), ("ALLOWED", "04AA"))
        asked = south.received("POST", "/tokens/sender/04AA/authorize")[0]
        self.assertEqual((routing_of(asked), asked["headers"]["x-correlation-id"]), (("NL*AAA", "BE*BBB"), "one question"))
        with self.assertRaises(Refused) as refused:
            north.ask("authorize", to="BE*BBB", uid="nobody")
        self.assertEqual(refused.exception.code, 2004)

    def test_may_be_about_one_object(self):
        south.ask("own", kind="Location", object=location(south.owner, "one"))
        got = north.ask("get", to="BE*BBB", module="locations", owner="BE*BBB", id="one", evse_uid="e-1")
        self.assertEqual(got["uid"], "e-1")


class HubClientInfo(unittest.TestCase):
    def test_lists_every_party_and_tells_of_changes(self):
        def known():
            pulled = south.ask("pull", kind="ClientInfo", to=EVERYBODY)["objects"]
            return {(each["country_code"], each["party_id"], each["role"]): each["status"] for each in pulled}
        connected = {("NL", "AAA", "CPO"), ("NL", "AAA", "EMSP"), ("BE", "BBB", "CPO"), ("BE", "BBB", "EMSP"),
                     ("ES", "SMC", "SCSP")}
        self.assertEqual({key for key, status in known().items() if status == "CONNECTED"}, connected)
        south.forget()
        hub.word("suspend", "smac", "--reason", "unpaid")
        told = json.loads(south.received("PUT", "/hubclientinfo/")[-1]["body"])
        self.assertEqual((told["party_id"], told["status"]), ("SMC", "SUSPENDED"))
        self.assertEqual(smac.send("GET", "locations/sender", to=EVERYBODY).http, 403)
        self.assertEqual(north.send("GET", "sessions/sender", to="ES*SMC").status, 4003)
        hub.word("resume", "smac")
        self.assertEqual(known()["ES", "SMC", "SCSP"], "CONNECTED")
        self.assertEqual(smac.send("GET", "locations/sender", to=EVERYBODY).status, 1000)


if __name__ == "__main__":
    unittest.main()
