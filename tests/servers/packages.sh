# shellcheck shell=bash disable=SC2154
# Installing what is missing, and nothing when nothing is.

# install_missing SERVER...: the Debian packages of these servers, then what is no package.
install_missing() {
  local name packages=()
  for name; do mapfile -t -O "${#packages[@]}" packages < <("${name}_packages"); done
  if ((${#packages[@]})); then install_packages "${packages[@]}"; fi
  for name; do "${name}_fetch"; done
}

install_packages() {
  local root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "missing packages: $*; install them, or run this as root or with sudo at hand"
    root=(sudo)
  fi
  say "installing $*"
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  {
    "${apt[@]}" update
    "${apt[@]}" install -y --no-install-recommends "$@"
  } >"$state/apt.log" 2>&1 9>&- 8>&- || fail "apt-get failed: $(tail -n 8 "$state/apt.log")"
}
