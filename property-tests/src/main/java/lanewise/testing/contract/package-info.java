/**
 * What kernels must keep, as interfaces whose default methods are tests: a class of properties implements the contract of
 * its kernel's kind, says in a few lines how to call the kernel and what it means, and inherits the tests. They run with
 * jqwik 1.9 and JUnit Jupiter 5 on the JUnit Platform.
 */
package lanewise.testing.contract;
