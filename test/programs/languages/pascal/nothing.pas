unit nothing;
interface
implementation
end.
