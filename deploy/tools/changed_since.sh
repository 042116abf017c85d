# Sourced by the checks that look at what changed: which commit to compare with, and the files that changed since.
# shellcheck shell=bash

# Where the branch left origin/main, or 20 commits back when it has not left it.
default_base() {
  local head fork
  head=$(git rev-parse HEAD)
  fork=$(git merge-base origin/main HEAD 2>/dev/null || true)
  if [[ -n $fork && $fork != "$head" ]]; then
    echo "$fork"
  else
    # A short history is compared with its first commit.
    git rev-parse --verify --quiet HEAD~20 || git rev-list --max-parents=0 HEAD | tail -n 1
  fi
}

# changed_files BASE PATTERN: files of BASE..HEAD and of the work tree, newest change first, each once, that still exist.
changed_files() {
  {
    git diff --name-only --diff-filter=d HEAD
    git log --name-only --diff-filter=d --format= "$1..HEAD"
  } | awk '!seen[$0]++' | grep -E "$2" | while read -r file; do
    if [[ -f $file ]]; then echo "$file"; fi
  done || true
}
