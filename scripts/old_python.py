"""Imported by run.py under a Python that is too old: continues under a newer one, or says what is needed.

Written so that any Python 3 can read it.
"""

import os
import shutil
import sys

for minor in (14, 13, 12, 11):
    newer = shutil.which("python3.%d" % minor)  # noqa: UP031
    if newer:
        os.execv(newer, [newer] + sys.argv)
sys.stderr.write(
    "run.py: Duly needs Python 3.11 or newer; this is %s (%s).\n" % (sys.version.split()[0], sys.executable)  # noqa: UP031
)
sys.exit(1)
