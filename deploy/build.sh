#!/bin/sh
# Make the environment that an image holds:
#
#     deploy/build.sh EXTRAS VARIANT FOLDER
#
#     EXTRAS    what to install: serve; agent; or several, as serve,cluster
#     VARIANT   which torch: cpu, or cuda with NVIDIA's libraries (some 3 GB more)
#     FOLDER    where the virtual environment goes; it cannot be moved afterwards
#
# The Dockerfile runs this, and so does a test in an empty folder, so both do the same. With uv
# on the PATH the CPU torch comes from PyTorch's own index; without it, from pip's.
set -eu

extras=$1 variant=$2 folder=$3
python="$folder/bin/python"
pins=$(mktemp)
trap 'rm -f "$pins"' EXIT

case $variant in
cpu) cp constraints.txt "$pins" ;;
cuda) sed 's/^\(torch==[0-9.]*\)+cpu$/\1/' constraints.txt >"$pins" ;;
*)
    echo "deploy/build.sh: VARIANT is cpu or cuda, not $variant" >&2
    exit 2
    ;;
esac

python3 -m venv "$folder"
if [ "$variant" = cpu ] && [ "$extras" != agent ] && command -v uv >/dev/null; then
    uv pip install --quiet --python "$python" --torch-backend cpu --constraint "$pins" torch
fi
# The parts of llama.cpp for images and sound are unused; the image must run on other processors
# than the one that built it, and the small base image has no OpenMP library.
CMAKE_ARGS="-DLLAVA_BUILD=OFF -DGGML_NATIVE=OFF -DGGML_OPENMP=OFF"
export CMAKE_ARGS
"$python" -m pip install --quiet --disable-pip-version-check --constraint "$pins" ".[$extras]"
"$python" -m pip check --disable-pip-version-check
"$python" -m pip uninstall --quiet --yes pip # nothing is installed later
