# shellcheck shell=bash disable=SC2154
# PostgreSQL with fsync on: what the tests see as durable is durable, and the benchmark measures the real thing.

postgres_packages() { if ! postgres_bin >/dev/null; then echo postgresql; fi; }

postgres_fetch() { :; }

# The newest version's programs; Debian keeps them out of PATH.
postgres_bin() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
  if [[ ! -x $found ]]; then found=$(command -v postgres) || return 1; fi
  dirname "$found"
}

postgres_ports() { echo port; }

postgres_start() {
  local dir=$state/postgres bin as_postgres=()
  bin=$(postgres_bin)
  if ((EUID == 0)); then # it refuses to run as root
    as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups)
    chown postgres: "$dir"
  fi
  "${as_postgres[@]}" test -w "$dir" || fail "user postgres cannot write $dir: set ENTREPOT_SERVERS to a folder it can enter"
  if [[ ! -d $dir/data ]]; then postgres_create "$dir" "${as_postgres[@]}" "$bin/initdb"; fi
  spawn postgres "${as_postgres[@]}" "$bin/postgres" -D "$dir/data" -p "$(<"$dir/port")" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c max_connections=300 -c shared_buffers=512MB -c max_wal_size=4GB -c jit=off
}

# postgres_create FOLDER INITDB...: only a whole cluster gets the name `data`.
postgres_create() {
  local dir=$1
  rm -rf "$dir/data.part"
  echo entrepot >"$dir/password"
  "${@:2}" --pgdata="$dir/data.part" --username=entrepot --pwfile="$dir/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums >>"$dir/log" 2>&1 ||
    fail "initdb failed: $(tail -n 8 "$dir/log")"
  mv "$dir/data.part" "$dir/data"
}

postgres_ready() { "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$(<"$state/postgres/port")"; }

postgres_address() { echo "postgres://entrepot:entrepot@127.0.0.1:$(<"$state/postgres/port")/postgres"; }

postgres_stop_signal() { echo INT; } # fast shutdown: TERM would wait for clients to leave
