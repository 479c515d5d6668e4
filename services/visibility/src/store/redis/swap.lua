-- Puts a draft in the place of a warehouse's view, for every reader at once, unless the view is further.
-- KEYS: view, skus, draft view, draft skus, edges, draft edges
-- ARGV: 1 head field  2 the draft's head as its builder left it
-- Returns 'ok', 'behind' when the view is further, 'lost' when the draft is not as it was left.
local function sequence(key)
  local head = redis.call('HGET', key, ARGV[1])
  if not head then return '0' end
  return string.match(head, '^%d+') or '0'
end
-- Compared as text, for a sequence may be larger than a Lua number is exact.
local function before(a, b) return #a < #b or (#a == #b and a < b) end

local draft = redis.call('HGET', KEYS[3], ARGV[1]) or ''
if draft ~= ARGV[2] then return 'lost' end
if before(sequence(KEYS[3]), sequence(KEYS[1])) then return 'behind' end

redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[5])
for from, to in pairs({ [3] = 1, [4] = 2, [6] = 5 }) do
  if redis.call('EXISTS', KEYS[from]) == 1 then
    redis.call('RENAME', KEYS[from], KEYS[to])
    redis.call('PERSIST', KEYS[to])
  end
end
return 'ok'
