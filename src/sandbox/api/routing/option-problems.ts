import type {StatusCause} from '../../status-error.ts';

/** What is wrong with one option of a request. */
export type Problem = StatusCause & {readonly field: string};

export const forbidden = (field: string, why: string): Problem => ({reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field});

export const unsupported = (field: string, value: string | readonly string[], supported: readonly string[]): Problem => ({
	reason: 'FieldValueNotSupported',
	message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported.map(word => JSON.stringify(word)).join(', ')}`,
	field,
});
