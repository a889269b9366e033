"""Commands, charging profiles and wishes through the hub, with what comes of them; and CDRs, which never change."""

import json
import unittest

from hub_house import EVERYBODY, Hub, Member, cdr, routing_of, session, token
from ours import Refused, differences, fixture

WORDS = {"StartSession": "START_SESSION", "StopSession": "STOP_SESSION", "ReserveNow": "RESERVE_NOW",
         "CancelReservation": "CANCEL_RESERVATION", "UnlockConnector": "UNLOCK_CONNECTOR"}
USUAL = {"response": "ACCEPTED", "result": "ACCEPTED", "preferences": "ACCEPTED", "timeout": 20, "sends_results": True,
         "bare_status": 0}


def setUpModule():
    global hub, driver, emsp, cpo, smac
    hub = Hub()
    emsp = Member(hub, "emsp", "CPO:NL:AAA", "EMSP:NL:AAA")
    cpo = Member(hub, "cpo", "CPO:BE:BBB", "EMSP:BE:BBB")
    smac = Member(hub, "smac", "SCSP:ES:SMC")
    driver = token(emsp.owner, "D1")


def tearDownModule():
    for each in (emsp, cpo, smac, hub):
        each.close()


class Polite(unittest.TestCase):
    def setUp(self):
        cpo.ask("behave", **USUAL)
        for each in (emsp, cpo, smac):
            each.forget()

    def command(self, kind, **changes):
        return emsp.ask("command", kind=kind, object=fixture(kind, **changes), to="BE*BBB", correlation_id="of " + kind)


class ACommand(Polite):
    def test_is_answered_and_its_result_comes_through_the_hub(self):
        for kind, word in WORDS.items():
            with self.subTest(word):
                got = self.command(kind, **({"token": driver} if kind in ("StartSession", "ReserveNow") else {}))
                self.assertEqual((got["result"], got["timeout"]), ("ACCEPTED", 20))
                asked = cpo.received("POST", "/commands/receiver/" + word)[0]
                self.assertEqual((routing_of(asked), asked["headers"]["x-correlation-id"]), (("NL*AAA", "BE*BBB"), "of " + kind))
                url = json.loads(asked["body"])["response_url"]
                self.assertTrue(url.startswith(f"http://{hub.address}/ocpi/2.2.1/commands/sender/{word}/"), url)
                self.assertEqual(emsp.event("result")["result"]["result"], "ACCEPTED")
                told = emsp.received("POST", "/commands/sender/" + word)[0]
                self.assertEqual((routing_of(told), told["headers"]["x-correlation-id"]), (("BE*BBB", "NL*AAA"), "of " + kind))
                self.assertNotEqual(told["headers"]["x-request-id"], asked["headers"]["x-request-id"])

    def test_has_the_result_that_the_cpo_says(self):
        cpo.ask("behave", result="EVSE_OCCUPIED")
        self.command("StartSession", token=driver)
        self.assertEqual(emsp.event("result")["result"]["result"], "EVSE_OCCUPIED")

    def test_about_an_unknown_session_is_told_so(self):
        cpo.ask("behave", response="UNKNOWN_SESSION")
        self.assertEqual(self.command("StopSession", session_id="XYZ")["result"], "UNKNOWN_SESSION")
        self.assertTrue(emsp.silent_about("result"))

    def test_to_stop_that_the_cpo_answers_with_a_bare_404_is_about_an_unknown_session(self):
        cpo.ask("behave", bare_status=404)
        answer = emsp.send("POST", "commands/receiver/STOP_SESSION", fixture("StopSession"), to="BE*BBB")
        self.assertEqual((answer.http, answer.status, answer.data["result"]), (200, 1000, "UNKNOWN_SESSION"))

    def test_without_a_result_ends_with_timeout_and_a_later_one_goes_no_further(self):
        cpo.ask("behave", sends_results=False, timeout=1)
        self.command("UnlockConnector")
        told = emsp.received("POST", "/commands/sender/UNLOCK_CONNECTOR")
        self.assertEqual([json.loads(each["body"])["result"] for each in told], ["TIMEOUT"])
        cpo.ask("finish", result="ACCEPTED")
        cpo.ask("behave", sends_results=True)
        self.command("StopSession")
        emsp.received("POST", "/commands/sender/STOP_SESSION")  # so that what comes before would be there
        self.assertEqual(len(emsp.received("POST", "/commands/sender/UNLOCK_CONNECTOR")), 1)

    def test_to_reserve_may_be_taken_back_by_the_cpo(self):
        self.command("ReserveNow", token=driver, expiry_date="2099-01-01T00:00:00Z")
        self.assertEqual(emsp.event("result")["result"]["result"], "ACCEPTED")
        cpo.ask("finish", result="CANCELED_RESERVATION")
        self.assertEqual(emsp.event("result")["result"]["result"], "CANCELED_RESERVATION")
        told = emsp.received("POST", "/commands/sender/RESERVE_NOW", count=2)
        self.assertEqual({each["headers"]["x-correlation-id"] for each in told}, {"of ReserveNow"})

    def test_cannot_be_finished_by_another_member(self):
        cpo.ask("behave", sends_results=False)
        self.command("UnlockConnector")
        url = json.loads(cpo.received("POST", "/UNLOCK_CONNECTOR")[0]["body"])["response_url"]
        forged = smac.send("POST", url.split("/ocpi/2.2.1/")[1], {"result": "FAILED"}, to="NL*AAA")
        self.assertEqual(forged.http, 404)
        cpo.ask("finish", result="ACCEPTED")
        self.assertEqual(emsp.event("result")["result"]["result"], "ACCEPTED")


class AChargingProfile(Polite):
    def test_is_set_read_and_cleared(self):
        cpo.push("Session", session(cpo.owner, "S1", driver), to="NL*AAA")
        profile = fixture("SetChargingProfile")["charging_profile"]
        self.assertEqual(smac.ask("set_profile", session="S1", object=profile, to="BE*BBB")["result"], "ACCEPTED")
        self.assertEqual(smac.event("result")["result"], {"result": "ACCEPTED"})
        asked = cpo.received("PUT", "/chargingprofiles/receiver/S1")[0]
        self.assertEqual(routing_of(asked), ("ES*SMC", "BE*BBB"))
        results = f"http://{hub.address}/ocpi/2.2.1/chargingprofiles/sender/results/"
        self.assertIn(results, json.loads(asked["body"])["response_url"])
        self.assertEqual(smac.ask("get_profile", session="S1", to="BE*BBB")["result"], "ACCEPTED")
        self.assertEqual(list(differences(smac.event("result")["result"]["profile"]["charging_profile"], profile)), [])
        read = cpo.received("GET", "/chargingprofiles/receiver/S1")[0]["parameters"]
        self.assertIn(results, read["response_url"])
        smac.ask("clear_profile", session="S1", to="BE*BBB")
        self.assertEqual(smac.event("result")["result"], {"result": "UNKNOWN"})


class AWish(Polite):
    def test_reaches_the_cpo_and_its_word_comes_back(self):
        wish = fixture("ChargingPreferences")
        cpo.ask("behave", preferences="DEPARTURE_REQUIRED")
        self.assertEqual(emsp.ask("prefer", session="S1", object=wish, to="BE*BBB"), "DEPARTURE_REQUIRED")
        self.assertEqual(list(differences(cpo.event("preferences")["what"], wish)), [])


class ACdr(Polite):
    def test_is_taken_once_and_never_changed(self):
        record = cdr(cpo.owner, "C1", driver)
        first = cpo.send("POST", "cdrs/receiver", record, to="NL*AAA")
        self.assertEqual((first.http, first.status), (201, 1000))
        url = first.headers["location"]
        self.assertEqual(url, f"http://{hub.address}/ocpi/2.2.1/cdrs/receiver/BE/BBB/C1")
        path = url.split("/ocpi/2.2.1/")[1]
        for who in (cpo, emsp):
            self.assertEqual(list(differences(who.send("GET", path, to=EVERYBODY).data, record)), [])
        self.assertEqual(smac.send("GET", path, to=EVERYBODY).http, 404)

        changed = cpo.send("POST", "cdrs/receiver", {**record, "total_energy": 99}, to="NL*AAA")
        self.assertEqual((changed.http, changed.status), (200, 2001))
        self.assertEqual(emsp.send("GET", path, to=EVERYBODY).data["total_energy"], record["total_energy"])
        self.assertEqual(len(emsp.received("POST", "/cdrs/receiver")), 1)
        for method in ("PUT", "PATCH", "DELETE"):
            self.assertNotEqual(cpo.send(method, path, record, to="NL*AAA").status, 1000, method)
        kept = [each for each in emsp.ask("stored", module="cdrs") if each["id"] == "C1"]
        self.assertEqual([list(differences(each, record)) for each in kept], [[]])

    def test_is_taken_back_by_a_credit_cdr(self):
        cpo.ask("post", object=cdr(cpo.owner, "C2", driver), to="NL*AAA")
        credit = cdr(cpo.owner, "C2-credit", driver, credit=True, credit_reference_id="C2")
        cpo.ask("post", object=credit, to="NL*AAA")
        listed = {each["id"]: each for each in emsp.ask("pull", kind="CDR", to=EVERYBODY)["objects"]}
        self.assertLessEqual({"C2", "C2-credit"}, set(listed))
        self.assertEqual((listed["C2-credit"]["credit"], listed["C2-credit"]["credit_reference_id"]), (True, "C2"))

    def test_of_another_cpo_is_refused(self):
        with self.assertRaises(Refused):
            emsp.ask("post", object=cdr(cpo.owner, "C3", driver), to="BE*BBB")
        self.assertNotIn("C3", cpo.ids("CDR"))


class AnOpenRequest(unittest.TestCase):
    """To a hub that chooses the receiver by content."""

    @classmethod
    def setUpClass(cls):
        cls.hub = Hub("--open-routing")
        cls.emsp = Member(cls.hub, "emsp", "CPO:NL:AAA", "EMSP:NL:AAA")
        cls.cpo = Member(cls.hub, "cpo", "CPO:BE:BBB", "EMSP:BE:BBB")

    @classmethod
    def tearDownClass(cls):
        for each in (cls.emsp, cls.cpo, cls.hub):
            each.close()

    def test_about_a_session_goes_where_it_belongs_and_about_an_unknown_one_is_told_so(self):
        wish = fixture("StopSession", session_id="S1")
        unknown = self.emsp.send("POST", "commands/receiver/STOP_SESSION", wish)
        self.assertEqual((unknown.http, unknown.status, unknown.data["result"]), (200, 1000, "UNKNOWN_SESSION"))
        pushed = self.cpo.send("PUT", "sessions/receiver/BE/BBB/S1", session(self.cpo.owner, "S1", driver))
        self.assertEqual((pushed.http, pushed.headers["ocpi-from-party-id"]), (201, "AAA"))
        known = self.emsp.send("POST", "commands/receiver/STOP_SESSION", wish)
        self.assertEqual((known.data["result"], known.headers["ocpi-from-party-id"]), ("ACCEPTED", "BBB"))
        self.assertEqual(self.cpo.event("STOP_SESSION")["what"]["session_id"], "S1")

    def test_never_comes_back_to_its_sender(self):
        own = self.cpo.send("PUT", "sessions/receiver/BE/BBB/own", session(self.cpo.owner, "own", token(self.cpo.owner, "D9")))
        self.assertEqual((own.http, own.status), (200, 4001))

    def test_is_refused_by_a_hub_that_does_not_choose(self):
        self.assertEqual(emsp.send("POST", "commands/receiver/STOP_SESSION", fixture("StopSession")).status, 2001)


if __name__ == "__main__":
    unittest.main()
