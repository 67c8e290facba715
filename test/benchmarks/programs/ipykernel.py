"""Measures an IPython kernel through its own client; prints one JSON object, times in milliseconds."""

import json
import statistics
import sys
import time
import warnings

warnings.simplefilter("ignore")

from jupyter_client.manager import start_new_kernel  # noqa: E402


def milliseconds(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def run(client, source):
    client.execute_interactive(source, output_hook=lambda _message: None, timeout=120)


def start_to_first_result():
    kernel = {}

    def start():
        kernel["manager"], kernel["client"] = start_new_kernel(kernel_name="python3")
        run(kernel["client"], "1")

    taken = milliseconds(start)
    return taken, kernel["manager"], kernel["client"]


def main():
    starts = []
    for _ in range(3):
        taken, manager, client = start_to_first_result()
        starts.append(taken)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    _, manager, client = start_to_first_result()
    trips = [milliseconds(lambda: run(client, "1")) for _ in range(300)][50:]
    prints = milliseconds(lambda: run(client, "for i in range(1000000): print(i)"))
    print(json.dumps({"start": statistics.median(starts), "roundTrip": statistics.median(trips), "prints": prints}))
    client.stop_channels()
    manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
