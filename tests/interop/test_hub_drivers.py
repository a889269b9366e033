"""What a driver's app sees and does through a hub: the lab tests A1, A3, A4 and A6 to A10 (USER-CHI D3.3, 5.2.1), each with a
criterion that is exact. They build on each other and run in the order of their numbers."""

import json
import pathlib
import subprocess
import unittest
from decimal import Decimal

from hub_house import PROGRAM, EVERYBODY, Hub, Member, cdr, location, session, soon, token
from ours import fixture

LOGIN = {"issuer": "https://login.example", "realm": "drivers", "client": "app"}
QUAY = {"location_id": "quay", "evse_uid": "e-1", "connector_id": "1"}
START, CHANGE = "2026-01-20T16:30:00Z", "2026-01-20T17:00:00Z"  # the price changes at 18:00 in Oslo
BEGIN, END = "2026-01-21T16:30:00Z", "2026-01-21T18:00:00Z"  # of A8 and A9


def setUpModule():
    global hub, cpo, emsp, other, ours, theirs
    hub = Hub()
    cpo = Member(hub, "cpo", "CPO:BE:BBB")
    emsp = Member(hub, "emsp", "CPO:NL:AAA", "EMSP:NL:AAA", identity=LOGIN)
    other = Member(hub, "other", "EMSP:DE:MSP")
    ours, theirs = token(emsp.owner, "D1"), token(other.owner, "D2")
    emsp.push("Token", ours)
    other.push("Token", theirs)


def tearDownModule():
    for each in (cpo, emsp, other, hub):
        each.close()


def who(driver):
    return f"emsp={driver['country_code']}*{driver['party_id']}&token={driver['uid']}"


def command(word, driver, **body):
    """The first answer, and the state once the result is there."""
    sent = hub.app("POST", f"commands/{word}?{who(driver)}&cpo=BE*BBB", body)
    assert (sent.http, sent.status) == (200, 1000), sent
    return sent.data, hub.app("GET", f"commands/{sent.data['id']}?{who(driver)}&wait=20").data


def places(*filters):
    answer = hub.app("GET", "locations?" + "&".join(filters))
    assert answer.status == 1000, answer
    return [each["id"] for each in answer.data]


def status_of_evse(driver):
    return hub.app("GET", f"locations/BE/BBB/quay?{who(driver)}").data["evses"][0]["status"]


def set_status(status, minute):
    cpo.ask("patch", to=EVERYBODY, module="locations", owner="BE*BBB", id="quay", evse_uid="e-1",
            changes={"status": status, "last_updated": f"2026-06-01T00:{minute:02}:00Z"})


def quay(name="quay", owner=("BE", "BBB"), latitude="60.3978", longitude="5.3230", standard="IEC_62196_T2", **changes):
    made = location(owner, name, coordinates={"latitude": latitude, "longitude": longitude}, **changes)
    evse = made["evses"][0]
    evse["connectors"] = [{**evse["connectors"][0], "standard": standard, "tariff_ids": ["two-prices"], "max_amperage": 32}]
    return made


class AtTheHub(unittest.TestCase):
    def test_A01_every_registered_emsp_once_with_its_login(self):
        wish = {"name": "applied", "email": "ops@applied.example", "roles": [
            {"role": "EMSP", "country_code": "FR", "party_id": "NEW", "business_details": {"name": "New"}}]}
        self.assertEqual(hub.admin("POST", "applications", wish, token=None).http, 201)
        answer = hub.app("GET", "emsps")
        self.assertEqual((answer.http, answer.status), (200, 1000))
        told = sorted((each["country_code"], each["party_id"], each.get("identity_provider")) for each in answer.data)
        self.assertEqual(told, [("DE", "MSP", None), ("NL", "AAA", LOGIN)])
        self.assertEqual({each["business_details"]["name"] for each in answer.data}, {"incar under test"})
        self.assertEqual(hub.request("GET", "/app/1.0/emsps").http, 401)

    def test_A03_charge_points_of_the_map_once_each_and_as_they_are_now(self):
        cpo.push("Location", quay())
        cpo.push("Location", quay("fast", standard="CHADEMO", latitude="60.41"))
        cpo.push("Location", quay("hidden", publish=False))
        cpo.push("Location", quay("far", latitude="59.91", longitude="10.75"))
        emsp.push("Location", quay("of-another", owner=emsp.owner, longitude="5.33"))
        box = "bbox=5.0,60.0,6.0,61.0"
        self.assertEqual(sorted(places(box)), ["fast", "of-another", "quay"])
        self.assertEqual(places(box, "connector=CHADEMO"), ["fast"])
        self.assertEqual(places(box, "connector=GBT_DC"), [])
        self.assertEqual(sorted(places(box, "cpo=BE*BBB", "free_now=true")), ["fast", "quay"])
        set_status("CHARGING", 1)
        self.assertEqual(status_of_evse(ours), "CHARGING")  # with the next request after the PATCH is answered
        self.assertEqual(places(box, "cpo=BE*BBB", "free_now=true"), ["fast"])
        set_status("AVAILABLE", 2)
        self.assertEqual(sorted(places(box, "free_now=true")), ["fast", "of-another", "quay"])

    def test_A04_the_price_in_the_map_is_that_of_the_cdr(self):
        def part(kind, price, **restrictions):
            made = {"price_components": [{"type": kind, "price": price, "vat": 21, "step_size": 1}]}
            return {**made, "restrictions": restrictions} if restrictions else made
        elements = [
            part("FLAT", 0.5), part("ENERGY", 0.3, start_time="08:00", end_time="18:00"), part("ENERGY", 0.2)]
        tariff = {"country_code": "BE", "party_id": "BBB", "id": "two-prices", "currency": "EUR", "elements": elements,
                  "last_updated": "2026-01-01T00:00:00Z"}
        cpo.push("Tariff", tariff)
        shown = hub.app("GET", f"locations/BE/BBB/quay/evses/e-1/tariffs?kwh=20&start={START}").data[0]["quote"]
        # 22 kW for half an hour at the first price, the rest at the second
        before_vat = Decimal("0.50") + 11 * Decimal("0.30") + 9 * Decimal("0.20")
        cent = Decimal("0.01")
        expected = (before_vat.quantize(cent), (before_vat * Decimal("1.21")).quantize(cent))
        self.assertEqual((Decimal(str(shown["excl_vat"])), Decimal(str(shown["incl_vat"]))), expected)

        cost = self.price(tariff, {"time_zone": "Europe/Oslo", "readings": [
            {"at": START, "kwh": 100}, {"at": CHANGE, "kwh": 111}, {"at": "2026-01-20T17:24:33Z", "kwh": 120}]})
        cpo.ask("post", to="NL*AAA", object=cdr(cpo.owner, "priced", ours, start_date_time=START, currency="EUR", total_cost=cost,
                                                total_energy=20.0))
        record = hub.app("GET", f"cdrs/priced?{who(ours)}").data["total_cost"]
        self.assertEqual(tuple(Decimal(str(record[name])).quantize(cent) for name in ("excl_vat", "incl_vat")), expected)

    def price(self, tariff, readings):
        folder = pathlib.Path(hub.folder.name)
        for name, content in (("tariff", tariff), ("session", readings)):
            (folder / (name + ".json")).write_text(json.dumps(content), encoding="utf-8")
        told = subprocess.run([PROGRAM, "price", "--tariff", folder / "tariff.json", "--session", folder / "session.json"],
                              capture_output=True, text=True, check=True)
        return {name: float(text) for name, text in json.loads(told.stdout)["total_cost"].items() if name != "exact"}

    def reserve(self, driver):
        return command("RESERVE_NOW", driver, **QUAY)

    def test_A06_a_reservation_holds_for_its_driver_while_the_time_runs(self):
        answer, state = self.reserve(ours)
        asked = cpo.event("RESERVE_NOW")
        wish = asked["what"]
        told = (wish["token"]["uid"], wish["token"]["contract_id"], wish["location_id"])
        self.assertEqual(told, ("D1", ours["contract_id"], "quay"))
        self.assertTrue(wish["reservation_id"] and wish["expiry_date"])
        self.assertEqual((asked["who"]["from"], asked["who"]["to"]), ("NL*AAA", "BE*BBB"))
        self.assertEqual((answer["result"], state["result"]["result"]), ("ACCEPTED", "ACCEPTED"))
        set_status("RESERVED", 6)
        self.assertEqual([status_of_evse(each) for each in (ours, theirs)], ["RESERVED", "RESERVED"])
        first = state["reservation"]["remaining_s"]
        self.assertTrue(0 < first <= 900, first)
        soon(lambda: hub.app("GET", f"commands/{answer['id']}?{who(ours)}").data["reservation"]["remaining_s"] < first,
             "that the time runs")
        refused, _ = command("START_SESSION", theirs, **QUAY)
        self.assertEqual(refused["result"], "REJECTED")
        self.assertTrue(cpo.silent_about("START_SESSION"))
        type(self).reservation, type(self).asked_by = wish["reservation_id"], asked["who"]

    def test_A07_a_cancelled_reservation_frees_the_evse_for_others_at_once(self):
        foreign, _ = command("CANCEL_RESERVATION", theirs, reservation_id=self.reservation)
        self.assertEqual(foreign["result"], "REJECTED")
        answer, state = command("CANCEL_RESERVATION", ours, reservation_id=self.reservation)
        self.assertEqual((answer["result"], state["result"]["result"]), ("ACCEPTED", "ACCEPTED"))
        asked = cpo.event("CANCEL_RESERVATION")
        self.assertEqual([asked["who"][way] for way in ("from", "to")], [self.asked_by[way] for way in ("from", "to")])
        self.assertEqual(asked["what"]["reservation_id"], self.reservation)
        set_status("AVAILABLE", 7)
        self.assertEqual(status_of_evse(theirs), "AVAILABLE")
        answer, state = self.reserve(theirs)
        self.assertEqual((answer["result"], state["result"]["result"]), ("ACCEPTED", "ACCEPTED"))
        command("CANCEL_RESERVATION", theirs, reservation_id=cpo.event("RESERVE_NOW")["what"]["reservation_id"])

    def test_A08_a_started_session_is_the_same_at_hub_cpo_and_emsp(self):
        answer, state = command("START_SESSION", ours, **QUAY)
        self.assertEqual((answer["result"], state["result"]["result"]), ("ACCEPTED", "ACCEPTED"))
        wish = cpo.event("START_SESSION")["what"]
        self.assertTrue(wish["response_url"].startswith(f"http://{hub.address}/ocpi/2.2.1/commands/sender/START_SESSION/"))
        running = session(cpo.owner, "run-8", ours, start_date_time=BEGIN, last_updated=BEGIN, kwh=0.5,
                          authorization_reference=wish["authorization_reference"])
        cpo.ask("own", kind="Session", object=running)
        cpo.push("Session", running, to="NL*AAA")
        at_hub = hub.app("GET", f"sessions?{who(ours)}").data
        at_cpo, at_emsp = (member.ask("stored", module="sessions") for member in (cpo, emsp))
        self.assertEqual([[(each["id"], each["status"]) for each in found] for found in (at_hub, at_cpo, at_emsp)],
                         [[("run-8", "ACTIVE")]] * 3)
        self.assertEqual(hub.app("GET", f"sessions?{who(theirs)}").data, [])

    def test_A09_a_session_is_stopped_and_its_cdr_arrives(self):
        for driver, name in ((ours, "XYZ"), (theirs, "run-8")):
            sent = hub.app("POST", f"commands/STOP_SESSION?{who(driver)}", {"session_id": name})
            self.assertEqual((sent.http, sent.status, sent.data["result"]), (200, 1000, "UNKNOWN_SESSION"))
        self.assertTrue(cpo.silent_about("STOP_SESSION"))
        cpo.ask("behave", bare_status=404)  # what the lab test met
        sent = hub.app("POST", f"commands/STOP_SESSION?{who(ours)}", {"session_id": "run-8"})
        self.assertEqual((sent.http, sent.status, sent.data["result"]), (200, 1000, "UNKNOWN_SESSION"))
        cpo.ask("behave", bare_status=0)
        answer, state = command("STOP_SESSION", ours, session_id="run-8")
        self.assertEqual((answer["result"], state["result"]["result"]), ("ACCEPTED", "ACCEPTED"))
        self.assertEqual(cpo.event("STOP_SESSION")["what"]["session_id"], "run-8")
        ended = {"status": "COMPLETED", "end_date_time": END, "kwh": 12.5, "last_updated": END}
        cpo.ask("patch", to="NL*AAA", module="sessions", owner="BE*BBB", id="run-8", changes=ended)
        kept = hub.app("GET", f"sessions/run-8?{who(ours)}").data
        self.assertEqual({name: kept[name] for name in ended}, ended)
        type(self).record = cdr(cpo.owner, "record-9", ours, session_id="run-8", start_date_time=BEGIN, end_date_time=END,
                                last_updated=END, total_cost={"excl_vat": 4.1, "incl_vat": 4.96}, total_energy=12.5)
        cpo.ask("post", object=self.record, to="NL*AAA")
        self.assertIn("record-9", [each["id"] for each in emsp.ask("stored", module="cdrs")])

    def test_A10_the_summary_is_the_cdr_and_the_list_has_all(self):
        cpo.ask("post", object=cdr(cpo.owner, "of-another-driver", theirs), to="DE*MSP")
        listed = hub.app("GET", f"cdrs?{who(ours)}")
        self.assertEqual(listed.headers["x-total-count"], "2")  # those of A4 and A9
        self.assertEqual([each["id"] for each in listed.data], ["record-9", "priced"])
        newest = listed.data[0]
        for name in ("total_cost", "total_energy", "total_time", "session_id"):
            self.assertEqual(newest[name], self.record[name])
        self.assertEqual(hub.app("GET", f"cdrs/record-9?{who(ours)}").data, newest)
        self.assertEqual(hub.app("GET", f"cdrs/record-9?{who(theirs)}").http, 404)


if __name__ == "__main__":
    unittest.main()
