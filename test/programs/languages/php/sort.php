<?php
$numbers = array_slice(array_map('intval', preg_split('/\s+/', trim(stream_get_contents(STDIN)))), 1);
sort($numbers);
$sum = 0;
foreach ($numbers as $i => $number) $sum = ($sum + ($i + 1) * $number) % 1000003;
echo $sum, "\n";
