import subprocess

try:
    subprocess.run(["true"])
    print("PWNED")
except OSError:
    print("SAFE")
