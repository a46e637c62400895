use std::thread;

fn main() {
    let threads: Vec<_> = (0..4).map(|_| thread::spawn(|| (1..=1000u64).sum::<u64>())).collect();
    println!("{}", threads.into_iter().map(|thread| thread.join().unwrap()).sum::<u64>());
}
