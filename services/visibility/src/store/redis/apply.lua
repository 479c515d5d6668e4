-- Compare and set: applies a chunk of journal entries to a warehouse's view if the view stands where the caller saw it.
-- KEYS: view (hash), changes (stream), skus (sorted set), then further sorted sets
-- ARGV: 1 head field  2 next field  3 expected sequence  4 new sequence  5 new head ('' = keep)  6 next position ('' = keep)
--       7 seconds to live (0 = for ever)  8 changes ('' = none)  9 chunks of changes kept  10 count of fields and values to set
--       11 count of fields to delete, then a count to add and a count to remove a sorted set, then all of these in this order
-- Returns 'ok', or the sequence that the view stands at.
local head = redis.call('HGET', KEYS[1], ARGV[1])
local applied = '0'
if head then applied = string.match(head, '^%d+') or '0' end
if applied ~= ARGV[3] then return applied end

-- Nothing may be left of a view that was lost.
if applied == '0' then redis.call('UNLINK', unpack(KEYS)) end

local at = 12 + 2 * (#KEYS - 2)
local function each(count, step, call)
  local last = at + count - 1
  while at <= last do
    local to = math.min(at + step - 1, last)
    call(at, to)
    at = to + 1
  end
end

each(tonumber(ARGV[10]), 1000, function(from, to) redis.call('HSET', KEYS[1], unpack(ARGV, from, to)) end)
each(tonumber(ARGV[11]), 1000, function(from, to) redis.call('HDEL', KEYS[1], unpack(ARGV, from, to)) end)
for set = 3, #KEYS do
  local counts = 12 + 2 * (set - 3)
  each(tonumber(ARGV[counts]), 1, function(from) redis.call('ZADD', KEYS[set], 0, ARGV[from]) end)
  each(tonumber(ARGV[counts + 1]), 1000, function(from, to) redis.call('ZREM', KEYS[set], unpack(ARGV, from, to)) end)
end

if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], ARGV[1], ARGV[5]) end
if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], ARGV[2], ARGV[6]) end
if ARGV[8] ~= '' then
  local id = ARGV[4] .. '-0'
  local added = redis.pcall('XADD', KEYS[2], 'MAXLEN', '~', ARGV[9], id, 'c', ARGV[8])
  if type(added) == 'table' and added.err then
    redis.call('UNLINK', KEYS[2])
    redis.call('XADD', KEYS[2], id, 'c', ARGV[8])
  end
end
if ARGV[7] ~= '0' then
  for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[7]) end
end
return 'ok'
