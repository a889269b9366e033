"""Who owns what: the lab tests A11 to A15 (USER-CHI D3.3, 5.2.2) with exact criteria, over OCPI and the drivers' API."""

import unittest

from hub_house import EVERYBODY, Hub, Member, at_once, cdr, location, session, token
from ours import OurParty, Refused

EACH = 12


def setUpModule():
    global hub, cpos, emsps, drivers
    hub = Hub()
    cpos = [Member(hub, f"cpo{number}", f"CPO:BE:CP{number}") for number in (1, 2)]
    emsps = [Member(hub, f"emsp{number}", f"EMSP:DE:MS{number}") for number in (1, 2)]
    drivers = [token(each.owner, "SAME-UID") for each in emsps]  # as cards of two houses may have


def tearDownModule():
    for each in (*cpos, *emsps, hub):
        each.close()


class TwoOfEachRole(unittest.TestCase):
    """Both CPOs push sessions and CDRs of drivers of both EMSPs at the same time, with the same ids."""

    @classmethod
    def setUpClass(cls):
        def push_all(cpo):
            for number in range(EACH):
                emsp, driver = emsps[number % 2], drivers[number % 2]
                cpo.push("Session", session(cpo.owner, f"S{number}", driver), to=emsp.key)
                cpo.ask("post", object=cdr(cpo.owner, f"C{number}", driver, session_id=f"S{number}"), to=emsp.key)
            cpo.push("Location", location(cpo.owner, "quay"))
            return True
        assert at_once(*(lambda cpo=cpo: push_all(cpo) for cpo in cpos)) == [True, True]

    @staticmethod
    def rows_of(kind, index):
        return {(cpo.key, f"{kind}{number}") for cpo in cpos for number in range(EACH) if number % 2 == index}

    def test_A11_A12_an_emsp_sees_all_of_its_sessions_and_cdrs_and_none_of_the_others(self):
        for index, emsp in enumerate(emsps):
            for kind, module, letter in (("Session", "sessions", "S"), ("CDR", "cdrs", "C")):
                with self.subTest(emsp=emsp.name, kind=kind):
                    pulled = emsp.ask("pull", kind=kind, to=EVERYBODY, limit=5)
                    rows = [(each["country_code"] + "*" + each["party_id"], each["id"]) for each in pulled["objects"]]
                    self.assertEqual((set(rows), len(rows)), (self.rows_of(letter, index), EACH))
                    stored = emsp.ask("stored", module=module)
                    rows = {(each["country_code"] + "*" + each["party_id"], each["id"]) for each in stored}
                    self.assertEqual(rows, self.rows_of(letter, index))

    def test_A13_a_cpo_sees_all_of_its_sessions_and_cdrs_and_none_of_the_others(self):
        for cpo, stranger in (cpos, reversed(cpos)):
            for number in range(EACH):
                for module, letter in (("sessions", "S"), ("cdrs", "C")):
                    path = "{}/receiver/{}/{}/{}{}".format(module, *cpo.owner, letter, number)
                    self.assertEqual(cpo.send("GET", path, to=EVERYBODY).data["id"], f"{letter}{number}")
                    self.assertEqual(stranger.send("GET", path, to=EVERYBODY).http, 404)
        for cpo in cpos:
            self.assertEqual(cpo.ids("Session") + cpo.ids("CDR") + cpo.ids("Location"), ["quay", "quay"])

    def test_A13_a_driver_sees_rows_of_the_own_emsp_only_though_the_uid_is_the_same(self):
        for index, emsp in enumerate(emsps):
            for path, letter in (("sessions", "S"), ("cdrs", "C")):
                answer = hub.app("GET", f"{path}?emsp={emsp.key}&token=SAME-UID")
                rows = [(each["country_code"] + "*" + each["party_id"], each["id"]) for each in answer.data]
                self.assertEqual((set(rows), len(rows)), (self.rows_of(letter, index), EACH))
                self.assertEqual(answer.headers["x-total-count"], str(EACH))

    def test_A14_a_live_row_is_there_with_the_answer_to_its_push(self):
        cpos[0].push("Session", session(cpos[0].owner, "live", drivers[0], kwh=1.5), to=emsps[0].key)
        self.assertIn("live", emsps[0].ids("Session"))
        self.assertNotIn("live", emsps[1].ids("Session"))
        cpos[0].ask("patch", to=emsps[0].key, module="sessions", owner=cpos[0].key, id="live",
                    changes={"kwh": 2.5, "last_updated": "2026-07-01T00:00:00Z"})
        self.assertEqual(hub.app("GET", f"sessions/live?emsp={emsps[0].key}&token=SAME-UID").data["kwh"], 2.5)
        path = "sessions/receiver/{}/{}/live".format(*cpos[0].owner)
        self.assertEqual(cpos[0].send("DELETE", path, to=emsps[0].key).status // 1000, 2)  # sessions are not removed


class AnApplication(unittest.TestCase):
    roles = [{"role": "CPO", "country_code": "IT", "party_id": "NEW", "business_details": {"name": "New"}}]
    wish = {"name": "new", "email": "ops@new.example", "roles": roles}

    def setUp(self):
        self.party = OurParty("CPO:IT:NEW")
        self.addCleanup(self.party.close)

    def register(self, with_token):
        self.party.ask("register", partner="hub", url=hub.versions_url, token=with_token)

    def test_A15_opens_the_door_once_it_is_approved_and_with_its_token_alone(self):
        self.assertEqual(hub.admin("POST", "applications", self.wish, token=None).http, 201)
        with self.assertRaises(Refused):
            self.register("a guess")
        self.assertEqual(hub.admin("GET", "members/new", token=None).http, 401)
        self.assertEqual(hub.admin("POST", "members/new/approve", token="a guess").http, 401)
        self.assertEqual(hub.admin("GET", "members/new").body["standing"], "applied")
        self.register(hub.word("approve", "new")["token_a"])
        self.assertEqual(hub.admin("GET", "members/new").body["standing"], "active")
        again = hub.admin("POST", "members/new/approve")
        self.assertEqual(again.http, 409)

    def test_A15_is_rejected_with_a_reason_and_may_be_handed_in_again(self):
        wish = {**self.wish, "name": "late", "roles": [{**self.roles[0], "party_id": "LAT"}]}
        self.assertEqual(hub.admin("POST", "applications", wish, token=None).http, 201)
        self.assertEqual(hub.word("reject", "late", "--reason", "no contract")["standing"], "rejected")
        shown = hub.word("show", "late")
        self.assertEqual((shown["standing"], shown["reason"]), ("rejected", "no contract"))
        self.assertNotIn("IT*LAT", [each["country_code"] + "*" + each["party_id"] for each in
                                    emsps[0].ask("pull", kind="ClientInfo", to=EVERYBODY)["objects"]])
        self.assertEqual(hub.admin("POST", "applications", wish, token=None).http, 201)
        self.assertEqual(hub.word("show", "late")["standing"], "applied")

    def test_A15_with_a_role_that_nobody_can_have_is_told_the_place(self):
        for change, place in (({"role": "HUB"}, "/roles/0/role"), ({"country_code": "I"}, "/roles/0/country_code")):
            wish = {**self.wish, "name": "odd", "roles": [{**self.roles[0], **change}]}
            answer = hub.admin("POST", "applications", wish, token=None)
            self.assertEqual((answer.http, answer.body["error"]["where"]), (400, place))


if __name__ == "__main__":
    unittest.main()
