fn main() {
    let mut everything = Vec::new();
    loop {
        everything.push(vec![1u8; 1 << 20]);
    }
}
