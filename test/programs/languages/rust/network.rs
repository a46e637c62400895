use std::net::TcpListener;

fn main() {
    println!("{}", if TcpListener::bind("127.0.0.1:0").is_ok() { "PWNED" } else { "SAFE" });
}
