package lanewise.testing.contract;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A valid call of a kernel method, as data: sweeps change its arguments one at a time, repeat it, or digest what it wrote.
 * Arrays end with the operand that they hold, and leading dimensions are as small as they may be: then every change
 * that makes them smaller is an error.
 */
public final class KernelCall {

    private final Method method;
    private final Object target;
    private final Object[] arguments;

    private KernelCall(Method method, Object target, Object[] arguments) {
        this.method = method;
        this.target = target;
        this.arguments = arguments;
    }

    /**
     * A call of a public static method.
     *
     * @param type the class
     * @param name the method
     * @param arguments its arguments, by which overloads are told apart
     * @return the call
     * @throws IllegalArgumentException if not exactly one method fits
     */
    public static KernelCall of(Class<?> type, String name, Object... arguments) {
        return new KernelCall(method(type, name, arguments), null, arguments);
    }

    /**
     * A call of a public method of an object.
     *
     * @param target the object
     * @param name the method
     * @param arguments its arguments
     * @return the call
     * @throws IllegalArgumentException if not exactly one method fits
     */
    public static KernelCall on(Object target, String name, Object... arguments) {
        return new KernelCall(method(target.getClass(), name, arguments), target, arguments);
    }

    /**
     * The method that is called.
     *
     * @return the method
     */
    public Method method() {
        return method;
    }

    /**
     * The arguments.
     *
     * @return a copy of the list; the arrays in it are the ones that the kernel gets
     */
    public Object[] arguments() {
        return arguments.clone();
    }

    /**
     * The names of the parameters.
     *
     * @return the names, as declared
     * @throws IllegalStateException if the class was compiled without {@code -parameters}
     */
    public List<String> names() {
        return Arrays.stream(method.getParameters()).map(KernelCall::name).toList();
    }

    /**
     * The call with one argument changed.
     *
     * @param index which argument
     * @param value its new value
     * @return a new call
     */
    public KernelCall with(int index, Object value) {
        Object[] changed = arguments.clone();
        changed[index] = value;
        return new KernelCall(method, target, changed);
    }

    /**
     * Makes the call.
     *
     * @return what it threw, or null
     */
    public Throwable invoke() {
        try {
            method.invoke(target, arguments);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(this + " is not accessible", e);
        }
    }

    /**
     * The call as a handle of type {@code ()void} that allocates nothing itself.
     *
     * @return the handle
     */
    public MethodHandle handle() {
        try {
            MethodHandle handle = MethodHandles.publicLookup().unreflect(method);
            MethodHandle bound = target == null ? handle : handle.bindTo(target);
            return MethodHandles.insertArguments(bound, 0, arguments).asType(MethodType.methodType(void.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(this + " is not accessible", e);
        }
    }

    /**
     * Class and method, and the number of parameters where a name is overloaded.
     *
     * @return for example {@code Gemm.sgemm/17}
     */
    @Override
    public String toString() {
        return describe(method);
    }

    /**
     * A short name of a method.
     *
     * @param method the method
     * @return class and method, and the number of parameters where the name is overloaded
     */
    public static String describe(Method method) {
        boolean overloaded = overloads(method.getDeclaringClass(), method.getName()).count() > 1;
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + (overloaded ? "/" + method.getParameterCount() : "");
    }

    private static Method method(Class<?> type, String name, Object[] arguments) {
        List<Method> fitting = overloads(type, name).filter(m -> fits(m, arguments)).toList();
        if (fitting.size() != 1) {
            throw new IllegalArgumentException(fitting.size() + " public methods " + type.getSimpleName() + "." + name
                    + " fit these " + arguments.length + " arguments, need exactly one");
        }
        return fitting.get(0);
    }

    private static Stream<Method> overloads(Class<?> type, String name) {
        return Arrays.stream(type.getMethods()).filter(m -> m.getName().equals(name));
    }

    private static boolean fits(Method method, Object[] arguments) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!MethodType.methodType(types[i]).wrap().returnType().isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static String name(Parameter parameter) {
        if (!parameter.isNamePresent()) {
            throw new IllegalStateException(parameter.getDeclaringExecutable()
                    + " has no parameter names: compile its class with -parameters");
        }
        return parameter.getName();
    }
}
