import * as z from 'zod';
import {isJsonObject, type Json, type JsonObject} from '../core/json.ts';
import type {KubeObject, Ref} from '../core/kube/kube-object.ts';
import type {Change, Consequence, FieldChange, PathSegment, Plan, Precondition, Step, Target, Write} from '../core/plan.ts';

// What these schemas judge has come from JSON.parse, so any value that is there is JSON.
const json = z.custom<Json>(value => value !== undefined);
const jsonObject = z.custom<JsonObject>(isJsonObject);
const text = z.string();
const severity = z.enum(['info', 'warning', 'danger']);

const isKubeObject = (value: unknown) =>
	isJsonObject(value) &&
	typeof value.apiVersion === 'string' &&
	typeof value.kind === 'string' &&
	isJsonObject(value.metadata) &&
	typeof value.metadata.name === 'string';

/**
 * The value itself when the schema finds nothing wrong. Zod's own answer leaves out keys that it does not know,
 * and then the digest of a plan would not be that of its text.
 */
const judged = <Value>(schema: z.ZodType<Value>): z.ZodType<Value> =>
	z.unknown().transform((value, context) => {
		const result = schema.safeParse(value);
		// The schema has just said so.
		if (result.success) return value as Value;
		for (const {path, message} of result.error.issues) context.addIssue({code: 'custom', path: [...path], message});
		return z.NEVER;
	});

export const kubeObjectSchema = z.custom<KubeObject>(isKubeObject, 'expected an object with apiVersion, kind and metadata.name');

const ref: z.ZodType<Ref> = z.object({apiVersion: text, kind: text, namespace: text.optional(), name: text});

export const targetSchema: z.ZodType<Target> = z.object({
	context: text,
	cluster: text,
	clusterId: text,
	authority: text.optional(),
	namespace: text.optional(),
	identity: text,
});

const write: z.ZodType<Write> = z.discriminatedUnion('op', [
	z.object({op: z.literal('apply'), ref, manifest: kubeObjectSchema}),
	z.object({op: z.literal('create'), ref, manifest: kubeObjectSchema}),
	z.object({op: z.literal('replace'), ref, manifest: kubeObjectSchema}),
	z.object({
		op: z.literal('patch'),
		ref,
		type: z.enum(['json', 'merge', 'strategic']),
		patch: json,
		subresource: z.enum(['scale', 'status']).optional(),
	}),
	z.object({
		op: z.literal('delete'),
		ref,
		propagation: z.enum(['Background', 'Foreground', 'Orphan']).optional(),
		graceSeconds: z.number().optional(),
		anyVersion: z.literal(true).optional(),
	}),
	z.object({op: z.literal('evict'), ref, graceSeconds: z.number().optional()}),
	z.object({op: z.literal('exec'), ref, container: text.optional(), command: z.array(text)}),
]);

const segment: z.ZodType<PathSegment> = z.union([text, z.number(), z.record(text, z.union([text, z.number()]))]);

const fieldChange: z.ZodType<FieldChange> = z.object({
	path: z.array(segment),
	operation: z.enum(['add', 'remove', 'replace']),
	before: json.optional(),
	after: json.optional(),
	secret: z.literal(true).optional(),
	owner: text.optional(),
});

const change: z.ZodType<Change> = z.object({
	ref,
	operation: z.enum(['create', 'update', 'delete', 'replace', 'run']),
	fields: z.array(fieldChange),
	computed: z.enum(['server', 'local']),
	why: text.optional(),
});

const consequence: z.ZodType<Consequence> = z.object({id: text, severity, text, ref: ref.optional(), ifDies: z.literal(true).optional()});
const precondition: z.ZodType<Precondition> = z.object({ref, uid: text.nullable(), version: text});
const step: z.ZodType<Step> = z.object({
	title: text,
	writes: z.array(write),
	on: z.literal('failure').optional(),
	outside: z.literal(true).optional(),
	upkeep: z.array(ref).optional(),
	snapshots: z.array(ref).optional(),
});

/** Judges one effect of the journal. */
export const writeSchema = judged(write);

// Declared as the type of core, so a plan that gets a new field it cannot do without does not compile here.
const plan: z.ZodType<Plan> = z.object({
	version: z.literal(1),
	tool: text,
	target: targetSchema,
	input: jsonObject,
	summary: text,
	risk: z.object({level: z.enum(['low', 'medium', 'high']), reasons: z.array(text)}),
	steps: z.array(step),
	changes: z.array(change),
	consequences: z.array(consequence),
	preconditions: z.array(precondition),
	verify: z.array(text),
	undo: z.object({possible: z.boolean(), how: text, contrary: z.literal(true).optional()}),
	confined: z.object({refs: z.array(ref), goOn: text, takeBack: text}).optional(),
});

/** Judges a plan that comes from a file or a table. */
export const planSchema = judged(plan);
