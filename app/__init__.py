"""Kinfolk: an album that shows you your photos by person.

Every process of the program, child processes included, imports this package first, so this is
the one place that switches off the telemetry of onnxruntime: it has to be off in the environment
before onnxruntime is imported anywhere.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.1.0"
