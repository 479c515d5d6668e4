-- Puts a draft in the place of a warehouse's view, for every reader at once, unless the view is further.
-- KEYS: the view's hash and sorted sets, then the draft's, in the same order
-- ARGV: 1 head field  2 the draft's head as its builder left it
-- Returns 'ok', 'behind' when the view is further, 'lost' when the draft is not as it was left.
local function sequence(key)
  local head = redis.call('HGET', key, ARGV[1])
  if not head then return '0' end
  return string.match(head, '^%d+') or '0'
end
-- Compared as text, for a sequence may be larger than a Lua number is exact.
local function before(a, b) return #a < #b or (#a == #b and a < b) end

local count = #KEYS / 2
local draft = redis.call('HGET', KEYS[count + 1], ARGV[1]) or ''
if draft ~= ARGV[2] then return 'lost' end
if before(sequence(KEYS[count + 1]), sequence(KEYS[1])) then return 'behind' end

for at = 1, count do
  redis.call('UNLINK', KEYS[at])
  if redis.call('EXISTS', KEYS[count + at]) == 1 then
    redis.call('RENAME', KEYS[count + at], KEYS[at])
    redis.call('PERSIST', KEYS[at])
  end
end
return 'ok'
