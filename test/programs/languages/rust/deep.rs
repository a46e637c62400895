fn deep(n: u32) -> u32 {
    if n == 0 { 0 } else { deep(n - 1) + 1 }
}

fn main() {
    println!("{}", deep(100000));
}
