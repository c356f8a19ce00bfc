//! The door: hands the command line to `cli`, and its exit code to the system.

fn main() -> std::process::ExitCode {
    doorbook::cli::main()
}
