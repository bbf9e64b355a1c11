package lanewise.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HomeTest {

    @Test
    void theModuleIsTheFolderAboveTarget() {
        assertEquals(Path.of("/a/bench"), Home.moduleOf(Path.of("/a/bench/target/classes")));
        assertEquals(Path.of("/a/bench"), Home.moduleOf(Path.of("/a/bench/target/lib/lanewise-bench-1.jar")));
    }

    @Test
    void classesElsewhereHaveNoModule() {
        assertThrows(IllegalStateException.class, () -> Home.moduleOf(Path.of("/a/lanewise-bench-1.jar")));
    }

    @Test
    void lanewiseRunsWithTheOptionOfTheVectorApiAndThoseOfTheCommandLine() {
        var home = new Home(Path.of("bench"), List.of("-XX:UseAVX=2"));
        assertEquals(List.of("--add-modules", "jdk.incubator.vector", "-XX:UseAVX=2"),
                home.lanewise("Engine").jvmArguments());
    }
}
