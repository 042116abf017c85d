#!/usr/bin/env bash
# Builds the engine (base, matching) for arm64 and runs its tests, the oracle among them, under qemu-user. Installs Debian's
# cross compiler and qemu, and unpacks the arm64 libraries into build/arm64-sysroot, beside those of this machine.
#   deploy/tools/test_arm64.sh [CTEST OPTION...]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
sysroot=$root/build/arm64-sysroot
# With what they need at run time; libc and libstdc++ come with the cross compiler.
packages=(
  libabsl-dev libabsl20220623 libsodium-dev libsodium23 libgtest-dev libgmock-dev googletest libsimdjson-dev libsimdjson14
)

"$root/deploy/setup" --all
"$root/deploy/setup" --arm64

# Lists and archives of their own: this machine's apt is none the wiser.
if [[ ! -e $sysroot/complete ]]; then
  rm -rf "$sysroot"
  mkdir -p "$sysroot/apt/lists/partial" "$sysroot/apt/cache/archives/partial" "$sysroot/apt/packages"
  options=(-qq -o "Dir::State::lists=$sysroot/apt/lists" -o "Dir::Cache=$sysroot/apt/cache" -o Dir::State::status=/dev/null
    -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root
    -o Acquire::Retries=3)
  apt-get "${options[@]}" update
  (cd "$sysroot/apt/packages" && apt-get "${options[@]}" download "${packages[@]}")
  for package in "$sysroot/apt/packages"/*.deb; do dpkg-deb -x "$package" "$sysroot"; done
  rm -rf "$sysroot/apt"
  touch "$sysroot/complete"
fi

cd "$root"
cmake --preset arm64 --log-level=WARNING
cmake --build --preset arm64
# An instruction takes many here: the oracle looks at fewer markets.
KUGGE_ORACLE_MARKETS=${KUGGE_ORACLE_MARKETS:-60} ctest --test-dir build/arm64 --parallel 2 --output-on-failure --no-tests=error "$@"
