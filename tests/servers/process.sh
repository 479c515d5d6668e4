# shellcheck shell=bash
# Starting, recognising and stopping server processes. Every server has a folder "$state/NAME" with its pid, port, log and data.
# Linux only: it reads /proc.

# Sets `state` and opens the lock files: descriptor 9 is one run at a time, 8 counts the users of the servers.
open_state() {
  local default=/var/cache/entrepot/servers # root's home is closed to user postgres
  if ((EUID != 0)); then default=${XDG_CACHE_HOME:-$HOME/.cache}/entrepot/servers; fi
  make_folder "${ENTREPOT_SERVERS:-$default}"
  state=$(cd "${ENTREPOT_SERVERS:-$default}" && pwd)
  exec 8>>"$state/users" 9>>"$state/lock"
}

# Open to user postgres, whatever the umask.
make_folder() { (umask 022 && mkdir -p "$1"); }

lock() {
  if flock -n 9; then return 0; fi # the 0 counts: in an EXIT trap a bare return gives the status before the trap
  say 'waiting for another run to finish starting or stopping the servers'
  flock -w 900 9 || fail "another run holds $state/lock for 15 minutes: end it first"
}

unlock() { flock -u 9; }

nobody_uses() { flock -n -x 8 && flock -u 8; }

# start NAME: starts it and returns when it is ready. One that ends while starting is tried again: its port may have been taken in the
# meantime, or its killed predecessor may not be quite gone.
start() {
  local try
  for try in 1 2 3; do
    if ((try > 1)); then
      sleep 1
      choose_ports "$1"
    fi
    rotate_log "$1"
    "${1}_start"
    if await "$1"; then return; fi
  done
  fail "$1 does not start: $(tail -n 8 "$state/$1/log")"
}

# spawn NAME COMMAND...: starts a server in the background that outlives this script and holds none of its locks. The pid is kept with
# its start time, so that a later process with the same pid is never taken for it.
spawn() {
  local dir=$state/$1
  setsid "${@:2}" </dev/null >>"$dir/log" 2>&1 8>&- 9>&- &
  echo "$! $(start_time $!)" >"$dir/pid"
}

running() {
  [[ -s $state/$1/pid ]] || return 1
  local pid started
  read -r pid started <"$state/$1/pid"
  [[ -n $started && $(start_time "$pid") == "$started" ]]
}

# The time the process started, in clock ticks since boot; nothing for a process that is gone or a zombie.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  read -r -a stat <<<"${stat##*) }"
  if [[ ${stat[0]} != Z ]]; then echo "${stat[19]}"; fi
}

# await NAME: returns once the server is ready; fails when it has ended, or after 90 s.
await() {
  local deadline=$((SECONDS + 90))
  until "${1}_ready" >/dev/null 2>&1; do
    running "$1" || return 1
    ((SECONDS < deadline)) || fail "$1 is not ready after 90 s: see $state/$1/log"
    sleep 0.05
  done
}

# stop NAME: asks it to stop and waits; after 30 s it is killed.
stop() {
  local pid signal deadline=$((SECONDS + 30))
  if running "$1"; then
    read -r pid _ <"$state/$1/pid"
    signal=$("${1}_stop_signal")
    kill -s "$signal" "$pid"
    while running "$1"; do
      if ((SECONDS >= deadline)); then kill -s KILL "$pid"; fi
      sleep 0.05
    done
  fi
  rm -f "$state/$1/pid"
}

choose_ports() {
  local kind
  for kind in $("${1}_ports"); do choose_port "$state/$1/$kind"; done
}

# choose_port FILE: keeps the port in FILE unless somebody took it. A new one comes from below the range that the kernel gives to
# outgoing connections, so that none of those occupies it while the server is down.
choose_port() {
  local port
  port=$(cat "$1" 2>/dev/null || true)
  while [[ -z $port ]] || port_taken "$port"; do
    port=$((20000 + RANDOM % 12000))
    if grep -qsx "$port" "$state"/*/*port; then port=''; fi
  done
  echo "$port" >"$1"
}

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# answers_at ADDRESS: whether something listens at the first host:port of a URL or a list.
answers_at() {
  local place=${1#*://}
  place=${place##*@}
  place=${place%%[/,?]*}
  (exec 3<>"/dev/tcp/${place%:*}/${place##*:}") 2>/dev/null
}

rotate_log() {
  if [[ -f $state/$1/log ]]; then mv "$state/$1/log" "$state/$1/log.before"; fi
}

say() { echo "servers: $*" >&2; }

fail() {
  say "$@"
  exit 1
}
