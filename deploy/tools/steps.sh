# Sourced by tests/run and .ci/run: named steps with their seconds, and what every build of ours shares.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# The presets compile the same generated code with the same flags: without the build folder in the key, a second preset
# and a second clone take it from the cache.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

export KUGGE_SHARED=${KUGGE_SHARED:-$(dirname "$root")/shared}

failed_steps=()
passed_steps=()

# step NAME COMMAND...: runs the command in a shell of its own that stops at its first error, prints the seconds it took
# and notes a failure. It returns 0 always: ask step_failed, or read failed_steps at the end.
step() {
  local name=$1 start=$SECONDS code
  shift
  printf '\n== %s\n' "$name"
  set +e
  (
    set -e
    "$@"
  )
  code=$?
  set -e
  if ((code == 0)); then
    passed_steps+=("$name")
    printf -- '-- %s: ok, %d s\n' "$name" $((SECONDS - start))
  else
    failed_steps+=("$name")
    printf -- '-- %s: FAILED (exit code %d), %d s\n' "$name" "$code" $((SECONDS - start))
  fi
}

step_failed() { ((${#failed_steps[@]} > 0)); }
