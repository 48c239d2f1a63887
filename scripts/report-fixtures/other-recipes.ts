import type { Recipe } from './recipe.ts';

const PYTEST = `import sys, unittest, pytest
from shop import label
@pytest.fixture
def broken():
    raise RuntimeError("no database")
def test_adds():
    print("some output \\x1b[31mred\\x1b[0m")
    assert 1 + 2 == 3
def test_rounds():
    assert 1 + 2 == 4, "half <up> & down"
@pytest.mark.skip(reason="not here")
def test_not_tried():
    pass
@pytest.mark.xfail
def test_expected_to_fail():
    assert False
@pytest.mark.parametrize("n", [0, 1])
def test_label(n):
    assert label(n) == "one"
def test_error(broken):
    pass
class TestCart(unittest.TestCase):
    def test_in_class(self):
        self.assertEqual(1, 1)
`;
const SHOP_PY = `def label(count):
    if count == 0:
        return "empty"
    return "one" if count == 1 else "many"
def never():
    return "called"
`;
const GO_TEST = `package shop
import "testing"
func TestAdds(t *testing.T) { if Total(1, 2) != 3 { t.Fatal("wrong") } }
func TestRounds(t *testing.T) { t.Errorf("expected 4, got %d", Total(1, 2)) }
func TestSkipped(t *testing.T) { t.Skip("not here") }
func TestTable(t *testing.T) {
	for _, name := range []string{"one", "two words"} {
		t.Run(name, func(t *testing.T) { if name != "one" { t.Log("about to fail"); t.Fail() } })
	}
}
`;
const SHOP_GO = `package shop
func Total(a, b int) int {
	if a > 100 {
		return 0
	}
	return a + b
}
func Never() int { return 1 }
`;
const RUST = `pub fn total(a: u32, b: u32) -> u32 { a + b }
#[cfg(test)]
mod tests {
    use super::*;
    #[test] fn adds() { assert_eq!(total(1, 2), 3); }
    #[test] fn rounds() { assert_eq!(total(1, 2), 4, "half <up>"); }
    #[test] #[ignore] fn not_tried() {}
}
`;
const PHP = `<?php
use PHPUnit\\Framework\\TestCase;
final class CartTest extends TestCase {
    public function testAdds(): void { $this->assertSame(3, 1 + 2); }
    public function testRounds(): void { $this->assertSame(4, 1 + 2); }
    public function testThrows(): void { throw new RuntimeException('no database'); }
    public function testSkipped(): void { $this->markTestSkipped('not here'); }
    /** @dataProvider labels */
    public function testLabels(int $n): void { $this->assertGreaterThan(0, $n); }
    public function labels(): array { return ['one' => [1], 'none' => [0]]; }
}
`;
const BATS = `@test "adds" { [ $((1 + 2)) -eq 3 ]; }
@test "rounds" { echo "got 3"; [ $((1 + 2)) -eq 4 ]; }
@test "is not tried" { skip "not here"; }
`;
const PERL = `use Test::More;
ok(1 + 2 == 3, 'adds');
is(1 + 2, 4, 'rounds');
SKIP: { skip 'not here', 1; ok(1); }
TODO: { local $TODO = 'to come'; ok(0, 'is to come'); }
subtest 'label' => sub { plan tests => 2; ok(1, 'knows one'); ok(0, 'knows many'); };
done_testing();
`;
const CMAKE = `cmake_minimum_required(VERSION 3.20)
project(shop NONE)
enable_testing()
add_test(NAME adds COMMAND true)
add_test(NAME rounds COMMAND sh -c "echo expected 4; exit 1")
add_test(NAME not_tried COMMAND true)
set_tests_properties(not_tried PROPERTIES DISABLED TRUE)
add_test(NAME skips COMMAND sh -c "exit 77")
set_tests_properties(skips PROPERTIES SKIP_RETURN_CODE 77)
`;
const JAVA_TEST = `package shop;
import org.junit.*;
import static org.junit.Assert.*;
public class CartTest {
    private static int tries = 0;
    @Test public void adds() { System.out.println("some output"); assertEquals(3, Cart.total(1, 2)); }
    @Test public void rounds() { assertEquals(4, Cart.total(1, 2)); }
    @Test public void fails() { throw new IllegalStateException("no <database>"); }
    @Test public void isFlaky() { tries += 1; assertEquals(2, tries); }
    @Ignore("not here") @Test public void notTried() {}
}
`;
const JAVA = `package shop;
public class Cart {
    public static int total(int a, int b) { if (a > 100) { return 0; } return a + b; }
    public static int never() { return 1; }
}
`;
/** The versions are Debian's, whose repository is the only one that is asked. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
<properties><maven.compiler.source>11</maven.compiler.source><maven.compiler.target>11</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
<dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.x</version><scope>test</scope></dependency></dependencies>
<build><plugins><plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-surefire-plugin</artifactId><version>2.22.3</version>
<configuration><rerunFailingTestsCount>1</rerunFailingTestsCount></configuration></plugin></plugins></build></project>
`;
/** Debian's agent has no manifest, so the class is instrumented here, by the library itself. */
const JACOCO_REPORT = `import java.io.*; import java.nio.file.*;
import org.jacoco.core.analysis.*; import org.jacoco.core.data.*; import org.jacoco.core.instr.*; import org.jacoco.core.runtime.*;
import org.jacoco.report.*; import org.jacoco.report.xml.XMLFormatter;
public class Report extends ClassLoader {
  Class<?> define(byte[] code) { return defineClass("shop.Cart", code, 0, code.length); }
  public static void main(String[] a) throws Exception {
    byte[] original = Files.readAllBytes(Path.of("classes/shop/Cart.class"));
    IRuntime runtime = new LoggerRuntime(); RuntimeData data = new RuntimeData();
    byte[] instrumented = new Instrumenter(runtime).instrument(original, "shop.Cart");
    runtime.startup(data);
    new Report().define(instrumented).getMethod("total", int.class, int.class).invoke(null, 1, 2);
    ExecutionDataStore store = new ExecutionDataStore(); SessionInfoStore sessions = new SessionInfoStore();
    data.collect(store, sessions, false); runtime.shutdown();
    CoverageBuilder builder = new CoverageBuilder(); new Analyzer(store, builder).analyzeClass(original, "Cart");
    IReportVisitor visitor = new XMLFormatter().createVisitor(new FileOutputStream("jacoco.xml"));
    visitor.visitInfo(sessions.getInfos(), store.getContents());
    visitor.visitBundle(builder.getBundle("shop"), new DirectorySourceFileLocator(new File("."), "utf-8", 4)); visitor.visitEnd();
  } }
`;
const JARS =
  '/usr/share/java/org.jacoco.core.jar:/usr/share/java/org.jacoco.report.jar:/usr/share/java/asm.jar:/usr/share/java/asm-tree.jar:/usr/share/java/asm-commons.jar:/usr/share/java/asm-analysis.jar';
const CHECKSTYLE_CONFIG = `<?xml version="1.0"?>
<!DOCTYPE module PUBLIC "-//Checkstyle//DTD Checkstyle Configuration 1.3//EN" "https://checkstyle.org/dtds/configuration_1_3.dtd">
<module name="Checker"><module name="TreeWalker"><module name="NeedBraces"/><module name="MagicNumber"><property name="severity" value="info"/></module><module name="AvoidStarImport"><property name="severity" value="warning"/></module></module></module>
`;

export const otherRecipes: Recipe[] = [
  {
    name: 'pytest',
    needs: ['/usr/bin/python3'],
    files: { 'shop.py': SHOP_PY, 'test_shop.py': PYTEST },
    run: [
      '/usr/bin/python3 -m pytest -p no:cacheprovider --junitxml=junit.xml --cov=shop --cov-branch --cov-report=xml:coverage.xml --cov-report=lcov:lcov.info',
    ],
    keep: {
      'pytest.junit.xml': 'junit.xml',
      'coverage-py.cobertura.xml': 'coverage.xml',
      'coverage-py.lcov.info': 'lcov.info',
    },
  },
  {
    name: 'go test',
    needs: ['go'],
    files: {
      'go.mod': 'module example.com/shop\n\ngo 1.19\n',
      'shop.go': SHOP_GO,
      'shop_test.go': GO_TEST,
      'ok/ok_test.go': 'package ok\nimport "testing"\nfunc TestOk(t *testing.T) {}\n',
      'none/none.go': 'package none\n',
      'broken/broken_test.go': 'package broken\nimport "testing"\nfunc TestX(t *testing.T) { undefinedName() }\n',
      'panics/panics_test.go':
        'package panics\nimport "testing"\nfunc TestFine(t *testing.T) {}\nfunc TestPanics(t *testing.T) { var m map[string]int; m["x"] = 1 }\nfunc TestNever(t *testing.T) {}\n',
    },
    run: [
      'go test ./ok > warm.txt',
      'go test -json ./... > go-test.json 2>&1',
      'go test -json ./ok > cached.json',
      'go test -coverprofile=cover.out . > out.txt',
    ],
    keep: { 'go-test.json': 'go-test.json', 'go-test-cached.json': 'cached.json', 'go-cover.out': 'cover.out' },
  },
  {
    name: 'gotestsum',
    needs: ['gotestsum', 'go'],
    files: { 'go.mod': 'module example.com/shop\n\ngo 1.19\n', 'shop.go': SHOP_GO, 'shop_test.go': GO_TEST },
    run: ['gotestsum --junitfile junit.xml -- ./...'],
    keep: { 'gotestsum.junit.xml': 'junit.xml' },
  },
  {
    name: 'cargo test (libtest)',
    needs: ['cargo'],
    files: { 'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n', 'src/lib.rs': RUST },
    // The formatter is unstable; the variable is what lets a stable compiler show it.
    run: ['RUSTC_BOOTSTRAP=1 cargo test --offline --lib -- -Z unstable-options --format junit > junit.xml'],
    keep: { 'libtest.junit.xml': 'junit.xml' },
  },
  {
    name: 'PHPUnit',
    needs: ['phpunit'],
    files: { 'CartTest.php': PHP },
    run: ['phpunit --log-junit junit.xml CartTest.php'],
    keep: { 'phpunit.junit.xml': 'junit.xml' },
  },
  {
    name: 'bats',
    needs: ['bats'],
    files: { 'cart.bats': BATS },
    run: ['bats --tap cart.bats > out.tap', 'bats --report-formatter junit --output . cart.bats'],
    keep: { 'bats.tap': 'out.tap', 'bats.junit.xml': 'report.xml' },
  },
  {
    name: 'Test::More',
    needs: ['perl'],
    files: { 'cart.t': PERL },
    run: ['perl cart.t > out.tap 2> err.txt'],
    keep: { 'test-more.tap': 'out.tap' },
  },
  {
    name: 'CTest',
    needs: ['cmake', 'ctest'],
    files: { 'CMakeLists.txt': CMAKE },
    run: ['cmake -S . -B build > out.txt', 'ctest --test-dir build --output-junit junit.xml'],
    keep: { 'ctest.junit.xml': 'build/junit.xml' },
  },
  {
    name: 'Maven Surefire',
    needs: ['mvn', 'javac'],
    files: { 'pom.xml': POM, 'src/main/java/shop/Cart.java': JAVA, 'src/test/java/shop/CartTest.java': JAVA_TEST },
    run: ['mvn -o -B -Dmaven.repo.local=/usr/share/maven-repo -Dmaven.test.failure.ignore=true test > mvn.txt'],
    keep: { 'surefire.junit.xml': 'target/surefire-reports/TEST-shop.CartTest.xml' },
  },
  {
    name: 'JaCoCo',
    needs: ['javac'],
    files: {
      'Cart.java': JAVA,
      'Report.java': JACOCO_REPORT,
    },
    run: [
      'javac -g --release 11 -d classes Cart.java',
      `javac -cp ${JARS} -d . Report.java && java -cp .:${JARS} Report`,
    ],
    keep: { 'jacoco.xml': 'jacoco.xml' },
  },
  {
    name: 'Checkstyle',
    needs: ['checkstyle'],
    files: { 'Cart.java': JAVA.replace('{ return 0; }', 'return 0;'), 'rules.xml': CHECKSTYLE_CONFIG },
    run: ['checkstyle -c rules.xml -f xml -o checkstyle.xml Cart.java'],
    keep: { 'checkstyle.xml': 'checkstyle.xml' },
  },
];
