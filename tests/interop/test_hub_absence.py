"""Members that are unknown, late, away for a while, or shut out."""

import json
import unittest

from hub_house import EVERYBODY, Hub, Member, location, routing_of, session, soon, token
from ours import fixture


def setUpModule():
    global hub, north, south, west, driver
    hub = Hub("--answer-time", "2")
    north = Member(hub, "north", "CPO:NL:AAA", "EMSP:NL:AAA")
    south = Member(hub, "south", "CPO:BE:BBB", "EMSP:BE:BBB")
    west = Member(hub, "west", "EMSP:GB:WST")
    driver = token(south.owner, "D1")


def tearDownModule():
    for each in (north, south, west, hub):
        each.close()


def push_session(name):
    return north.send("PUT", f"sessions/receiver/NL/AAA/{name}", session(north.owner, name, driver), to="BE*BBB").status


def status_of(name):
    return hub.admin("GET", "members/" + name).body["status"]


class AReceiver(unittest.TestCase):
    def test_that_nobody_knows_is_4001(self):
        answer = north.send("POST", "commands/receiver/STOP_SESSION", fixture("StopSession"), to="XX*YYY")
        self.assertEqual((answer.http, answer.status), (200, 4001))

    def test_that_has_applied_only_is_not_known(self):
        wish = {"name": "new", "email": "ops@new.example", "roles": [
            {"role": "EMSP", "country_code": "FR", "party_id": "NEW", "business_details": {"name": "New"}}]}
        self.assertEqual(hub.admin("POST", "applications", wish, token=None).http, 201)
        self.assertEqual(north.send("GET", "tokens/sender", to="FR*NEW").status, 4001)
        hub.word("approve", "new")
        self.assertEqual(north.send("GET", "tokens/sender", to="FR*NEW").status, 4003)  # known, and PLANNED

    def test_that_is_late_is_4002_and_what_was_pushed_reaches_it_all_the_same(self):
        south.ask("behave", answers=False)
        south.forget()
        self.assertEqual(push_session("late"), 4002)
        self.assertEqual(len(south.received("PUT", "/NL/AAA/late")), 1)
        south.ask("behave", answers=True)
        self.assertEqual(push_session("on-time"), 1000)

    def test_that_answers_nonsense_is_4000(self):
        for status in (200, 404, 500):
            south.ask("behave", bare_status=status)
            answer = north.send("GET", "tokens/sender", to="BE*BBB")
            self.assertEqual((answer.http, answer.status), (200, 4000))
        south.ask("behave", bare_status=0)


def told_of_south():
    """What the other member was told about each of its roles."""
    return [json.loads(each["body"])["status"] for each in north.received("PUT", "/hubclientinfo/receiver/BE/BBB")]


class AMemberThatWentAway(unittest.TestCase):
    def go_away(self, member):
        member.ask("leave")
        soon(lambda: north.send("GET", "tokens/sender", to=member.key).status == 4003 and status_of(member.name) == "OFFLINE",
             "that the hub notices")
        member.forget()

    def come_back(self, member):
        member.ask("return")
        self.assertEqual(member.send("GET", "locations/sender", to=EVERYBODY).status, 1000)
        self.assertEqual(status_of(member.name), "CONNECTED")

    def test_is_4003_and_shown_as_offline_until_it_asks_for_something(self):
        north.forget()
        self.go_away(south)
        soon(lambda: told_of_south() == ["OFFLINE"] * 2, "that the other member is told")
        self.assertEqual(push_session("missed"), 4003)
        north.push("Location", location(north.owner, "missed"))
        north.forget()
        self.come_back(south)
        # of each of its two roles; what was said about the second may still come late
        soon(lambda: told_of_south()[-2:] == ["CONNECTED"] * 2, "that the other member is told")
        self.assertIn("missed", south.ids("Location"))
        self.assertIn("missed", south.ids("Session"))
        self.assertEqual(push_session("after"), 1000)

    def test_is_sent_what_it_missed_when_it_wants_that(self):
        hub.word("catch-up", "west")
        self.go_away(west)
        for hour in range(3):
            north.push("Location", location(north.owner, "catching-up", last_updated=f"2026-05-01T0{hour}:00:00Z"))
        self.assertEqual(west.requests, [])
        self.come_back(west)
        got = west.received("PUT", "/locations/receiver/NL/AAA/catching-up")
        # the latest state, once
        self.assertEqual([json.loads(each["body"])["last_updated"] for each in got], ["2026-05-01T02:00:00Z"])
        self.assertEqual(routing_of(got[0]), (EVERYBODY, "GB*WST"))


class ASuspendedMember(unittest.TestCase):
    def test_takes_no_part_and_its_objects_are_not_shown(self):
        north.push("Tariff", fixture("Tariff", north.owner, id="of-north"))
        south.push("Tariff", fixture("Tariff", south.owner, id="of-south"))
        hub.word("suspend", "south", "--reason", "unpaid")
        shown = hub.word("show", "south")
        self.assertEqual((shown["standing"], shown["status"], shown["reason"]), ("suspended", "SUSPENDED", "unpaid"))
        south.forget()
        refused = south.send("GET", "tariffs/sender", to=EVERYBODY)
        self.assertEqual((refused.http, refused.status), (403, 2000))
        self.assertEqual(push_session("to-suspended"), 4003)
        north.push("Location", location(north.owner, "while-suspended"))
        west.received("PUT", "/NL/AAA/while-suspended")
        self.assertEqual(west.ids("Tariff"), ["of-north"])
        self.assertEqual(west.send("GET", "tariffs/receiver/BE/BBB/of-south", to=EVERYBODY).http, 404)
        self.assertEqual(south.requests, [])
        hub.word("resume", "south")
        self.assertEqual(sorted(west.ids("Tariff")), ["of-north", "of-south"])
        self.assertEqual(push_session("after-resuming"), 1000)


if __name__ == "__main__":
    unittest.main()
