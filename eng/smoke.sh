#!/usr/bin/env bash
# Packs the packages, installs them from a local folder into a fresh console project, and trains there; then installs the tool and trains with it.
# Builds first; eng/smoke.sh --no-build packs the Release build that is there.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet pack Nabla.slnx -c Release "$@" -o "$work/packages" -v quiet
ls -l "$work/packages"

# A package cache of its own, as a stranger's machine has: nothing of an earlier run can be meant by the same version.
export NUGET_PACKAGES="$work/cache"
mkdir "$work/app"
cd "$work/app"
cat > nuget.config <<CONFIG
<configuration><packageSources><add key="local" value="$work/packages" /></packageSources></configuration>
CONFIG
dotnet new console --force -v quiet > /dev/null
dotnet add package Nabla > /dev/null
dotnet add package Nabla.Data > /dev/null
cp "$root/eng/SmokeProgram.cs" Program.cs
dotnet run -c Release

# The analyzers come with the package, and run.
cat > Program.cs <<'PROGRAM'
using Nabla;
NDArray a = 3.0, y = 1.0;
Console.WriteLine(1/2*(a - y));
PROGRAM
dotnet build -c Release > build.log
grep -m 1 "warning NABLA001: '1/2' divides whole numbers" build.log

dotnet tool install Nabla.Cli --tool-path "$work/tools" > /dev/null
"$work/tools/nabla" train digits --epochs 3 --out "$work/digits.nabla" --json "$work/digits.json"
grep -q testAccuracy "$work/digits.json"
"$work/tools/nabla" evaluate "$work/digits.nabla" digits
