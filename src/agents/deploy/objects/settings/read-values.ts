import {MkcoaError} from '../../../../core/error.ts';
import type {Assignment} from './assignments.ts';
import type {ValueSource} from './value-source.ts';

/** Bytes of each key. */
export type Values = ReadonlyMap<string, Uint8Array>;

/** The server takes no object larger than this. MaxSecretSize in k8s.io/kubernetes/pkg/apis/core. */
const most = 1024 * 1024;

const bytes = (text: string) => new TextEncoder().encode(text);

function ofVariable(name: string, source: ValueSource): Uint8Array {
	const value = /^[A-Za-z_]\w*$/.test(name) ? source.fromEnvironment(name) : undefined;
	if (value !== undefined) return bytes(value);
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-variable',
		what: 'An environment variable of --from-env is not set',
		why: 'what was typed is not shown, in case it is the value',
		next: 'Write the name of a variable that is exported: --from-env KEY=VARIABLE',
	});
}

/**
 * Reads the value of every key. All questions are asked together.
 * @throws MkcoaError `no-such-variable`, `empty-value`, `too-large`, and as the source does
 */
export async function readValues(assignments: readonly Assignment[], source: ValueSource): Promise<Values> {
	const asked = assignments.filter(({source: {kind}}) => kind === 'prompt');
	const answers = asked.length === 0 ? [] : await source.fromPrompt(asked.map(({key}) => key));
	const typed = new Map(asked.map(({key}, index) => [key, answers[index] ?? '']));
	const values = new Map<string, Uint8Array>();
	for (const {
		key,
		source: {kind, from},
	} of assignments) {
		const value =
			kind === 'prompt' ? bytes(typed.get(key) ?? '') : kind === 'environment' ? ofVariable(from, source) : await source.fromFile(from);
		if (value.length === 0)
			throw new MkcoaError({
				kind: 'usage',
				code: 'empty-value',
				what: `The value of ${key} is empty`,
				next: 'Give it a value; --remove takes a key away',
			});
		values.set(key, value);
	}
	const size = [...values.values()].reduce((sum, {length}) => sum + length, 0);
	if (size > most)
		throw new MkcoaError({
			kind: 'usage',
			code: 'too-large',
			what: `The values are ${size} bytes, and the server takes ${most}`,
			next: 'Keep large files in a volume',
		});
	return values;
}

/** The text of bytes, undefined where they are none. */
export function textOf(value: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(value);
	} catch {
		return undefined;
	}
}

export const base64Of = (value: Uint8Array) => Buffer.from(value).toString('base64');
