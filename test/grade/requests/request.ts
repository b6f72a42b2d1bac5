import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {parseAllDocuments, parse as parseYaml} from 'yaml';
import * as z from 'zod';
import {isJsonObject, type Json} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const texts = z.array(z.union([z.string(), z.array(z.string())]));

const changeSchema = z.object({
	action: z.enum(['create', 'update', 'delete']),
	object: z.object({kind: z.string(), namespace: z.string().optional(), name: z.string()}),
	after: z.json().optional(),
	absent: z.array(z.string()).default([]),
	anyValue: z.array(z.string()).default([]),
});
export type ExpectedChange = z.output<typeof changeSchema>;

const expectSchema = z.union([
	z.object({changes: z.array(changeSchema).min(1), only: z.literal(true)}),
	z.object({answer: z.object({contains: texts, excludes: texts.default([])})}),
	z.object({asks: z.literal(true), about: z.string(), contains: texts.default([])}),
	z.object({refuses: z.literal(true), why: z.string()}),
]);
export type Expectation = z.output<typeof expectSchema>;

const requestSchema = z.object({
	id: z.string(),
	lang: z.string(),
	family: z.string(),
	text: z.string(),
	expect: expectSchema,
	needs: z.array(z.enum(['history', 'state', 'logs', 'inputs'])).default([]),
});
export type Request = z.output<typeof requestSchema>;

const statusSchema = z.record(z.string(), z.json());
const stateSchema = z.array(
	z.object({
		workload: z.object({kind: z.string(), namespace: z.string(), name: z.string()}),
		status: statusSchema.default({}),
		events: z
			.array(z.object({type: z.string(), reason: z.string(), minutesAgo: z.number(), count: z.number().default(1), message: z.string()}))
			.default([]),
	}),
);
export type SickWorkload = z.output<typeof stateSchema>[number];

/** A set of requests with the world that they are asked in. */
export type RequestSet = {
	readonly requests: readonly Request[];
	readonly world: readonly KubeObject[];
	readonly history: readonly KubeObject[];
	readonly state: readonly SickWorkload[];
	/** Lines of a container by `NAMESPACE.WORKLOAD.CONTAINER`, as a container runtime writes them. */
	readonly logs: ReadonlyMap<string, readonly string[]>;
	/** Working directory of every request. */
	readonly inputs: string;
	readonly environment: {readonly [name: string]: string};
	readonly secrets: readonly string[];
};

/**
 * Reads a folder in the format of the page of this set. All but the requests and the world may be missing.
 * @throws with the file that is wrong
 */
export function readRequests(folder: string): RequestSet {
	const text = (path: string) => (isThere(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined);
	const lines = (path: string) => (text(path) ?? '').split(/\r?\n/).filter(line => line.trim() !== '');
	const documents = (path: string) =>
		// `parseAllDocuments` answers an empty list of another type for an empty text.
		[...parseAllDocuments(text(path) ?? '')].flatMap(document => {
			const found: unknown = document.toJS();
			return isJsonObject(found) ? [found as unknown as KubeObject] : [];
		});
	return {
		requests: lines('requests.jsonl').map((line, index) => requestIn(line, index)),
		world: documents('world.yaml'),
		history: documents('history.yaml'),
		state: stateSchema.parse(parseYaml(text('state.yaml') ?? '[]') ?? []),
		logs: new Map(
			(isThere(join(folder, 'logs')) ? readdirSync(join(folder, 'logs')) : [])
				.filter(name => name.endsWith('.log'))
				.map(name => [name.slice(0, -'.log'.length), lines(join('logs', name))]),
		),
		inputs: isThere(join(folder, 'inputs')) ? join(folder, 'inputs') : folder,
		environment: Object.fromEntries(
			lines('inputs/env').flatMap(line => {
				const [, name, value] = /^(?:export )?(\w+)=(.*)$/.exec(line) ?? [];
				return name === undefined || value === undefined ? [] : [[name, value]];
			}),
		),
		secrets: lines('secrets.txt').map(line => line.trim()),
	};
}

const isThere = (path: string) => statSync(path, {throwIfNoEntry: false}) !== undefined;

function requestIn(line: string, index: number): Request {
	const parsed: Json = JSON.parse(line);
	const result = requestSchema.safeParse(parsed);
	if (result.success) return result.data;
	throw new Error(`requests.jsonl line ${index + 1}: ${z.prettifyError(result.error)}`);
}
