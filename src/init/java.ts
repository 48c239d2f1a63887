import type { ProjectDraft, StepDraft } from './draft.ts';
import { findProjects, type Project, type Repository } from './repository.ts';

/** Which Java is used, on machines that have several. */
const passEnv = ['JAVA_HOME'];

/** The steps of Maven projects: Surefire leaves a JUnit file for each class without being asked. */
export function draftMaven(repository: Repository): ProjectDraft[] {
  return findProjects(repository, ['pom.xml']).map((project) => {
    const pom = project.texts.get('pom.xml') ?? '';
    const anywhere = /<modules>/.test(pom) ? '**/' : '';
    const maven = `${project.names.has('mvnw') ? 'sh ./mvnw' : 'mvn'} --batch-mode --no-transfer-progress`;
    const packaging = /<packaging>\s*([a-z]+)\s*<\/packaging>/.exec(pom)?.[1] ?? 'jar';
    const steps: StepDraft[] = [
      {
        id: 'test',
        kind: 'test',
        run: `${maven} test`,
        reports: [{ path: `${anywhere}target/surefire-reports/TEST-*.xml`, format: 'junit' }],
      },
      {
        id: 'build',
        kind: 'build',
        run: `${maven} -DskipTests package`,
        needs: ['test'],
        outputs: [`${anywhere}target/*.${packaging === 'war' || packaging === 'ear' ? packaging : 'jar'}`],
      },
    ];
    return { ecosystem: 'maven', cwd: project.cwd, from: ['pom.xml'], steps, passEnv };
  });
}

/** The steps of Gradle builds. Tests that are up to date would leave an old report, so they are made to run. */
export function draftGradle(repository: Repository): ProjectDraft[] {
  return findProjects(repository, gradleFiles).map((project) => {
    const settings = project.texts.get('settings.gradle') ?? project.texts.get('settings.gradle.kts') ?? '';
    const anywhere = /^\s*include\b/m.test(settings) ? '**/' : '';
    // A daemon would outlive the step, and be ended with it.
    const gradle = `${toGradle(project)} --no-daemon`;
    const steps: StepDraft[] = [
      {
        id: 'test',
        kind: 'test',
        run: `${gradle} cleanTest test`,
        reports: [{ path: `${anywhere}build/test-results/test/*.xml`, format: 'junit' }],
      },
      {
        id: 'build',
        kind: 'build',
        run: `${gradle} assemble`,
        needs: ['test'],
        outputs: [`${anywhere}build/libs/*.jar`],
      },
    ];
    const from = gradleFiles.filter((file) => project.names.has(file));
    return { ecosystem: 'gradle', cwd: project.cwd, from, steps, passEnv };
  });
}

const gradleFiles = ['build.gradle', 'build.gradle.kts'];

function toGradle({ names }: Project): string {
  return names.has('gradlew') ? 'sh ./gradlew' : 'gradle';
}
