var
  numbers: array of int64;
  n, i: longint;
  sum: int64;

procedure sort(first, last: longint);
var
  i, j: longint;
  middle, other: int64;
begin
  i := first;
  j := last;
  middle := numbers[(first + last) div 2];
  while i <= j do begin
    while numbers[i] < middle do inc(i);
    while numbers[j] > middle do dec(j);
    if i <= j then begin
      other := numbers[i];
      numbers[i] := numbers[j];
      numbers[j] := other;
      inc(i);
      dec(j);
    end;
  end;
  if first < j then sort(first, j);
  if i < last then sort(i, last);
end;

begin
  read(n);
  setlength(numbers, n);
  for i := 0 to n - 1 do read(numbers[i]);
  sort(0, n - 1);
  sum := 0;
  for i := 0 to n - 1 do sum := (sum + (i + 1) * numbers[i]) mod 1000003;
  writeln(sum);
end.
