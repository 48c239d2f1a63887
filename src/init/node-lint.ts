import type { Reporting } from './draft.ts';
import type { NodePackage } from './node-package.ts';
import { parseLastCommand } from './script-text.ts';

/**
 * How a script of checks is run, with the findings of eslint or oxlint as a report. The report takes the place of what
 * people read, so a run that fails is followed by one for them.
 */
export function toLintCommand(found: NodePackage, script: string): Reporting & { run: string } {
  const { manager, scripts, dependencies } = found;
  const again = `|| { ${manager.run(script)}; exit 1; }`;
  const command = parseLastCommand(scripts.get(script) ?? '');
  const hasFormat = command?.args.some((word) => /^(?:-f|-o|--format|--output-file|--fix)\b/.test(word)) ?? true;
  if (command?.program === 'eslint' && !hasFormat) {
    return {
      run: `${manager.run(script, '--format json --output-file eslint.json')} ${again}`,
      reports: [{ path: 'eslint.json', format: 'eslint' }],
    };
  }
  if (command?.program === 'oxlint' && !hasFormat && command.alone) {
    const format = writesSarif(dependencies.get('oxlint') ?? '') ? 'sarif' : 'checkstyle';
    const file = format === 'sarif' ? 'oxlint.sarif' : 'oxlint.xml';
    return {
      run: `${manager.runSilent(script, `--format=${format}`)} > ${file} ${again}`,
      reports: [{ path: file, format }],
    };
  }
  return { run: manager.run(script) };
}

/** Later versions of oxlint write SARIF; Checkstyle's format all of them. */
function writesSarif(range: string): boolean {
  const [, major = '0', minor = '0'] = /^[~^]?(\d+)\.(\d+)/.exec(range) ?? [];
  return Number(major) > 1 || (major === '1' && Number(minor) >= 90);
}
