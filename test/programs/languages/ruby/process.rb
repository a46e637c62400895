require 'timeout'

# it tries again for as long as it is told that there is no process to be had just now
begin
  Timeout.timeout(2) { fork { exit } }
  puts 'PWNED'
rescue Timeout::Error, SystemCallError
  puts 'SAFE'
end
