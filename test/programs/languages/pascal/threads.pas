uses
  cthreads;

var
  sums: array[0..3] of int64;
  threads: array[0..3] of tthreadid;
  t: longint;

function add(at: pointer): ptrint;
var
  i: longint;
begin
  for i := 1 to 1000 do inc(pint64(at)^, i);
  add := 0;
end;

begin
  for t := 0 to 3 do threads[t] := beginthread(@add, @sums[t]);
  for t := 0 to 3 do waitforthreadterminate(threads[t], 0);
  writeln(sums[0] + sums[1] + sums[2] + sums[3]);
end.
