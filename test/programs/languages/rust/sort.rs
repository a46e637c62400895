use std::io::{self, Read};

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let mut numbers: Vec<u64> = text.split_whitespace().skip(1).map(|word| word.parse().unwrap()).collect();
    numbers.sort();
    let sum = numbers.iter().enumerate().fold(0, |sum, (i, number)| (sum + (i as u64 + 1) * number) % 1000003);
    println!("{}", sum);
}
