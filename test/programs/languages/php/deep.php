<?php
function deep($n) {
    return $n == 0 ? 0 : deep($n - 1) + 1;
}

echo deep(100000), "\n";
