package lanewise.properties.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.loss.CrossEntropyLoss;
import lanewise.nn.loss.Losses;
import lanewise.testing.GradientCheck;
import org.junit.jupiter.api.Test;

/**
 * What has a gradient is compared with finite differences: every backward kernel, every module, every function of tensors, every
 * loss. It counts as compared if a class of properties that uses {@link GradientCheck} calls it.
 */
class GradientCoverageTest {

    private static final JavaClasses ALL = new ClassFileImporter().importPackages("lanewise");
    private static final Pattern BACKWARD = Pattern.compile("backward\\w*|gradient\\w*|\\w+Gradient");

    /** What gives a tensor that nothing is differentiated through. */
    private static final Set<String> WITHOUT_GRADIENT = Set.of("of", "grad", "requiresGrad", "detach", "oneHot",
            "eq", "ge", "gt", "le", "lt");

    @Test
    void everyBackwardKernelIsChecked() {
        assertChecked(60, publicClasses("lanewise.kernels.").flatMap(GradientCoverageTest::publicMethods)
                .filter(method -> BACKWARD.matcher(method.getName()).matches()));
    }

    /** Built by its constructor, or by a method that stands for it. */
    @Test
    void everyModuleIsChecked() {
        assertChecked(70, publicClasses("lanewise.nn").filter(type -> type.isAssignableTo(Module.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .flatMap(type -> Stream.concat(type.getConstructors().stream(), publicMethods(type)
                        .filter(method -> method.getModifiers().contains(JavaModifier.STATIC)))));
    }

    @Test
    void everyFunctionOfTensorsAndEveryLossIsChecked() {
        assertChecked(60, Stream.of(Tensor.class, Losses.class, CrossEntropyLoss.class).map(ALL::get)
                .flatMap(GradientCoverageTest::publicMethods)
                .filter(method -> method.getRawReturnType().isEquivalentTo(Tensor.class))
                .filter(method -> !WITHOUT_GRADIENT.contains(method.getName())));
    }

    private static Stream<JavaClass> publicClasses(String packages) {
        return ALL.stream().filter(type -> type.getPackageName().startsWith(packages)
                && type.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static Stream<JavaMethod> publicMethods(JavaClass type) {
        return type.getMethods().stream().filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC));
    }

    /** Of overloads one is enough, and one way to make a module. */
    private static void assertChecked(int least, Stream<? extends JavaCodeUnit> units) {
        Map<String, List<JavaCodeUnit>> named = units.collect(Collectors.groupingBy(GradientCoverageTest::name));
        List<String> missing = named.entrySet().stream()
                .filter(entry -> entry.getValue().stream().noneMatch(GradientCoverageTest::isCalledBesideACheck))
                .map(Map.Entry::getKey).sorted().toList();
        assertEquals(List.of(), missing, "without a gradient check");
        assertTrue(named.size() >= least, () -> "only " + named.size() + " found");
    }

    private static String name(JavaCodeUnit unit) {
        String owner = unit.getOwner().getSimpleName();
        return unit.getOwner().isAssignableTo(Module.class) ? owner : owner + "." + unit.getName();
    }

    private static boolean isCalledBesideACheck(JavaCodeUnit unit) {
        return unit.getAccessesToSelf().stream().map(access -> outermost(access.getOriginOwner()))
                .anyMatch(origin -> origin.getPackageName().startsWith("lanewise.properties")
                        && origin.getDirectDependenciesFromSelf().stream()
                                .anyMatch(used -> used.getTargetClass().isEquivalentTo(GradientCheck.class)));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(GradientCoverageTest::outermost).orElse(type);
    }
}
