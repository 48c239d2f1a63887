/**
 * One step forwards; there are none back. Its statements run in the transaction that also notes it as done. The text of a
 * migration that has been released is never edited: a database that ran another text is refused.
 */
export type Migration = { number: number; name: string; sql: string };
