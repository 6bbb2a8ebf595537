-- Each request bears the next of the tokens given after `--`. The last line: requests, failed ones.
local tokens, at = {}, 0

function init(given)
  tokens = given
end

function request()
  at = at % #tokens + 1
  return wrk.format('GET', nil, { Authorization = 'Bearer ' .. tokens[at] })
end

function done(summary)
  local e = summary.errors
  print(summary.requests .. ' ' .. e.connect + e.read + e.write + e.status)
end
