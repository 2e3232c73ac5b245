# Runs the commands of a file in turn, RUNS times; prints medians and ratios to the first. A small
# program measures: a peak is never told below that of the process that started the command.
# Usage: measure.py RUNS FILE MEASURE; a line of the file is NAME, a tab, and the command.
import statistics
import subprocess
import sys

runs, measure = int(sys.argv[1]), sys.argv[3]
commands = dict(line.rstrip("\n").split("\t") for line in open(sys.argv[2]))
rows = {name: [] for name in commands}
codes = {}
for turn in range(runs + 1):
    for name, command in commands.items():
        if name in codes:
            continue
        code = subprocess.run([measure, "used"] + command.split(), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode
        if code:
            codes[name] = code
        elif turn:  # the first one warms up
            peak, cpu, wall = map(int, open("used").read().split())
            rows[name].append((cpu / 1e3, wall / 1e3, peak / 1024))
first = None
for name, command in commands.items():
    if name in codes:
        print(f"{name:34} NOT MEASURED: exit {codes[name]}: {command}")
        continue
    cpu, wall, peak = (statistics.median(column) for column in zip(*rows[name]))
    first = first or (cpu, wall)
    print(f"{name:34} cpu {cpu:8.1f} ms ({cpu/first[0]:6.2f}x)  wall {wall:8.1f} ms "
          f"({wall/first[1]:6.2f}x)  peak {peak:6.1f} MiB")
