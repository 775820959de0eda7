//! Dumps: quick reading is full reading, budgets and cores change nothing, damage costs what it
//! damages, and a run that was ended goes on.

mod cost;
mod damage;
mod frames;
mod going_on;
mod program;
mod quick;
mod rows;
