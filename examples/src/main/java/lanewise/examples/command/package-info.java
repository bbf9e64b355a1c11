/** The commands: what they read from the command line, what they print and with which exit code they end. */
package lanewise.examples.command;
