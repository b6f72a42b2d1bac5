import {linkSync, lstatSync, readFileSync, renameSync, rmSync} from 'node:fs';
import * as z from 'zod';
import {MkcoaError} from '../core/error.ts';
import type {PlanFiles} from '../core/journal.ts';
import type {Plan} from '../core/plan.ts';
import {checkedPlan} from './checked-plan.ts';
import {planSchema} from './plan-schema.ts';
import {getSealed, putSealed} from './sealed-store.ts';
import type {Storage} from './storage.ts';
import {isCode, writeNewFile} from './user-key.ts';

const apiVersion = 'mkcoa.dev/v1';

/** What every version of a plan file has. */
const headerSchema = z.object({apiVersion: z.string().startsWith('mkcoa.dev/'), kind: z.literal('Plan')});

const fileSchema = z.object({
	digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hexadecimal digits'),
	plan: planSchema,
	sealedId: z.string().optional(),
});

/** Plan files: JSON of `apiVersion`, `kind`, `digest`, `plan`, and `sealedId`, which names the secret values in the state of this machine. */
export function planFiles(storage: Storage): PlanFiles {
	const randomName = () => Buffer.from(storage.randomBytes(16)).toString('hex');
	return {
		write: async (path, plan, digest, sealed) =>
			inWords('plan-file-not-written', `The plan file ${path} cannot be written`, () => {
				const replaces = refuseOthersFile(path);
				const sealedId = Object.keys(sealed).length === 0 ? undefined : randomName();
				const text = `${JSON.stringify({apiVersion, kind: 'Plan', digest, plan, sealedId}, null, '\t')}\n`;
				if (sealedId !== undefined) putSealed(storage, {kind: 'file', id: sealedId, digest}, sealed);
				place(path, text, `${path}.${randomName()}`, replaces);
			}),

		read: async path => {
			const text = inWords('plan-file-not-read', `The plan file ${path} cannot be read`, () => readFileSync(path, 'utf8'));
			const {plan, digest, sealedId} = parsePlanFile(path, text);
			return {plan, digest, sealed: sealedId === undefined ? {} : getSealed(storage, {kind: 'file', id: sealedId, digest})};
		},
	};
}

function parsePlanFile(path: string, text: string) {
	const value = parseJson(path, text);
	const header = headerSchema.safeParse(value);
	if (!header.success) throw badFile(path, 'it is no plan that mkcoa wrote');
	if (header.data.apiVersion !== apiVersion)
		throw badFile(path, `it is of version ${header.data.apiVersion}, and this mkcoa reads ${apiVersion}`);
	const file = fileSchema.safeParse(value);
	if (file.success) return {...file.data, plan: untouched(path, file.data)};
	const [issue] = file.error.issues;
	throw badFile(path, `${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'it does not fit'}`);
}

function untouched(path: string, {plan, digest}: z.output<typeof fileSchema>): Plan {
	try {
		return checkedPlan(plan, digest, path);
	} catch (error) {
		// The text is walked by recursion, and JSON.parse reads any depth.
		throw error instanceof RangeError ? badFile(path, 'it is nested too deeply') : error;
	}
}

function parseJson(path: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw badFile(path, 'it is not JSON', {line: lineOf(message, text), quoted: message});
	}
}

/** V8 names the position, if any; where the text ends too early, the last line that says something is meant. */
function lineOf(message: string, text: string): number {
	const position = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
	const read = text.slice(position).trim() === '' ? text.trimEnd() : text.slice(0, position);
	return read.split('\n').length;
}

const badFile = (path: string, why: string, where: {readonly line?: number; readonly quoted?: string} = {}) =>
	new MkcoaError({
		kind: 'usage',
		code: 'bad-plan-file',
		what: `${path} is not a plan file that can be applied`,
		why,
		next: 'Make it again with --plan-out',
		...where,
	});

/** Whether there is a plan file to replace. Of whatever version: it is a plan all the same. */
function refuseOthersFile(path: string): boolean {
	const found = lstatSync(path, {throwIfNoEntry: false});
	if (found === undefined) return false;
	if (found.isFile() && isPlanFile(readFileSync(path, 'utf8'))) return true;
	throw othersFile(path);
}

function isPlanFile(text: string): boolean {
	try {
		return headerSchema.safeParse(JSON.parse(text)).success;
	} catch {
		return false;
	}
}

const othersFile = (path: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-a-plan-file',
		what: `${path} was not overwritten`,
		why: 'it exists and is not a plan file',
		next: 'Name another file',
	});

/** Puts the whole file in its place at once, readable by its owner alone. A link fails when somebody took the name meanwhile. */
function place(path: string, text: string, draft: string, replaces: boolean) {
	writeNewFile(draft, text);
	try {
		if (replaces) renameSync(draft, path);
		else linkSync(draft, path);
	} catch (error) {
		throw isCode(error, 'EEXIST') ? othersFile(path) : error;
	} finally {
		rmSync(draft, {force: true});
	}
}

function inWords<Result>(code: string, what: string, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		if (error instanceof MkcoaError) throw error;
		if (isCode(error, 'ENOENT'))
			throw new MkcoaError({kind: 'usage', code: 'no-such-file', what, why: 'it does not exist', next: 'Check the path'}, {cause: error});
		const quoted = error instanceof Error ? error.message : String(error);
		throw new MkcoaError({kind: 'environment', code, what, quoted, next: 'Check the path, its mode and the disk'}, {cause: error});
	}
}
