"""Tests of Matinee.

They run on all cores at once: numpy's threads of each process would only wait for one another.
A terminal is a common one, whatever started them: in a dumb one Control-C ends the tests.
"""

import os

from threadpoolctl import threadpool_limits

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for libraries that are loaded later
os.environ["TERM"] = "xterm"
threadpool_limits(1)  # for numpy, which a plugin of pytest has loaded by now
