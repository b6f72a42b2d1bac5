import type {Json} from '../../../../core/json.ts';
import type {StatusCause} from '../../../status-error.ts';

export type Causes = readonly StatusCause[];

const cause = (reason: string, field: string, message: string): StatusCause => ({reason, message, field});
const words = (detail: string) => (detail === '' ? '' : `: ${detail}`);

export const required = (field: string, detail = ''): StatusCause => cause('FieldValueRequired', field, `Required value${words(detail)}`);
export const invalidValue = (field: string, value: Json, detail: string): StatusCause =>
	cause('FieldValueInvalid', field, `Invalid value: ${JSON.stringify(value)}${words(detail)}`);
export const forbidden = (field: string, detail: string): StatusCause => cause('FieldValueForbidden', field, `Forbidden: ${detail}`);
export const duplicate = (field: string, value: Json): StatusCause =>
	cause('FieldValueDuplicate', field, `Duplicate value: ${JSON.stringify(value)}`);
export const notFound = (field: string, value: Json): StatusCause =>
	cause('FieldValueNotFound', field, `Not found: ${JSON.stringify(value)}`);
export const unsupported = (field: string, value: Json, supported: readonly string[]): StatusCause => {
	const list = supported.map(text => JSON.stringify(text)).join(', ');
	return cause('FieldValueNotSupported', field, `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`);
};

export const immutable = 'field is immutable';

/** Zero or more, if it is there at all. */
export const nonNegative = (field: string, value: Json | undefined): Causes =>
	typeof value === 'number' && value < 0 ? [invalidValue(field, value, 'must be greater than or equal to 0')] : [];

export const inRange = (field: string, value: Json | undefined, low: number, high: number): Causes =>
	typeof value === 'number' && (value < low || value > high)
		? [invalidValue(field, value, `must be between ${low} and ${high}, inclusive`)]
		: [];
