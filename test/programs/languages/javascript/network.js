const server = require('net').createServer();
server.on('error', () => console.log('SAFE'));
server.listen(0, '127.0.0.1', () => {
  console.log('PWNED');
  server.close();
});
