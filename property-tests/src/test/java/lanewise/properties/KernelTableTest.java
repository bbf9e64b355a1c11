package lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.kernels.Workers;
import lanewise.kernels.layout.Layout;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.contract.ArgumentRejectionContract;
import lanewise.testing.contract.KernelCall;
import lanewise.testing.contract.ZeroAllocationContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The sweeps over the table of all kernels, and that the table is complete. */
class KernelTableTest implements ArgumentRejectionContract, ZeroAllocationContract {

    private static final Filling FILLING = new Filling(Filling.Kind.UNIT, 1);
    private static final Workers WORKERS = Workers.of(2);

    /** They keep a reference to the bias; how long it must be is known when the product is called. */
    private static final Set<String> NOT_KERNELS = Set.of("Epilogue.biasPerColumn", "Epilogue.biasPerRow");

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Override
    public List<KernelCall> calls() {
        return Stream.concat(Kernels.calls(WORKERS, 3, 5, 4, FILLING).stream(),
                Kernels.factories(3, 5, 4, FILLING).stream()).toList();
    }

    /** Sizes below and above those at which threads share the work. */
    @Override
    public List<KernelCall> allocationFreeCalls() {
        return Stream.concat(Kernels.calls(WORKERS, 3, 35, 17, FILLING).stream(),
                Kernels.calls(WORKERS, 64, 264, 24, FILLING).stream()).toList();
    }

    @Test
    void everyPublicKernelMethodIsInTheTable() {
        Set<String> tabled = calls().stream().map(call -> call.method().toString()).collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        int known = 0;
        for (Method method : kernelMethods()) {
            if (tabled.contains(method.toString())) {
                known++;
            } else if (!NOT_KERNELS.contains(KernelCall.describe(method))) {
                missing.add(KernelCall.describe(method));
            }
        }
        assertEquals(List.of(), missing, "public kernel methods without a row in Kernels");
        assertEquals(tabled.size(), known, "methods of the table that the sweep over the classes did not find");
    }

    /** What computes on arrays: all public methods of the families that take one, but for what makes geometries and views. */
    private static List<Method> kernelMethods() {
        List<Method> methods = new ArrayList<>();
        for (JavaClass type : new ClassFileImporter().importPackages("lanewise.kernels")) {
            if (type.getPackageName().startsWith("lanewise.kernels.")
                    && !type.getPackageName().startsWith("lanewise.kernels.internal")
                    && !type.getSimpleName().endsWith("Geometry") && type.reflect() != Layout.class
                    && Modifier.isPublic(type.reflect().getModifiers())) {
                Arrays.stream(type.reflect().getDeclaredMethods()).filter(m -> Modifier.isPublic(m.getModifiers()))
                        .filter(m -> Arrays.stream(m.getParameterTypes()).anyMatch(Class::isArray))
                        .forEach(methods::add);
            }
        }
        return methods;
    }
}
