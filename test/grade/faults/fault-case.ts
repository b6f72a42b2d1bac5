import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {parseAllDocuments} from 'yaml';
import * as z from 'zod';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const objectName = z.object({kind: z.string(), namespace: z.string().optional(), name: z.string()});
const cause = objectName.extend({path: z.string().optional(), paths: z.array(z.string()).default([])});
export type Cause = z.output<typeof cause>;

const patchType = z.enum(['merge', 'json', 'strategic']);
const change = z.object({
	action: z.enum(['create', 'update', 'delete']),
	object: objectName,
	after: z.json().optional(),
	patch: z.object({type: patchType, body: z.json()}).optional(),
});
export type RemedyChange = z.output<typeof change>;

/** Holds or does not, of the live cluster; the first key that `checks.ts` knows says what is asked. */
export type Assertion = JsonObject;
const assertion: z.ZodType<Assertion> = z.record(z.string(), z.json());

const named = z.union([z.string(), objectName]).transform(thing => (typeof thing === 'string' ? thing : `${thing.kind}/${thing.name}`));
const oneOrMore = <Schema extends z.ZodType>(schema: Schema) => z.union([z.array(schema), schema.transform(value => [value])]).default([]);

const expectation = z.object({
	namespace: z.string(),
	family: z.string().default('other'),
	cause,
	alsoAccepted: z.array(cause).default([]),
	symptoms: z.array(objectName).default([]),
	remedy: z.object({changes: z.array(change), orAny: z.array(z.array(change)).default([])}),
	/** `delete KIND/NAME`, `scale KIND/NAME < N` or `change KIND/NAME POINTER`. */
	forbidden: z.array(z.string()).default([]),
	/** `KIND/NAME` of what is to be left alone. */
	bystanders: z.array(named).default([]),
	decoy: oneOrMore(named),
	healthy: z.array(assertion).min(1),
	cured: z.array(assertion).min(1).optional(),
	shows: z.array(assertion).min(1),
	/** `KIND/NAMESPACE/NAME` */
	injectDeletes: z.array(z.string()).default([]),
	/** Objects whose finalizers are dropped when a case is cleared away. */
	release: z.array(objectName).default([]),
	/** No other case may run beside it, whatever it brings. */
	alone: z.boolean().default(false),
});
export type Expectation = z.output<typeof expectation>;

const operation = z.object({
	op: z.enum(['patch', 'delete', 'create']),
	kind: z.string(),
	namespace: z.string().optional(),
	name: z.string().optional(),
	patchType: patchType.default('merge'),
	body: z.json().optional(),
	subresource: z.string().optional(),
});
export type Operation = z.output<typeof operation>;

/** What is done to the cluster in one go: objects are applied, then operations are sent. */
export type Stage = {readonly objects: readonly KubeObject[]; readonly operations: readonly Operation[]};
export type FaultCase = {
	readonly name: string;
	readonly base: Stage;
	readonly inject: Stage;
	readonly expect: Expectation;
	readonly isAlone: boolean;
};
export type QuietCluster = {readonly name: string; readonly base: Stage; readonly isAlone: boolean};

/** @throws what is wrong with the files, the file first */
export function readFaultCase(folder: string): FaultCase {
	const expect = reading(join(folder, 'expect.json'), text => expectation.parse(JSON.parse(text)));
	return {name: basename(folder), base: stageIn(folder, 'base'), inject: stageIn(folder, 'inject'), expect, isAlone: expect.alone};
}

/** @throws what is wrong with the files, the file first */
export function readQuietCluster(folder: string): QuietCluster {
	const file = join(folder, 'expect.json');
	const isAlone = existsSync(file) && reading(file, text => expectation.pick({alone: true}).parse(JSON.parse(text))).alone;
	return {name: basename(folder), base: stageIn(folder, 'base'), isAlone};
}

/** The folders of the cases in a folder, sorted; none where there is no such folder. A README or a script is no case. */
export const caseFolders = (folder: string): readonly string[] =>
	existsSync(folder)
		? readdirSync(folder, {withFileTypes: true})
				.filter(entry => entry.isDirectory())
				.map(entry => join(folder, entry.name))
				.sort()
		: [];

/** Where the quiet clusters of a set are: `…/faults` has `…/faults-healthy` beside it. */
export const quietFolder = (folder: string) => join(dirname(folder), `${basename(folder)}-healthy`);

function stageIn(folder: string, stage: 'base' | 'inject'): Stage {
	const [yaml, jsonl] = [join(folder, `${stage}.yaml`), join(folder, `${stage}.jsonl`)];
	if (!existsSync(yaml) && !existsSync(jsonl)) throw new Error(`there is no ${stage}.yaml`);
	return {
		objects: existsSync(yaml) ? reading(yaml, objectsIn) : [],
		operations: existsSync(jsonl) ? reading(jsonl, operationsIn) : [],
	};
}

const identity = z.object({apiVersion: z.string(), kind: z.string(), metadata: z.object({name: z.string()})});

function objectsIn(text: string): readonly KubeObject[] {
	return parseAllDocuments(text).flatMap(document => {
		const [error] = 'errors' in document ? document.errors : [];
		if (error !== undefined) throw error;
		const found: unknown = document.toJS();
		if (found === null) return [];
		identity.parse(found);
		// What has a kind and a name is an object; the server judges the rest.
		return [found as KubeObject];
	});
}

const operationsIn = (text: string) =>
	text
		.split('\n')
		.filter(line => line.trim() !== '')
		.map(line => operation.parse(JSON.parse(line)));

function reading<Value>(path: string, read: (text: string) => Value): Value {
	try {
		return read(readFileSync(path, 'utf8'));
	} catch (error) {
		const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
		const what = issue === undefined ? String(error instanceof Error ? error.message : error) : `${issue.path.join('.')}: ${issue.message}`;
		throw new Error(`${basename(path)}: ${what.split('\n')[0]}`, {cause: error});
	}
}
