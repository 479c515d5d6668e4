# shellcheck shell=bash disable=SC2154
# Redis without persistence: the view in it can be rebuilt at any time.

redis_packages() { if ! command -v redis-server >/dev/null; then echo redis-server; fi; }

redis_fetch() { :; }

redis_ports() { echo port; }

redis_start() {
  local dir=$state/redis
  spawn redis redis-server --bind 127.0.0.1 --port "$(<"$dir/port")" --dir "$dir" --save '' --appendonly no
}

redis_ready() { redis-cli -h 127.0.0.1 -p "$(<"$state/redis/port")" ping; }

redis_address() { echo "redis://127.0.0.1:$(<"$state/redis/port")"; }

redis_stop_signal() { echo TERM; }
