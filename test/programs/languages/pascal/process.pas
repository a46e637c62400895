uses
  baseunix;

var
  child: tpid;
begin
  child := fpfork;
  if child = 0 then halt;
  if child < 0 then writeln('SAFE') else writeln('PWNED');
end.
