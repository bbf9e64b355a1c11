/**
 * Examines the machine and the JVM: what they can do, whether each kernel family comes as near to it as it should, and if
 * not, which setting is in the way.
 */
package lanewise.examples.doctor;
