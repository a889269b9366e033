"""run.py BUILD_FOLDER PARTY_PROGRAM TEST: runs one test file of this folder with the foreign packages of requirements.txt.

They are installed once, below the build folder. Without a registry, or with a Python that they do not run on, the test is
skipped: exit status 77 and a line that says why.
"""

import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def skip(why):
    print(f"SKIPPED: {why}", flush=True)
    sys.exit(SKIPPED)


def install(home):
    """A folder with the packages and no others, made at the first call and after each change of the list."""
    wanted = (HERE / "requirements.txt").read_bytes()
    stamp = hashlib.sha256(wanted + sys.version.encode()).hexdigest()
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = home / "installed"
        if done.exists() and done.read_text(encoding="utf-8") == stamp:
            return home / "venv/bin/python"
        done.unlink(missing_ok=True)
        shutil.rmtree(home / "venv", ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", home / "venv"], capture_output=True, text=True)
        if made.returncode != 0:
            skip(f"this Python makes no virtual environment: {made.stdout.strip() or made.stderr.strip()}")
        python = home / "venv/bin/python"
        pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--disable-pip-version-check",
               "--retries", "1", "--timeout", "20", "-r", HERE / "requirements.txt"]
        try:
            got = subprocess.run(pip, capture_output=True, text=True, timeout=240)
        except subprocess.TimeoutExpired:
            skip("the foreign packages did not arrive in four minutes")
        if got.returncode != 0:
            skip("the foreign packages cannot be had: " + got.stderr.strip()[-500:])
        tried = subprocess.run([python, "-c", "import py_ocpi, uvicorn, httpx"], capture_output=True, text=True)
        if tried.returncode != 0:
            skip("the foreign packages do not run on this Python: " + tried.stderr.strip()[-500:])
        done.write_text(stamp, encoding="utf-8")
        return python


def main():
    build, program, test = sys.argv[1:]
    if sys.version_info < (3, 10):
        skip("the foreign packages need Python 3.10, this is " + sys.version.split()[0])
    python = install(pathlib.Path(build))
    environment = dict(os.environ, INCAR_INTEROP_PARTY=program, PYTHONPATH=str(HERE), PYTHONDONTWRITEBYTECODE="1")
    os.execve(python, [str(python), "-m", "unittest", "-v", test], environment)


if __name__ == "__main__":
    main()
