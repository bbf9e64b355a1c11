package lanewise.properties.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md that a program can check, over the compiled classes. */
class ArchitectureTest {

    private static final String VECTOR_API = "jdk.incubator.vector..";
    // In the interpreter for ever: HotSpot does not compile a method of more than 8,000 bytes.
    private static final int HUGE_METHOD = 8_000;

    private static final JavaClasses KERNELS = new ClassFileImporter().importPackages("lanewise.kernels");
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("lanewise");

    @Test
    void arrowsBetweenModulesPointOneWay() {
        noClasses().that().resideInAPackage("lanewise.kernels..").should().dependOnClassesThat()
                .resideInAnyPackage("lanewise.nn..", "lanewise.testing..", "lanewise.examples..", "lanewise.bench..")
                .check(ALL);
        noClasses().that().resideInAPackage("lanewise.nn..").should().dependOnClassesThat()
                .resideInAnyPackage("lanewise.testing..", "lanewise.examples..", "lanewise.bench..").check(ALL);
        noClasses().that().resideInAPackage("lanewise.testing..").should().dependOnClassesThat()
                .resideInAnyPackage("lanewise.examples..", "lanewise.bench..").check(ALL);
    }

    @Test
    void kernelsDependOnTheJdkAlone() {
        classes().that().resideInAPackage("lanewise.kernels..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("lanewise.kernels..", "java..", "jdk.jfr..", "com.sun.management..", VECTOR_API)
                .check(ALL);
        classes().that().resideInAPackage("lanewise.nn..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("lanewise.nn..", "lanewise.kernels..", "java..", "javax.imageio..", "jdk.jfr..")
                .check(ALL);
    }

    @Test
    void onlyKernelsTouchTheVectorApi() {
        noClasses().that().resideOutsideOfPackage("lanewise.kernels..").should().dependOnClassesThat()
                .resideInAPackage(VECTOR_API).check(ALL);
        noClasses().that().resideInAPackage("lanewise.kernels").should().dependOnClassesThat()
                .resideInAPackage(VECTOR_API)
                .check(ALL);
    }

    @Test
    void onlyLanesReadsSystemPropertiesAndTheHardware() {
        noClasses().that().resideInAPackage("lanewise.kernels..").and().doNotHaveSimpleName("Lanes").should()
                .callMethod(System.class, "getProperty", String.class).orShould()
                .callMethod(System.class, "getProperty", String.class, String.class).orShould()
                .callMethod(System.class, "getenv", String.class).orShould()
                .callMethod(Integer.class, "getInteger", String.class).orShould()
                .callMethod(Integer.class, "getInteger", String.class, int.class).orShould()
                .callMethod(Boolean.class, "getBoolean", String.class).orShould().dependOnClassesThat()
                .resideInAPackage("com.sun.management..").check(ALL);
        noClasses().should().callMethod(System.class, "setProperty", String.class, String.class).check(ALL);
    }

    @Test
    void librariesPrintNothing() {
        noClasses().that().resideInAnyPackage("lanewise.kernels..", "lanewise.nn..").should()
                .accessField(System.class, "out").orShould().accessField(System.class, "err").check(ALL);
    }

    @Test
    void aSpeciesIsAConstant() {
        fields().that().haveRawType(VectorSpecies.class).should().beStatic().andShould().beFinal().check(KERNELS);
    }

    /** After vectors of a second width C2 may keep those of every kernel as objects: decision 0011. */
    @Test
    void onlyLanesChoosesTheWidthOfVectors() {
        noClasses().that().doNotHaveSimpleName("Lanes").should()
                .accessFieldWhere(DescribedPredicate.describe("it is a species of the Vector API",
                        access -> access.getTarget().getName().startsWith("SPECIES_")))
                .orShould().callMethod(VectorShape.class, "forBitSize", int.class).check(KERNELS);
    }

    /** As the start of an accumulator a static vector is boxed in every iteration. */
    @Test
    void noVectorIsKeptInAField() {
        noFields().should().haveRawType(DescribedPredicate.describe("a vector",
                (JavaClass type) -> type.isAssignableTo(Vector.class)
                        || type.getBaseComponentType().isAssignableTo(Vector.class)))
                .check(KERNELS);
    }

    @Test
    void nothingStaticChangesOrRuns() {
        fields().that().areStatic().and().areDeclaredInClassesThat(resideInAPackage("lanewise..")).should().beFinal()
                .check(ALL);
        noFields()
                .that().areStatic().should().haveRawType(DescribedPredicate.describe("a thread, an executor or a team",
                        (JavaClass type) -> type.isAssignableTo(Executor.class) || type.isAssignableTo(Thread.class)
                                || type.isAssignableTo(Workers.class)))
                .check(ALL);
    }

    @Test
    void classesOfKernelFamiliesAreFinalAndHaveNoPublicConstructor() {
        classes().that().resideInAPackage("lanewise.kernels.(*)").and()
                .resideOutsideOfPackage("lanewise.kernels.internal")
                .and().arePublic().and().areTopLevelClasses().and().areNotEnums().should().haveModifier(
                        JavaModifier.FINAL)
                .andShould().haveOnlyPrivateConstructors().check(KERNELS);
    }

    /** Its bits change when the JIT compiles it; kernels store the lanes and add them with {@code Lanes.sum}. */
    @Test
    void lanesOfFloatsAreNeverAddedByTheVectorApi() {
        int reductions = 0;
        List<String> wrong = new ArrayList<>();
        for (ClassModel type : kernelClasses()) {
            for (MethodModel method : type.methods()) {
                String operator = "";
                for (CodeElement element : method.code().<Iterable<CodeElement>>map(code -> code).orElse(List.of())) {
                    if (element instanceof FieldInstruction field
                            && field.owner().asInternalName().equals("jdk/incubator/vector/VectorOperators")) {
                        operator = field.name().stringValue();
                    } else if (element instanceof InvokeInstruction call && call.name().equalsString("reduceLanes")
                            && call.owner().asInternalName().equals("jdk/incubator/vector/FloatVector")) {
                        reductions++;
                        if (!operator.equals("MAX") && !operator.equals("MIN")) {
                            wrong.add(name(type, method) + " reduces with " + operator);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(reductions > 0, "no call of reduceLanes seen: the rule reads something else");
    }

    /** Their bits differ between CPUs and between interpreter and compiler. */
    @Test
    void transcendentalOperatorsOfTheVectorApiAreNotUsed() {
        List<String> inexact = List.of("EXP", "LOG", "TANH", "POW", "SIN", "COS", "TAN", "EXPM1", "LOG1P", "LOG10",
                "CBRT",
                "HYPOT", "SINH", "COSH", "ASIN", "ACOS", "ATAN", "ATAN2");
        for (String operator : inexact) {
            noClasses().should().accessField(VectorOperators.class, operator).check(KERNELS);
        }
    }

    @Test
    void methodsAreSmallEnoughForTheCompiler() {
        List<String> huge = new ArrayList<>();
        for (ClassModel type : kernelClasses()) {
            for (MethodModel method : type.methods()) {
                int length = method.findAttribute(Attributes.code()).map(code -> code.codeLength()).orElse(0);
                if (length >= HUGE_METHOD) {
                    huge.add(name(type, method) + " has " + length + " bytes");
                }
            }
        }
        assertEquals(List.of(), huge, "methods that HotSpot never compiles");
    }

    private static List<ClassModel> kernelClasses() {
        return KERNELS.stream().map(ArchitectureTest::read).toList();
    }

    private static ClassModel read(JavaClass type) {
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(ClassModel type, MethodModel method) {
        return type.thisClass().asInternalName() + "." + method.methodName().stringValue();
    }
}
