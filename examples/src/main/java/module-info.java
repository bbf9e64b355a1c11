/** The systems of the literature, runnable, and the command line. */
module lanewise.examples {
    requires info.picocli;
    requires lanewise.nn;

    opens lanewise.examples to
            info.picocli;
}
