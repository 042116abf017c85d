#!/usr/bin/env bash
# clang-tidy over the C++ sources that changed, newest first, within a bound of files and minutes; says what it left out.
#   deploy/tools/tidy_changed.sh [BASE]   BASE: the commit to compare with. Default: where the branch left origin/main,
#                                         or 20 commits back when it has not left it.
# KUGGE_TIDY_FILES (10) and KUGGE_TIDY_SECONDS (240) are the bounds.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
most_files=${KUGGE_TIDY_FILES:-10}
most_seconds=${KUGGE_TIDY_SECONDS:-240}

# shellcheck source=changed_since.sh
source deploy/tools/changed_since.sh

# Newest change first. Unit tests come last: GoogleTest's macros take clang-tidy five times as long and hold the fewest
# surprises.
changed_sources() {
  local newest_first
  newest_first=$(changed_files "$1" '\.cc$')
  grep -v '_test\.cc$' <<<"$newest_first" || true
  grep '_test\.cc$' <<<"$newest_first" || true
}

base=${1:-$(default_base)}
commands=build/tidy/compile_commands.json
cmake --preset tidy --log-level=WARNING >/dev/null
known=()
while read -r file; do
  # A source without a compile command belongs to no target: the build says more about that than lint.
  if [[ -f $file ]] && grep -qF "\"$root/$file\"" "$commands"; then known+=("$file"); fi
done < <(changed_sources "$base")
if ((${#known[@]} == 0)); then
  echo "clang-tidy: no source changed since ${base:0:12}"
  exit 0
fi
chosen=("${known[@]:0:most_files}")
echo "clang-tidy: ${#chosen[@]} of ${#known[@]} sources changed since ${base:0:12}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export work
check_one() {
  local log
  log=$work/$(tr / _ <<<"$1")
  if clang-tidy-19 -p build/tidy --quiet "$1" >"$log" 2>"$log.stderr"; then
    echo "$1" >>"$work/done"
  else
    echo "$1" >>"$work/failed"
    cat "$log"
    # A source that does not compile says so here.
    grep -E 'error:' "$log.stderr" || true
  fi
}
export -f check_one
timed_out=0
# shellcheck disable=SC2016
printf '%s\0' "${chosen[@]}" |
  timeout "$most_seconds" xargs -0 -P 2 -n 1 bash -c 'check_one "$1"' check_one || timed_out=$?
touch "$work/done" "$work/failed"

checked=$(cat "$work/done" "$work/failed" | wc -l)
if ((checked < ${#known[@]})); then
  echo "clang-tidy: left out, for want of time or beyond $most_files files:"
  printf '%s\n' "${known[@]}" | grep -vxF -f <(cat "$work/done" "$work/failed") | sed 's/^/  /'
fi
if [[ -s $work/failed ]]; then
  echo "clang-tidy: faults in:"
  sed 's/^/  /' "$work/failed"
  exit 1
fi
if ((timed_out != 0 && timed_out != 124)); then
  echo "clang-tidy: did not run (exit code $timed_out)"
  exit 1
fi
echo "clang-tidy: $checked sources without a fault"
