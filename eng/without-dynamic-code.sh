#!/usr/bin/env bash
# Runs a built test project with the runtime's feature switch for dynamic code off, as Native AOT, trimmed and file-based apps have it.
set -euo pipefail
cd "$(dirname "$0")/.."
suite=$1
folder=artifacts/bin/$suite/release
config=$folder/$suite.no-dynamic-code.runtimeconfig.json
sed 's/"configProperties": {/"configProperties": {\n      "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported": false,/' \
    "$folder/$suite.runtimeconfig.json" > "$config"
grep -q IsDynamicCodeSupported "$config"
exec dotnet exec --runtimeconfig "$config" "$folder/$suite.dll" "${@:2}"
