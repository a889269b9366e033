"""They initiate: a foreign party registers with our server, reads our lists, pushes, patches, asks and commands."""

import json
import unittest

import foreign
from ours import OurParty, differences, fixture, simple

OURS, THEIRS = ("DE", "INC"), foreign.OWNER


def setUpModule():
    global ours, theirs, client
    theirs = foreign.start()
    from foreign_client import ForeignClient
    ours = OurParty("CPO:DE:INC", "EMSP:DE:INC")
    client = ForeignClient(theirs, THEIRS, OURS)
    client.token_a = ours.ask("invite", partner="ext", appends_without_slash=True)
    client.exchange_credentials("POST", ours.versions_url, client.token_a)
    for number in range(5):
        ours.ask("own", kind="Location", object=simple("Location", OURS, id=f"Loc-{number}"))
    for kind in ("Tariff", "Token", "Session", "CDR"):
        made = simple(kind, OURS)
        if "cdr_token" in made:  # shown to the owner of the token alone
            made["cdr_token"].update(country_code=THEIRS[0], party_id=THEIRS[1])
        ours.ask("own", kind=kind, object=made)


def tearDownModule():
    client.http.close()
    ours.close()
    theirs.close()


class TheRegistration(unittest.TestCase):
    def test_leaves_each_side_with_the_tokens_of_the_other(self):
        peer = ours.ask("find", partner="ext")
        self.assertTrue(peer["registered"])
        self.assertEqual((peer["token_in"], peer["token_out"]), (client.token, client.own_token))
        self.assertEqual(peer["versions_url"], theirs.versions_url)

    def test_called_them_back_with_their_token(self):
        for path in ("/ocpi/versions", "/ocpi/2.2.1/details"):
            asked = theirs.seen("GET", path)[0]["headers"]
            self.assertNotIn("ocpi-from-party-id", asked)
            self.assertIn("x-correlation-id", asked)

    def test_ends_the_first_token(self):
        response = client.send("GET", ours.versions_url, routed=False, token=client.token_a)
        self.assertEqual((response.status_code, response.json()["status_code"]), (401, 2000))

    def test_cannot_be_repeated(self):
        body = theirs.memory.ours("again")
        response = client.send("POST", client.url("credentials", "RECEIVER"), routed=False, json=body)
        self.assertEqual(response.status_code, 405)

    def test_can_be_read(self):
        from py_ocpi.modules.credentials.v_2_2_1.schemas import Credentials
        got = Credentials(**client.data("GET", client.url("credentials", "RECEIVER"), routed=False))
        self.assertEqual((got.token, got.url), (client.token, ours.versions_url))


class OurLists(unittest.TestCase):
    def test_come_in_pages_that_link_to_the_next(self):
        from py_ocpi.modules.locations.v_2_2_1.schemas import Location
        url, sizes, found = client.url("locations", "SENDER") + "?date_from=2026-01-01T00:00:00Z", [], []
        while url:
            response = client.send("GET", url)
            self.assertEqual((response.headers["X-Total-Count"], response.headers["X-Limit"]), ("5", "2"))
            page = [Location(**each) for each in response.json()["data"]]
            sizes.append(len(page))
            found += [each.id for each in page]
            url = response.links.get("next", {}).get("url")
            self.assertTrue(url is None or "date_from=2026-01-01" in url)
        self.assertEqual(sizes, [2, 2, 1])
        self.assertEqual(found, [f"loc-{number}" for number in range(5)])
        self.assertNotIn("Link", response.headers)

    def test_hold_what_the_librarys_models_take(self):
        from py_ocpi.modules.cdrs.v_2_2_1.schemas import Cdr
        from py_ocpi.modules.sessions.v_2_2_1.schemas import Session
        from py_ocpi.modules.tariffs.v_2_2_1.schemas import Tariff
        from py_ocpi.modules.tokens.v_2_2_1.schemas import Token
        for module, model, kind in (("tariffs", Tariff, "Tariff"), ("tokens", Token, "Token"), ("sessions", Session, "Session"),
                                    ("cdrs", Cdr, "CDR")):
            with self.subTest(module):
                got = client.data("GET", client.url(module, "SENDER"), params={"date_from": "2020-01-01T00:00:00Z"})
                self.assertEqual(len(got), 1)
                model(**got[0])
                want = simple(kind, OURS)
                self.assertEqual([each for each in differences(got[0], want) if "cdr_token" not in each], [])

    def test_show_single_objects_and_their_parts(self):
        from py_ocpi.modules.locations.v_2_2_1.schemas import Connector, EVSE
        # the library asks in lower case
        evse = EVSE(**client.data("GET", client.url("locations", "SENDER", "loc-3", "E-1")))
        self.assertEqual(len(evse.connectors), 2)
        self.assertEqual(Connector(**client.data("GET", client.url("locations", "SENDER", "loc-3", "e-1", "2"))).max_voltage, 920)
        missing = client.send("GET", client.url("locations", "SENDER", "nowhere"))
        self.assertEqual(missing.status_code, 404)


class TheirObjects(unittest.TestCase):
    def stored(self, module, name):
        return next(each for each in ours.ask("stored", module=module)
                    if (each.get("uid") or each["id"]).lower() == name.lower() and each["party_id"].upper() == THEIRS[1])

    def test_are_taken_as_the_library_pushes_them(self):
        # departs: no request ids and no routing headers, null for what is absent, CiStrings in lower case
        for kind, module in (("Location", "locations"), ("Session", "sessions"), ("Tariff", "tariffs"), ("Token", "tokens")):
            with self.subTest(module):
                made = simple(kind, THEIRS)
                name = made.get("uid") or made["id"]
                response = client.push(module, name, made)
                self.assertEqual((response.status_code, response.json()["status_code"]), (201, 1000), response.text)
                self.assertEqual(client.push(module, name, made).status_code, 200)
                kept = self.stored(module, name)
                self.assertEqual((kept["party_id"], kept["country_code"]), ("ext", "nl"))
                while ours.event("changed")["what"] != {"module": module, "owner": "NL*EXT", "id": self.id_of(made)}:
                    pass  # of other tests

    @staticmethod
    def id_of(made):
        return made["uid"] + "/" + made["type"] if "uid" in made else made["id"]

    def test_without_what_is_required_are_refused_with_the_place(self):
        # departs: the library's CDRs have no cdr_location.evse_uid
        response = client.push("cdrs", "", simple("CDR", THEIRS))
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["status_code"], 2001)
        self.assertIn("/cdr_location/evse_uid", response.json()["status_message"])

    def test_are_records_that_can_be_read_again(self):
        made = fixture("CDR", THEIRS, id="Rec-1")
        response = client.send("POST", client.url("cdrs", "RECEIVER"), json=made)
        self.assertEqual(response.status_code, 201)
        again = client.data("GET", response.headers["Location"])
        self.assertEqual(list(differences(again, made)), [])

    def test_are_patched_with_the_librarys_partial_models(self):
        from py_ocpi.modules.sessions.v_2_2_1.schemas import SessionPartialUpdate
        made = simple("Session", THEIRS, id="Run-7")
        client.push("sessions", "Run-7", made)
        period = {"start_date_time": "2026-03-01T10:46:00Z", "dimensions": [{"type": "ENERGY", "volume": 0.25}]}
        change = SessionPartialUpdate(kwh=12.69, charging_periods=[period], last_updated="2026-03-01T11:00:00Z")
        body = json.loads(change.json(exclude_unset=True, exclude_none=True))
        client.data("PATCH", client.url("sessions", "RECEIVER", "nl", "ext", "run-7"), json=body)
        kept = self.stored("sessions", "Run-7")
        self.assertEqual((kept["kwh"], len(kept["charging_periods"]), kept["last_updated"]), (12.69, 3, "2026-03-01T11:00:00Z"))
        del body["last_updated"]
        response = client.send("PATCH", client.url("sessions", "RECEIVER", "nl", "ext", "run-7"), json=body)
        self.assertEqual((response.status_code, response.json()["status_code"]), (200, 2001))

    def test_of_others_and_under_other_names_are_refused(self):
        stranger = client.send("PUT", client.url("tariffs", "RECEIVER", "NL", "XXX", "t"), json=simple("Tariff", ("NL", "XXX"), id="t"))
        self.assertEqual(stranger.status_code, 404)
        renamed = client.send("PUT", client.url("tariffs", "RECEIVER", "NL", "EXT", "t"), json=simple("Tariff", THEIRS, id="u"))
        self.assertEqual((renamed.status_code, renamed.json()["status_code"]), (200, 2001))
        garbled = client.send("PUT", client.url("tariffs", "RECEIVER", "NL", "EXT", "t"), content=b"{")
        self.assertEqual(garbled.status_code, 400)


class Questions(unittest.TestCase):
    def test_about_a_token_are_answered(self):
        from py_ocpi.modules.tokens.v_2_2_1.schemas import AuthorizationInfo, LocationReference
        uid = simple("Token", OURS)["uid"].lower()
        where = LocationReference(location_id="quay", evse_uids=["e-1"]).dict()
        got = AuthorizationInfo(**client.data("POST", client.url("tokens", "SENDER", uid, "authorize"), json=where))
        self.assertEqual((got.allowed, got.token.uid, got.location.location_id), ("ALLOWED", uid, "quay"))
        unknown = client.send("POST", client.url("tokens", "SENDER", "nobody", "authorize"))
        self.assertEqual((unknown.status_code, unknown.json()["status_code"]), (404, 2004))
        self.assertNotIn("data", unknown.json())

    def test_about_preferences_are_answered_with_a_word(self):
        from py_ocpi.modules.sessions.v_2_2_1.schemas import ChargingPreferences
        wishes = json.loads(ChargingPreferences(profile_type="GREEN", energy_need=12.5).json())
        name = simple("Session", OURS)["id"]
        got = client.data("PUT", client.url("sessions", "SENDER", name, "charging_preferences"), json=wishes)
        self.assertEqual(got, "ACCEPTED")
        self.assertEqual(ours.event("preferences")["what"]["energy_need"], 12.5)


class Commands(unittest.TestCase):
    def result_at(self, path):
        ours_sent = ours.event("result sent")
        self.assertIsNone(ours_sent["error"])
        request = theirs.seen("POST", path)[-1]
        self.assertEqual((request["headers"]["ocpi-from-party-id"], request["headers"]["ocpi-to-party-id"]), ("INC", "EXT"))
        return request

    def test_are_accepted_and_their_results_reach_the_librarys_server(self):
        from py_ocpi.modules.commands.v_2_2_1 import schemas
        for kind, word in (("StartSession", "START_SESSION"), ("StopSession", "STOP_SESSION"), ("ReserveNow", "RESERVE_NOW"),
                           ("UnlockConnector", "UNLOCK_CONNECTOR"), ("CancelReservation", "CANCEL_RESERVATION")):
            with self.subTest(word):
                url = theirs.versions_url.replace("versions", f"emsp/2.2.1/commands/{word}-9")
                made = getattr(schemas, kind)(**fixture(kind, response_url=url))
                body = json.loads(made.json(exclude_none=True))
                response = schemas.CommandResponse(**client.data("POST", client.url("commands", "RECEIVER", word), json=body))
                self.assertEqual((response.result, response.timeout), ("ACCEPTED", 20))
                asked = ours.event(word)
                self.assertEqual((asked["who"]["from"], asked["what"]["response_url"]), ("NL*EXT", url))
                sent = self.result_at(f"{word}-9")
                self.assertEqual(sent["headers"]["x-correlation-id"], asked["who"]["correlation_id"])
                self.assertEqual(json.loads(sent["body"]), {"result": "ACCEPTED"})
                self.assertEqual(theirs.memory.done[-1][0], f"{word}-9")

    def test_about_charging_profiles_too(self):
        url = theirs.versions_url.replace("versions", "emsp/2.2.1/chargingprofiles/")
        # the library's own SetChargingProfile cannot be sent: it has one period where the specification has a list
        wish = fixture("SetChargingProfile", response_url=url)
        got = client.data("PUT", client.url("chargingprofiles", "RECEIVER", "run-1"), json=wish)
        self.assertEqual(got["result"], "ACCEPTED")
        self.assertEqual(list(differences(ours.event("set profile")["what"], wish)), [])
        self.assertEqual(json.loads(self.result_at("chargingprofiles")["body"]), {"result": "ACCEPTED"})
        got = client.data("DELETE", client.url("chargingprofiles", "RECEIVER", "run-1"), params={"response_url": url})
        self.assertEqual(got["result"], "ACCEPTED")
        self.assertEqual(json.loads(self.result_at("chargingprofiles")["body"]), {"result": "UNKNOWN"})


class TheConnection(unittest.TestCase):
    def test_is_renewed_and_ended(self):
        old = client.token
        client.exchange_credentials("PUT", ours.versions_url, old)
        self.assertNotEqual(client.token, old)
        self.assertEqual(len(client.data("GET", client.url("tariffs", "SENDER"))), 1)
        self.assertEqual(client.send("GET", ours.versions_url, routed=False, token=old).status_code, 401)
        client.data("DELETE", client.url("credentials", "RECEIVER"), routed=False)
        self.assertFalse(ours.ask("find", partner="ext")["registered"])
        self.assertEqual(client.send("GET", ours.versions_url, routed=False).status_code, 401)


def load_tests(loader, *_):
    """In the order of this file."""
    order = (TheRegistration, OurLists, TheirObjects, Questions, Commands, TheConnection)
    return unittest.TestSuite(loader.loadTestsFromTestCase(each) for each in order)
