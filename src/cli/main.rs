//! The program: arguments to the library's calls, its results to files, terminal and exit code.
//!
//! `main` starts the command and maps its result to an exit code; `run` is one match. Commands
//! use the library's public API only. Whatever touches the machine (files, terminal, clock,
//! environment) is in this folder and nowhere else.

mod args;
mod commands;
mod exit;
mod files;
mod inputs;
mod machine;
mod progress;
mod reading;
mod screen;
mod signals;
mod tables;
mod timings;
mod watch;

use std::process::ExitCode;

use clap::Parser;
use rejoinder::error::Result;

use args::{Cli, Command};
use exit::Exit;

fn main() -> ExitCode {
    let cli = Cli::parse();
    Exit::of(run(cli)).into()
}

fn run(cli: Cli) -> Result<Exit> {
    let timed = cli.command.is_timed();
    let exit = command(cli);
    if timed {
        timings::tell();
    }
    exit
}

/// The commands, each in a file of its name.
fn command(cli: Cli) -> Result<Exit> {
    match cli.command {
        Command::Analyze(args) => commands::analyze::run(&args),
        Command::Summary(args) => commands::summary::run(&args),
        Command::Tree(args) => commands::tree::run(&args),
        Command::Chart(args) => commands::chart::run(&args),
        Command::Export(args) => commands::export::run(&args),
        Command::Check(args) => commands::check::run(&args),
        Command::Evaluate(args) => commands::evaluate::run(&args),
        Command::Topics(args) => commands::topics::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::List(args) => commands::list::run(&args),
    }
}
