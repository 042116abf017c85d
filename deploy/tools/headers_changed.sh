#!/usr/bin/env bash
# Compiles each public header that changed alone, so that none leans on what stands above it where it is included.
#   deploy/tools/headers_changed.sh BUILD [BASE]   BUILD: a configured build folder. BASE: as in tidy_changed.sh
# The target all_verify_interface_header_sets does the same for every header, in minutes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
build=$1
# shellcheck source=changed_since.sh
source deploy/tools/changed_since.sh
base=${2:-$(default_base)}

# Only what is public has an object of its own.
all=$(ninja -C "$build" -t targets all | sed -n 's|^\(.*_verify_interface_header_sets/.*\.h\.cxx\.o\): .*|\1|p')
mapfile -t objects < <(changed_files "$base" '\.h$' | while read -r header; do
  grep -F "_verify_interface_header_sets/$header.cxx.o" <<<"$all" || true
done)
if ((${#objects[@]} == 0)); then
  echo "headers: no public header changed since ${base:0:12}"
  exit 0
fi
ninja -C "$build" "${objects[@]}"
echo "headers: ${#objects[@]} stand alone"
