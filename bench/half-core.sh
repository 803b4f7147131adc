#!/usr/bin/env bash
# What serving gives under a quota of half a core: 16 threads predict with all cores, then with every process stopped three quarters of the time
# (a quarter of two cores is half a core). Prints the predictions a second of both and their ratio; at least a sixth is asked for.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
dotnet build bench/Nabla.Bench -c Release -v quiet > /dev/null
program=artifacts/bin/Nabla.Bench/release/Nabla.Bench.dll
rate() { sed -n 's/.* \([0-9]*\) a second.*/\1/p'; }
whole=$(taskset -c 0,1 dotnet "$program" serving "$seconds" | rate)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
taskset -c 0,1 dotnet "$program" serving "$seconds" > "$log" &
pid=$!
while kill -0 "$pid" 2> /dev/null; do
    kill -CONT "$pid" 2> /dev/null; sleep 0.025
    kill -STOP "$pid" 2> /dev/null; sleep 0.075
done || true
wait "$pid"
half=$(rate < "$log")
awk -v w="$whole" -v h="$half" 'BEGIN { printf "two cores %d a second, half a core %d a second, ratio %.2f (0.25 is the share of processor time)\n", w, h, h / w }'
