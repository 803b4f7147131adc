#!/usr/bin/env bash
# Kills a training at random moments, as often as told (200 by default), and compares what it ends with, bit for bit: eng/kill-tests.sh 200
set -euo pipefail
cd "$(dirname "$0")/.."
NABLA_KILLS="${1:-200}" dotnet run --project tests/Nabla.Tests -- --filter-method "*Killed_at_random_moments*" --show-live-output on
