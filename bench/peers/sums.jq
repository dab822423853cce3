# jq: one filter over all lines. Only flat logs that are not compressed.
def add($section; $name; $e): .[$section][$name] |=
  [.[0] + 1, .[1] + $e.checks, .[2] + $e.input_tokens, .[3] + $e.output_tokens, .[4] + (if $e.status == "error" then 1 else 0 end)];
reduce inputs as $e ({};
  add("client"; $e.client; $e) | add("user"; $e.user; $e) | add("profile"; $e.profile; $e)
    | add("model"; $e.model; $e) | add("day"; $e.timestamp[:10]; $e))
