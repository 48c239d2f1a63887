import { readJarVersion, readJdkVersion, readPackageVersion } from './tool-files.ts';

export type Tool = {
  /** The key in runner_context.toolchain is `<key>_version`. */
  key: string;
  /** Names on PATH; the first that is there and answers counts. */
  names: readonly string[];
  args: readonly string[];
  /** Finds the version, as its first group, in the first line that the tool prints. */
  pattern: RegExp;
  /** Reads the version beside the program's file, which spares starting it. */
  read?: (file: string) => Promise<string | null>;
};

const PLAIN = /^v?(\d+\.\d\S*)$/;

/**
 * The tools whose versions are recorded. Those that start a JVM or Node only to print a line come last, and are read
 * from their files where these tell. pip is not asked: it takes 0.7 s, and says little beside Python's version.
 */
export const tools: readonly Tool[] = [
  tool('git', /^git version (\d\S*)/),
  tool('bash', /^GNU bash, version (\d+\.\d+\.\d+)/),
  tool('make', /^GNU Make (\d\S*)/),
  // The distribution's own version stands in the brackets.
  tool('gcc', /^\S*gcc\S* \(.*\) (\d\S*)/),
  tool('clang', /clang version (\d+\.\d+\.\d+)/),
  tool('cmake', /^cmake version (\d\S*)/),
  tool('docker', /^Docker version (\d[^,\s]*)/),
  tool('go', /^go version (?:go)?(\S+)/, { args: ['version'] }),
  tool('rustc', /^rustc (\d\S*)/),
  tool('cargo', /^cargo (\d\S*)/),
  tool('python', /^Python (\d\S*)/, {
    names: process.platform === 'win32' ? ['python', 'python3'] : ['python3', 'python'],
  }),
  tool('ruby', /^ruby (\d\S*)/),
  tool('php', /^PHP (\d\S*)/),
  tool('bun', PLAIN),
  tool('deno', /^deno (\d\S*)/),
  tool('node', PLAIN),
  tool('dotnet', PLAIN),
  tool('npm', PLAIN, { read: readPackageVersion('npm') }),
  tool('pnpm', PLAIN, { read: readPackageVersion('pnpm') }),
  // A project may bring its own yarn, which only yarn itself finds.
  tool('yarn', PLAIN),
  tool('java', /^\S+ version "([^"]+)"/, { args: ['-version'], read: readJdkVersion }),
  tool('gradle', /^Gradle (\d\S*)/, { read: readJarVersion(/^gradle-(?:core|launcher)-(\d.*)\.jar$/) }),
  tool('mvn', /^Apache Maven (\d\S*)/, { read: readJarVersion(/^maven-core-(\d+\.\d+\.\d.*)\.jar$/) }),
];

/** Where those tools, and the managers whose shims stand for them, keep what they need to start. */
export const toolHomes = [
  'ASDF_DATA_DIR',
  'ASDF_DIR',
  'CARGO_HOME',
  'COREPACK_HOME',
  'DEVELOPER_DIR',
  'DOTNET_ROOT',
  'GOROOT',
  'JAVA_HOME',
  'MISE_DATA_DIR',
  'NVM_DIR',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'RBENV_ROOT',
  'RBENV_VERSION',
  'RUSTUP_HOME',
  'RUSTUP_TOOLCHAIN',
  'VOLTA_HOME',
] as const;

/** A port that nobody listens on: what has no switch of its own against downloading is refused at once. */
const NOWHERE = 'http://127.0.0.1:9';

/** Many of these programs are shims that download the version a project asks for. A question must not do that. */
export const quietEnv = {
  ALL_PROXY: NOWHERE,
  HTTPS_PROXY: NOWHERE,
  HTTP_PROXY: NOWHERE,
  https_proxy: NOWHERE,
  http_proxy: NOWHERE,
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  COREPACK_ENABLE_NETWORK: '0',
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_GENERATE_ASPNET_CERTIFICATE: 'false',
  DOTNET_NOLOGO: '1',
  DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
  GOTOOLCHAIN: 'local',
  MISE_OFFLINE: '1',
  MISE_NOT_FOUND_AUTO_INSTALL: 'false',
  NO_COLOR: '1',
  NO_UPDATE_NOTIFIER: '1',
  PROTO_AUTO_INSTALL: 'false',
  PROTO_OFFLINE: 'true',
  RUSTUP_AUTO_INSTALL: '0',
  npm_config_manage_package_manager_versions: 'false',
} as const;

function tool(key: string, pattern: RegExp, more: Partial<Omit<Tool, 'key' | 'pattern'>> = {}): Tool {
  return { key, names: [key], args: ['--version'], pattern, ...more };
}
