<?php
echo @stream_socket_server('tcp://127.0.0.1:0') ? 'PWNED' : 'SAFE', "\n";
