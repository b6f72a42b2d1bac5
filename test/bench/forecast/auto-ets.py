"""Forecasts series with statsforecast's AutoETS, one after the other on one core.

Reads {"season": n, "horizon": n, "series": [[...]]} from the file named first, writes {"seconds", "version", "forecasts": [{"median", "low95", "high95"}]}
to the file named second. The first series is forecast once before the clock starts, so that loading counts for nothing.
"""

import json
import sys
import time

import numpy
import statsforecast
from statsforecast.models import AutoETS

with open(sys.argv[1]) as file:
    task = json.load(file)
series = [numpy.array(values, dtype=float) for values in task["series"]]
model = AutoETS(season_length=task["season"])
forecast = lambda values: model.forecast(y=values, h=task["horizon"], level=[95])
forecast(series[0])
start = time.process_time()
found = [forecast(values) for values in series]
seconds = time.process_time() - start
forecasts = [
    {"median": one["mean"].tolist(), "low95": one["lo-95"].tolist(), "high95": one["hi-95"].tolist()} for one in found
]
with open(sys.argv[2], "w") as file:
    json.dump({"seconds": seconds, "version": statsforecast.__version__, "forecasts": forecasts}, file)
