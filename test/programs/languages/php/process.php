<?php
$child = @proc_open('true', [], $pipes);
$forked = function_exists('pcntl_fork') && @pcntl_fork() >= 0;
echo $child || $forked ? 'PWNED' : 'SAFE', "\n";
