/** The JSON Schemas that `quoderat schema` prints. */
export const schemaNames = ['manifest', 'envelope', 'event'] as const;
export type SchemaName = (typeof schemaNames)[number];
