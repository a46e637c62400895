begin
  runerror(1);
end.
