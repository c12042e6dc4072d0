-- Asks for the addresses of a file, one a line, in their order. Behind a tab may stand the value of a Range header.
--
--   wrk … -s walk.lua http://127.0.0.1:8080 -- FILE        from the beginning again after the last one
--   wrk … -s walk.lua http://127.0.0.1:8080 -- FILE once   each line once, then wrk ends before its time
--
-- Prints one line of JSON for load.py. Needs one thread (-t 1), since threads share no position in the file.

local ffi = require("ffi")
ffi.cdef([[
  struct moment { long seconds; long nanoseconds; };
  int clock_gettime(int clock, struct moment *now);
  int getpid(void);
  int kill(int pid, int signal);
]])
local MONOTONIC, SIGINT = 1, 2
local moment = ffi.new("struct moment")

local function now()
  ffi.C.clock_gettime(MONOTONIC, moment)
  return tonumber(moment.seconds) + tonumber(moment.nanoseconds) / 1e9
end

local threads = {}
local requests, position, once, checked = {}, 0, false, false

function setup(thread)
  table.insert(threads, thread)
end

local function formatted(line)
  local path, range = line:match("^([^\t]+)\t(.+)$")
  if not range then
    return wrk.format("GET", line)
  end
  local headers = { Range = range }
  for name, value in pairs(wrk.headers) do
    headers[name] = value
  end
  return wrk.format("GET", path, headers)
end

function init(args)
  local known = {}
  for line in io.lines(args[1]) do
    known[line] = known[line] or formatted(line)
    table.insert(requests, known[line])
  end
  once = args[2] == "once"
end

function request()
  if not checked then -- wrk asks for one request before it starts, to see whether several come at a time
    checked = true
    return requests[1]
  end
  position = position + 1
  if position == 1 then
    walk_began = now()
  end
  if position > #requests then
    if once and not walk_ended then
      walk_ended = now()
      ffi.C.kill(ffi.C.getpid(), SIGINT)
    end
    position = once and position or 1
  end
  return requests[(position - 1) % #requests + 1]
end

function done(summary, latency, _)
  local began, ended = threads[1]:get("walk_began"), threads[1]:get("walk_ended")
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"bytes":%d,"walk_seconds":%.6f,"median":%.6f,"p99":%.6f,"failed":%d,"refused":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, ended and ended - began or 0,
    latency:percentile(50) / 1e6, latency:percentile(99) / 1e6,
    errors.connect + errors.read + errors.write + errors.timeout, errors.status
  ))
end
