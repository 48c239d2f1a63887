/** How the real tool is made to write its reports. */
export type Recipe = {
  name: string;
  /** Programs that must be on PATH. */
  needs: string[];
  /** npm packages, installed beside the project and not among its dependencies. */
  packages?: string[];
  /** The project that is run, by path. */
  files: Record<string, string>;
  /** Shell scripts, one after another. Their exit codes do not matter: many of the tests are to fail. */
  run: string[];
  /** What is kept: the file that the tool wrote, by the name of the fixture. */
  keep: Record<string, string>;
};
