-- Posts distinct webhook events and prints one machine-readable line.
-- wrk ... -s accept.lua URL -- FIRST_ACTIVITY_ID OWNER_ID SUBSCRIPTION_ID

local EVENT = '{"aspect_type":"create","event_time":1760000000,"object_id":%d,"object_type":"activity",'
  .. '"owner_id":%s,"subscription_id":%s,"updates":{}}'
local IDS_PER_THREAD = 10000000
local threads = 0
local next_id
local owner
local subscription

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  next_id = tonumber(arguments[1]) + number * IDS_PER_THREAD
  owner = arguments[2]
  subscription = arguments[3]
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  next_id = next_id + 1
  return wrk.format(nil, nil, nil, EVENT:format(next_id, owner, subscription))
end

-- Times are microseconds.
function done(summary, latency, requests)
  local errors = summary.errors
  print(("result requests=%d duration=%d failed=%d p50=%d p99=%d max=%d"):format(
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
