package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** These tests must run on the module path, as users do; a build tool once fell back to the class path in silence. */
class ModulePathTest {

    @Test
    void testsRunInsideTheNamedModule() {
        assertTrue(Tensor.class.getModule().isNamed());
        assertEquals("lanewise.nn", getClass().getModule().getName());
    }
}
