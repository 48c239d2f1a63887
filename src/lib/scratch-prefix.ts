/** How the names of a run's temporary folders begin: by this they are found when its process was killed (dropScratch). */
export function toScratchPrefix(runMark: string): string {
  return `quoderat-${runMark}-`;
}
