#!/usr/bin/env bash
# What two threads cost where they have one core between them: trains on MNIST with one and with two threads, confined to core 0, in turn,
# and prints the seconds of training and their ratio pair by pair.
set -euo pipefail
cd "$(dirname "$0")/.."
pairs=${1:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build src/Nabla.Cli -c Release -v quiet > /dev/null
seconds() {
    taskset -c 0 dotnet artifacts/bin/Nabla.Cli/release/Nabla.Cli.dll train --threads "$1" --layers 512,512,10 --batch-size 128 --epochs 1 \
        --out "$work/m.nabla" --json "$work/r.json" > /dev/null
    sed -n 's/.*"secondsTraining": \([0-9.]*\).*/\1/p' "$work/r.json"
}
for ((i = 0; i < pairs; i++)); do
    one=$(seconds 1) two=$(seconds 2)
    awk -v one="$one" -v two="$two" 'BEGIN { printf "one thread %.2f s, two threads %.2f s, ratio %.2f\n", one, two, two / one }'
done
