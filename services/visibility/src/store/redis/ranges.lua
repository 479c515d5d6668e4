-- Reads items and slices (or alerts) of a warehouse's view, in the order of their keys, all true as of one head.
-- KEYS: view (hash), skus (sorted set), slices or alerts (sorted set)
-- ARGV: 1 head field  2 first and 3 last item  4 first and 5 last slice, as ZRANGEBYLEX takes them  6 at most this many of each
--       7 what the field of an item's detail begins with, and 8 that of a slice
-- Returns the items, the slices, and the fields: the head, then a value and a detail an item, then a value a slice.
local skus = redis.call('ZRANGEBYLEX', KEYS[2], ARGV[2], ARGV[3], 'LIMIT', 0, ARGV[6])
local slices = redis.call('ZRANGEBYLEX', KEYS[3], ARGV[4], ARGV[5], 'LIMIT', 0, ARGV[6])
local names = { ARGV[1] }
for _, sku in ipairs(skus) do
  names[#names + 1] = sku
  names[#names + 1] = ARGV[7] .. sku
end
for _, slice in ipairs(slices) do names[#names + 1] = ARGV[8] .. slice end
local fields = {}
for from = 1, #names, 1000 do
  local part = redis.call('HMGET', KEYS[1], unpack(names, from, math.min(from + 999, #names)))
  for _, field in ipairs(part) do fields[#fields + 1] = field end
end
return { skus, slices, fields }
