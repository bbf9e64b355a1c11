package lanewise.examples.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CpuTest {

    @Test
    void theModelIsReadFromLinux() {
        assertEquals("Fast CPU @ 3 GHz",
                Cpu.modelName("processor\t: 0\nmodel name\t: Fast CPU @ 3 GHz\nmodel name\t: B\n"));
    }

    @Test
    void whereThereIsNoneTheArchitectureServes() {
        assertEquals(System.getProperty("os.arch"), Cpu.modelName("processor\t: 0\nCPU part\t: 0xd0c\n"));
    }
}
