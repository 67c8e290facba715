# The C part of functools, which has no stub elsewhere.
from functools import partial as partial
