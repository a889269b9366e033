"""The hub's process ends in the middle of things, asked to or not, and starts again on its store."""

import json
import pathlib
import signal
import unittest

from hub_house import EVERYBODY, Hub, Member, at_once, location, routing_of, session, soon, token
from ours import OurParty, fixture

WRITERS, LEAST = 4, 60


def setUpModule():
    global hub, emsp, cpo, driver
    hub = Hub("--access-log")
    emsp = Member(hub, "emsp", "CPO:NL:AAA", "EMSP:NL:AAA")
    cpo = Member(hub, "cpo", "CPO:BE:BBB", "EMSP:BE:BBB")
    driver = token(emsp.owner, "D1")


def tearDownModule():
    for each in (emsp, cpo, hub):
        each.close()


class AnEndThatWasAskedFor(unittest.TestCase):
    def test_is_clean_and_everything_is_there_again(self):
        emsp.push("Token", driver)
        cpo.push("Location", location(cpo.owner, "quay"))
        cpo.push("Session", session(cpo.owner, "S1", driver), to="NL*AAA")
        invited = OurParty("NSP:FR:NSP")
        self.addCleanup(invited.close)
        wish = {"name": "maps", "email": "ops@maps.example",
                "roles": [{"role": "NSP", "country_code": "FR", "party_id": "NSP", "business_details": {"name": "Maps"}}]}
        hub.word("apply", "-", given=json.dumps(wish))
        token_a = hub.word("approve", "maps")["token_a"]
        members, before = hub.word("members")["members"], (emsp.ids("Location"), emsp.ids("Session"), cpo.ids("Token"))
        self.assertEqual([len(each) > 0 for each in before], [True] * 3)
        self.assertEqual(hub.restart(signal.SIGTERM), 0)
        self.assertEqual(hub.word("members")["members"], members)
        self.assertEqual((emsp.ids("Location"), emsp.ids("Session"), cpo.ids("Token")), before)
        invited.ask("register", partner="hub", url=hub.versions_url, token=token_a)
        cpo.forget()
        emsp.push("Token", token(emsp.owner, "D2"))  # both tokens of both members are as they were
        self.assertEqual(routing_of(cpo.received("PUT", "/tokens/receiver/NL/AAA/D2")[0]), (EVERYBODY, "BE*BBB"))

    def test_holds_no_secrets_in_its_store_or_log(self):
        secrets = [each for member in (emsp, cpo) for each in (member.token(), member.ask("find")["token_in"], member.token_a)]
        hub.end()
        files = list(pathlib.Path(hub.folder.name).iterdir())
        self.assertLessEqual({"hub.db", "log"}, {file.name for file in files if file.stat().st_size > 0})
        for file in files:
            content = file.read_bytes()
            self.assertEqual([each for each in secrets if each.encode() in content], [], file.name)
        hub.start()


class AKill(unittest.TestCase):
    def test_under_load_loses_nothing_that_was_answered(self):
        pushing_token, answered = cpo.token(), [[] for _ in range(WRITERS)]

        def push(writer):
            for number in range(100_000):
                name = f"T-{writer}-{number}"
                try:
                    answer = cpo.send("PUT", f"tariffs/receiver/BE/BBB/{name}", fixture("Tariff", cpo.owner, id=name),
                                      to=EVERYBODY, token=pushing_token)
                except OSError:
                    return
                self.assertEqual(answer.status, 1000)
                answered[writer].append(name)

        def kill():
            soon(lambda: min(map(len, answered)) >= LEAST, "that all write")
            hub.end(signal.SIGKILL)

        at_once(kill, *(lambda writer=writer: push(writer) for writer in range(WRITERS)))
        hub.start()
        known = [name for each in answered for name in each]
        self.assertGreaterEqual(len(known), WRITERS * LEAST)
        listed = emsp.ids("Tariff")
        self.assertEqual((set(known) - set(listed), len(listed)), (set(), len(set(listed))))
        print(f"{len(known)} answered, {len(listed)} kept", flush=True)

        def lost():
            return set(listed) - {each["id"] for each in emsp.ask("stored", module="tariffs")}
        soon(lambda: not lost(), "that the other member is told of all")

    def test_in_the_middle_of_a_delivery_repeats_it_before_anybody_asks(self):
        cpo.push("Location", location(cpo.owner, "last-taken"))
        emsp.received("PUT", "/locations/receiver/BE/BBB/last-taken")
        emsp.ask("behave", answers=False)
        emsp.forget()
        cpo.push("Location", location(cpo.owner, "half-way"))
        emsp.received("PUT", "/locations/receiver/BE/BBB/half-way")
        hub.end(signal.SIGKILL)
        emsp.ask("behave", answers=True)
        emsp.forget()
        hub.start()
        emsp.received("PUT", "/locations/receiver/BE/BBB/half-way")

    def test_between_a_command_and_its_result_keeps_the_way_back(self):
        cpo.ask("behave", sends_results=False)
        emsp.forget()
        wish = fixture("StartSession", token=driver)
        got = emsp.ask("command", kind="StartSession", object=wish, to="BE*BBB", correlation_id="long")
        self.assertEqual(got["result"], "ACCEPTED")
        hub.restart(signal.SIGKILL)
        cpo.ask("finish", result="ACCEPTED")
        self.assertEqual(emsp.event("result")["result"]["result"], "ACCEPTED")
        self.assertEqual(emsp.received("POST", "/START_SESSION")[0]["headers"]["x-correlation-id"], "long")

    def test_between_an_apps_command_and_its_result_keeps_both(self):
        cpo.ask("behave", sends_results=False)
        emsp.push("Token", driver)
        cpo.push("Location", location(cpo.owner, "quay", last_updated="2026-06-01T00:00:00Z"))
        sent = hub.app("POST", "commands/RESERVE_NOW?emsp=NL*AAA&token=D1", {"location_id": "quay", "evse_uid": "e-1"}).data
        self.assertEqual(sent["result"], "ACCEPTED")
        hub.restart(signal.SIGKILL)
        cpo.ask("finish", result="ACCEPTED")
        state = hub.app("GET", f"commands/{sent['id']}?emsp=NL*AAA&token=D1&wait=20").data
        self.assertEqual(state["result"]["result"], "ACCEPTED")
        self.assertGreater(state["reservation"]["remaining_s"], 0)

    def test_leaves_a_suspended_member_suspended(self):
        hub.word("suspend", "cpo", "--reason", "unpaid")
        hub.restart(signal.SIGKILL)
        self.assertEqual(cpo.send("GET", "tokens/sender", to=EVERYBODY).http, 403)
        self.assertEqual(emsp.send("GET", "locations/sender", to="BE*BBB").status, 4003)
        hub.word("resume", "cpo")
        self.assertEqual(cpo.send("GET", "tokens/sender", to=EVERYBODY).status, 1000)


if __name__ == "__main__":
    unittest.main()
