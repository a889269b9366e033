"""Our party as a process of its own, and the objects that the tests exchange."""

import copy
import json
import os
import pathlib
import queue
import subprocess
import threading

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "ocpi/fixtures/2.2.1"
PATIENCE = 30  # seconds; nothing here takes one


class Refused(Exception):
    """Our party says that it cannot: `name` of the error, the OCPI status as `code` when the category is "ocpi"."""

    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.name, self.category, self.code = error["name"], error["category"], error["code"]


class OurParty:
    def __init__(self, *roles):
        program = os.environ["INCAR_INTEROP_PARTY"]
        self.process = subprocess.Popen([program, *roles], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lines = {}  # by "re" of an answer or by name of an event
        self.requests = []  # of partners, as they came
        self.lock = threading.Condition()
        self.asked = 0
        threading.Thread(target=self.listen, daemon=True).start()
        self.versions_url = self.event("ready")["versions_url"]

    def listen(self):
        for text in self.process.stdout:
            line = json.loads(text)
            with self.lock:
                if line.get("event") == "request":
                    line["headers"] = {name.lower(): value for name, value in line["headers"].items()}
                    self.requests.append(line)
                else:
                    key = line["event"] if "event" in line else line["re"]
                    self.lines.setdefault(key, queue.Queue()).put(line)
                self.lock.notify_all()

    def take(self, key):
        with self.lock:
            found = self.lock.wait_for(lambda: key in self.lines and not self.lines[key].empty(), PATIENCE)
            if not found:
                raise AssertionError(f"our party said nothing about {key!r}")
            return self.lines[key].get()

    def event(self, name):
        """The next event of that name, waited for."""
        return self.take(name)

    def received(self, method, part_of_path, count=1):
        """The first requests of that kind since `forget`, waited for."""
        def found():
            return [each for each in self.requests if each["method"] == method and part_of_path in each["path"]]

        with self.lock:
            if not self.lock.wait_for(lambda: len(found()) >= count, PATIENCE):
                raise AssertionError(f"there were no {count} requests {method} {part_of_path}, but {self.requests}")
            return found()

    def forget(self):
        """What partners did so far."""
        with self.lock:
            self.requests = []
            self.lines = {key: value for key, value in self.lines.items() if isinstance(key, int)}

    def silent_about(self, name):
        with self.lock:
            return name not in self.lines or self.lines[name].empty()

    def ask(self, word, **members):
        """What comes of a word of deeds.cpp; raises Refused."""
        self.asked += 1
        self.process.stdin.write(json.dumps({"re": self.asked, "do": word, **members}) + "\n")
        self.process.stdin.flush()
        line = self.take(self.asked)
        if "error" in line:
            raise Refused(line["error"])
        return line["value"]

    def close(self):
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


def fixture(kind, owner=None, **changes):
    """The fixture of the model's tests, with another owner (("DE", "INC")) and members changed or, by None, left out."""
    made = json.loads((FIXTURES / f"{kind}.json").read_text(encoding="utf-8"))
    if owner:
        made["country_code"], made["party_id"] = owner
    for name, value in changes.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = copy.deepcopy(value)
    return made


def simple(kind, owner, **changes):
    """A fixture without what the models of extrawest_ocpi cannot hold; test_models.py lists it."""
    made = fixture(kind, owner, **changes)
    if kind == "Location":
        made["address"] = "Bryggesporen 7 B"
        del made["evses"][0]["status_schedule"]
    for part in [made, *made.get("tariffs", [])]:
        part.pop("energy_mix", None)
    return made


def differences(left, right, place=""):
    """Where two JSON values differ; numbers by value, texts that stand for identifiers and codes with their case."""
    if isinstance(left, dict) and isinstance(right, dict):
        for name in left.keys() | right.keys():
            if name not in left or name not in right:
                yield f"{place}/{name}"
            else:
                yield from differences(left[name], right[name], f"{place}/{name}")
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, pair in enumerate(zip(left, right)):
            yield from differences(*pair, f"{place}/{index}")
    elif left != right or isinstance(left, bool) != isinstance(right, bool):
        yield place
