"""A foreign server that announces its endpoints without the slash that it needs: the habit wants_trailing_slash."""

import unittest

import foreign
from ours import OurParty, Refused, simple


class AServerThatNeedsASlash(unittest.TestCase):
    def test_is_used_by_who_knows_the_habit(self):
        theirs = foreign.start(trailing_slash=False)
        theirs.memory.put("tariffs", "CPO", "day", simple("Tariff", foreign.OWNER, id="day"))
        ours = OurParty("EMSP:DE:INC")
        try:
            with self.assertRaises(Refused) as refused:
                ours.ask("register", partner="ext", url=theirs.versions_url, token=theirs.invite())
            self.assertIn("307", str(refused.exception))  # redirects are not followed
            ours.ask("register", partner="ext", url=theirs.versions_url, token=theirs.invite(), wants_trailing_slash=True)
            pulled = ours.ask("pull", partner="ext", kind="Tariff")
            self.assertEqual([each["id"] for each in pulled["objects"]], ["day"])
            self.assertTrue(all(each["status"] != 307 for each in theirs.seen("GET", "/tariffs/")))
        finally:
            ours.close()
            theirs.close()


if __name__ == "__main__":
    unittest.main()
