"""Tests of Matinee.

They run on all cores at once: numpy's threads of each process would only wait for one another.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
