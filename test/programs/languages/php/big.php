<?php
$everything = [];
while (true) $everything[] = str_repeat('x', 1 << 20);
