#!/usr/bin/env bash
# Packs the packages, installs them from a local folder into a fresh console project, and trains there; then installs the tool and trains with it.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
suffix="smoke.$(date +%s)"
trap 'rm -rf "$work"; rm -rf "${NUGET_PACKAGES:-$HOME/.nuget/packages}"/nabla*/0.1.0-"$suffix"' EXIT

for project in Nabla.Core Nabla Nabla.Explain Nabla.Data Nabla.Extensions.DependencyInjection Nabla.Cli; do
    dotnet pack "src/$project" -c Release --version-suffix "$suffix" -o "$work/packages" -v quiet
done
ls -l "$work/packages"

mkdir "$work/app"
cd "$work/app"
cat > nuget.config <<CONFIG
<configuration><packageSources><add key="local" value="$work/packages" /></packageSources></configuration>
CONFIG
dotnet new console --force -v quiet > /dev/null
dotnet add package Nabla --version "0.1.0-$suffix" > /dev/null
dotnet add package Nabla.Data --version "0.1.0-$suffix" > /dev/null
cp "$OLDPWD/eng/SmokeProgram.cs" Program.cs
dotnet run -c Release

dotnet tool install Nabla.Cli --version "0.1.0-$suffix" --tool-path "$work/tools" > /dev/null
"$work/tools/nabla" train digits --epochs 3 --out "$work/digits.nabla" --json "$work/digits.json"
grep -q testAccuracy "$work/digits.json"
"$work/tools/nabla" evaluate "$work/digits.nabla" digits
