require 'socket'

begin
  TCPServer.new('127.0.0.1', 0)
  puts 'PWNED'
rescue SystemCallError, SocketError
  puts 'SAFE'
end
