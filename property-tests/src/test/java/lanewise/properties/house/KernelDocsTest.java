package lanewise.properties.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Every public kernel method has the tags of docs/kernel-contract.md, all of them and in their order. */
class KernelDocsTest {

    private static final List<String> TAGS = List.of("shape", "writes", "aliasing", "workspace", "error", "special",
            "deterministic", "source");
    private static final Pattern TAG = Pattern.compile("^\\s*@(\\w+)\\s+\\S", Pattern.MULTILINE);
    private static final String SOURCES = "kernels/src/main/java/lanewise/kernels";

    @Test
    void publicKernelMethodsHaveAllTagsInOrder() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> wrong = new ArrayList<>();
        int[] checked = {0};
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null,
                    files.getJavaFileObjectsFromPaths(Repository.javaFiles(SOURCES)));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new TreePathScanner<Void, ClassTree>() {

                    @Override
                    public Void visitClass(ClassTree type, ClassTree outer) {
                        return super.visitClass(type, type);
                    }

                    @Override
                    public Void visitMethod(MethodTree method, ClassTree type) {
                        if (isKernel(unit, method, type)) {
                            checked[0]++;
                            String comment = docs.getDocComment(getCurrentPath());
                            List<String> tags = comment == null ? List.of() : tags(comment);
                            if (!tags.equals(TAGS)) {
                                wrong.add(type.getSimpleName() + "." + method.getName() + "/"
                                        + method.getParameters().size()
                                        + " has " + tags);
                            }
                        }
                        return super.visitMethod(method, type);
                    }
                }.scan(unit, null);
            }
        }
        assertEquals(List.of(), wrong, "kernel methods without exactly the tags " + TAGS);
        assertTrue(checked[0] > 20, "only " + checked[0] + " kernel methods found");
    }

    /** A kernel: a public static method of a family that returns nothing and takes an array. */
    private static boolean isKernel(CompilationUnitTree unit, MethodTree method, ClassTree type) {
        String family = unit.getPackageName().toString();
        return method.getModifiers().getFlags().contains(Modifier.PUBLIC)
                && method.getModifiers().getFlags().contains(Modifier.STATIC)
                && type.getModifiers().getFlags().contains(Modifier.PUBLIC) && family.startsWith("lanewise.kernels.")
                && !family.startsWith("lanewise.kernels.internal") && method.getReturnType().toString().equals("void")
                && method.getParameters().stream().map(VariableTree::getType)
                        .anyMatch(t -> t.toString().endsWith("[]"));
    }

    private static List<String> tags(String comment) {
        return TAG.matcher(comment).results().map((MatchResult tag) -> tag.group(1)).filter(TAGS::contains).toList();
    }
}
