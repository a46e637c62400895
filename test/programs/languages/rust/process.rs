use std::process::Command;

fn main() {
    println!("{}", if Command::new("/bin/true").status().is_ok() { "PWNED" } else { "SAFE" });
}
