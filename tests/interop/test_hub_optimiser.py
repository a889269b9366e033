"""What a smart charging service provider has of a hub: the lab tests B1, B2, B3 and B5 (USER-CHI D4.3, 5.2), nothing but HTTP."""

import json
import unittest

from hub_house import EVERYBODY, Hub, Member, location, routing_of, session, token
from ours import Refused, differences, fixture

ANSWERS = ("ACCEPTED", "DEPARTURE_REQUIRED", "ENERGY_NEED_REQUIRED", "NOT_POSSIBLE", "PROFILE_TYPE_NOT_SUPPORTED")


def setUpModule():
    global hub, cpo, emsp, smac, driver
    hub = Hub()
    cpo = Member(hub, "cpo", "CPO:BE:BBB", "EMSP:BE:BBB")
    emsp = Member(hub, "emsp", "CPO:NL:AAA", "EMSP:NL:AAA")
    smac = Member(hub, "smac", "SCSP:ES:SMC", "sessions:SENDER")  # takes drivers' wishes too
    driver = token(emsp.owner, "D1")
    cpo.push("Location", location(cpo.owner, "quay"))
    plug = {"connector_id": "1", "power": 22000, "discharge_power": 11000}
    place = {"location_id": "quay", "evse_uid": "e-1", "connectors": [plug]}
    context = fixture("SCOptimisation", cpo.owner, id="site", evses=[place])
    cpo.push("SCOptimisation", context, to="ES*SMC")


def tearDownModule():
    for each in (cpo, emsp, smac, hub):
        each.close()


def run(name, evse="e-1", hour=0, **changes):
    """A session of the driver as it is at that hour, pushed to the EMSP."""
    made = session(cpo.owner, name, driver, evse_uid=evse, last_updated=f"2026-05-01T{hour:02}:00:00Z", **changes)
    cpo.push("Session", made, to="NL*AAA")
    return made


class TheProvider(unittest.TestCase):
    def test_B1_registers_and_both_sides_hold_tokens(self):
        self.assertEqual(smac.send("GET", "locations/sender", token=smac.token_a, to=EVERYBODY).http, 401)
        kept = smac.ask("find")
        self.assertTrue(kept["registered"] and kept["token_in"] != kept["token_out"])
        self.assertEqual(smac.send("GET", "locations/sender", to=EVERYBODY).status, 1000)
        smac.received("PUT", "/locations/receiver/BE/BBB/quay")  # the hub uses the other one
        shown = hub.word("show", "smac")
        self.assertEqual((shown["standing"], shown["status"]), ("active", "CONNECTED"))
        offered = {(each["identifier"], each["role"]) for each in kept["endpoints"]}
        for module in ("chargingprofiles", "scoptimizations"):
            self.assertLessEqual({(module, "SENDER"), (module, "RECEIVER")}, offered)

    def test_B2_is_told_of_each_change_of_a_session_in_order_and_of_no_other_session(self):
        smac.forget()
        run("elsewhere", evse="e-9", hour=1)
        run("S2", hour=1, kwh=0)                            # StartTransaction
        run("S2", hour=2, kwh=4.5)                          # MeterValues
        run("S2", hour=3, kwh=9.25, status="COMPLETED")     # StopTransaction
        run("elsewhere", evse="e-9", hour=2, status="COMPLETED")
        run("the last", hour=4)
        smac.received("PUT", "/sessions/receiver/BE/BBB/the%20last")
        told = [json.loads(each["body"]) for each in smac.requests if "/sessions/" in each["path"]]
        self.assertEqual([(each["id"], each["kwh"], each["status"]) for each in told[:-1]],
                         [("S2", 0, "ACTIVE"), ("S2", 4.5, "ACTIVE"), ("S2", 9.25, "COMPLETED")])

    def test_B3_hears_what_drivers_want_and_answers_for_the_cpo(self):
        run("S3", hour=1)
        wish = fixture("ChargingPreferences")
        for answer in ANSWERS:
            smac.ask("behave", preferences=answer)
            cpo.forget()
            said = emsp.send("PUT", "sessions/sender/S3/charging_preferences", wish, to="BE*BBB")
            self.assertEqual((said.status, said.data, said.headers["ocpi-from-party-id"]), (1000, answer, "BBB"))
            heard = smac.event("preferences")
            self.assertEqual((heard["who"]["from"], list(differences(heard["what"], wish))), ("NL*AAA", []))
            self.assertTrue(cpo.silent_about("preferences"))
        smac.ask("behave", preferences="NOT_POSSIBLE")
        run("S3-elsewhere", evse="e-9", hour=1)
        self.assertEqual(emsp.ask("prefer", session="S3-elsewhere", object=wish, to="BE*BBB"), "ACCEPTED")  # the CPO's own
        cpo.event("preferences")
        app = hub.app("PUT", "sessions/S3/charging_preferences?emsp=NL*AAA&token=D1", wish)
        self.assertEqual((app.status, app.data), (1000, "NOT_POSSIBLE"))

    def test_B5_sends_profiles_that_the_cpo_follows(self):
        cpo.forget()
        plans = {}
        for number, name in enumerate(("S5-a", "S5-b")):
            run(name, hour=1)
            periods = [{"start_period": 900 * slot, "limit": 11000.0 - 1000 * slot - number} for slot in range(4)]
            plans[name] = {"start_date_time": "2026-05-01T01:00:00Z", "duration": 3600, "charging_rate_unit": "W",
                           "charging_profile_period": periods}
            self.assertEqual(smac.ask("set_profile", session=name, object=plans[name], to="BE*BBB")["result"], "ACCEPTED")
            self.assertEqual(smac.event("result")["result"], {"result": "ACCEPTED"})
        asked = cpo.received("PUT", "/chargingprofiles/receiver/", count=2)
        self.assertEqual([(each["path"].rsplit("/", 1)[1], routing_of(each)) for each in asked],
                         [(name, ("ES*SMC", "BE*BBB")) for name in plans])
        for name, plan in plans.items():
            smac.ask("get_profile", session=name, to="BE*BBB")
            followed = smac.event("result")["result"]["profile"]
            self.assertEqual(list(differences(followed["charging_profile"], plan)), [])
        cpo.ask("behave", response="REJECTED")
        self.assertEqual(smac.ask("set_profile", session="S5-a", object=plans["S5-a"], to="BE*BBB")["result"], "REJECTED")
        self.assertTrue(smac.silent_about("result"))
        cpo.ask("behave", response="ACCEPTED")


class TheInputs(unittest.TestCase):
    def test_of_a_context_arrive_as_they_were_and_are_removed(self):
        made = fixture("SCOptimisation", cpo.owner, id="inputs", last_updated="2026-06-01T00:00:00Z")
        cpo.push("SCOptimisation", made, to="ES*SMC")
        kept = next(each for each in smac.ask("stored", module="scoptimizations") if each["id"] == "inputs")
        self.assertEqual(list(differences(kept, made)), [])
        cpo.ask("remove", to="ES*SMC", module="scoptimizations", owner="BE*BBB", id="inputs")
        with self.assertRaises(Refused):
            cpo.ask("get_pushed", to="ES*SMC", module="scoptimizations", owner="BE*BBB", id="inputs")


if __name__ == "__main__":
    unittest.main()
