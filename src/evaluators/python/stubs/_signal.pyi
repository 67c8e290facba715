# The C part of signal, which has no stub elsewhere: the same names, whose numbers are plain ones.
from signal import *
