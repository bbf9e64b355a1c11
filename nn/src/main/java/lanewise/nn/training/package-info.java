/** A loop that trains: epochs, validation, schedules, checkpoints, a graceful stop. What it does can as well be written by hand. */
package lanewise.nn.training;
