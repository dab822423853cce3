"""Python's own json module: a loop over lines, adding up in dictionaries. Only flat logs."""
import gzip
import json
import os
import sys

folder = sys.argv[2]
answer = {section: {} for section in ("client", "user", "profile", "model", "day")}
for name in sorted(os.listdir(folder)):
    path = os.path.join(folder, name)
    with (gzip.open(path, "rb") if name.endswith(".gz") else open(path, "rb")) as lines:
        for line in lines:
            event = json.loads(line)
            numbers = (1, event["checks"], event["input_tokens"], event["output_tokens"], event["status"] == "error")
            day = event["timestamp"][:10]
            for section, key in (
                ("client", event["client"]),
                ("user", event["user"]),
                ("profile", event["profile"]),
                ("model", event["model"]),
                ("day", day),
            ):
                groups = answer[section]
                group = groups.get(key)
                if group is None:
                    group = groups[key] = [0, 0, 0, 0, 0]
                for index in range(5):
                    group[index] += numbers[index]
print(json.dumps(answer))
