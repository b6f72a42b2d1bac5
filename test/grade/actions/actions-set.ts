import * as z from 'zod';
import {type ArgoAction, argoAction, argoActions} from '../../../src/agents/deploy/backends/argo/argo-action.ts';
import {canonicalJson, isJsonObject, type Json, type JsonObject} from '../../../src/core/json.ts';
import {mergePatch} from '../../../src/core/patch/merge-patch.ts';
import {isMiss, objectIn, rowsNamed, tryCase} from '../case-files.ts';
import type {Grade, Miss} from '../grade-set.ts';

const offered = z.object({name: z.string(), disabled: z.boolean().default(false), displayName: z.string().optional()});
const rows = z
	.object({
		actions: z
			.array(
				z.object({
					kind: z.string(),
					action: z.string(),
					parameters: z.record(z.string(), z.json()).default({}),
					input: z.string(),
					expected: z.array(z.object({operation: z.string(), object: z.string()})),
					anyValue: z.array(z.string()).default([]),
				}),
			)
			.default([]),
		discovery: z.array(z.object({kind: z.string(), input: z.string(), actions: z.array(offered)})).default([]),
	})
	.refine(({actions, discovery}) => actions.length + discovery.length > 0, 'there are neither actions nor discovery');
type Rows = z.infer<typeof rows>;

const known: ReadonlySet<string> = new Set<ArgoAction>([
	'promote',
	'promote-full',
	'skip-current-step',
	'resume',
	'pause',
	'abort',
	'retry',
	'restart',
]);
const isKnown = (action: string): action is ArgoAction => known.has(action);

/** Reads `index.json` files of `{actions, discovery}`: what an action makes of a Rollout, and which actions a Rollout offers. */
export function actionsSet(folder: string): Grade {
	const answers = rowsNamed(folder, 'index.json').flatMap(({from, at, row}): readonly Miss[] => {
		const parsed = tryCase(at, () => rows.parse(row));
		if (isMiss(parsed)) return [parsed];
		return [
			...parsed.actions.map(each => tryCase(`${each.action} of ${each.input}`, () => ofAction(from, each))),
			...parsed.discovery.map(each => tryCase(`actions of ${each.input}`, () => ofDiscovery(from, each))),
		];
	});
	const misses = answers.filter(({expected, got}) => expected !== got);
	return {right: answers.length - misses.length, total: answers.length, misses, published: {'Argo CD, its own tests': 'all'}};
}

function ofAction(folder: string, {action, input, parameters, expected, anyValue}: Rows['actions'][number]): Miss {
	const name = `${action} of ${input}`;
	const wanted = expected.map(({object}) => normal(objectIn(folder, object), anyValue)).join('\n');
	if (!isKnown(action)) return {case: name, expected: wanted, got: `no action ${action}`};
	const before = objectIn(folder, input);
	const restartAt = typeof parameters.restartAt === 'string' ? parameters.restartAt : '2026-01-01T00:00:00Z';
	const {spec = {}, status = {}} = argoAction(before, action, {restartAt});
	return {case: name, expected: wanted, got: normal(mergePatch(mergePatch(before, spec), status), anyValue)};
}

/** One text for one object: an empty map, a null and an absent field are the same, and fields of any value only have to be there. */
function normal(object: Json, anyValue: readonly string[]): string {
	return canonicalJson(tidy(object, '', new Set(anyValue)) ?? {});
}

function tidy(value: Json | undefined, path: string, anyValue: ReadonlySet<string>): Json | undefined {
	if (anyValue.has(path) && value !== undefined && value !== null) return 'any value';
	if (value === null) return undefined;
	if (!isJsonObject(value)) return value;
	const entries = Object.entries(value).map(([key, inner]) => [key, tidy(inner, `${path}/${key}`, anyValue)] as const);
	const kept = entries.filter(([, inner]) => inner !== undefined);
	return kept.length === 0 ? undefined : (Object.fromEntries(kept) as JsonObject);
}

function ofDiscovery(folder: string, {input, actions}: Rows['discovery'][number]): Miss {
	const text = (all: readonly {readonly name: string; readonly disabled: boolean; readonly displayName?: string | undefined}[]) =>
		all
			.map(
				({name, disabled, displayName}) => `${name}${disabled ? ' disabled' : ''}${displayName === undefined ? '' : ` "${displayName}"`}`,
			)
			.sort()
			.join(', ');
	return {case: `actions of ${input}`, expected: text(actions), got: text(argoActions(objectIn(folder, input)))};
}
