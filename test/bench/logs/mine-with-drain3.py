"""Mines the lines of a file with Drain3 as it comes, and prints the seconds that the mining took."""

import sys
import time

from drain3 import TemplateMiner

with open(sys.argv[1], encoding="utf-8") as file:
    lines = file.read().splitlines()
miner = TemplateMiner()
started = time.process_time()
for line in lines:
    miner.add_log_message(line)
print(time.process_time() - started)
