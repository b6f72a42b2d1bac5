import * as z from 'zod';
import {MkcoaError} from '../../../../core/error.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../../core/plan.ts';
import {count, someOf} from '../../../../core/text/count.ts';
import {consequencesFor} from '../../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../../mcp/kubernetes/plan/predict.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {durationText} from '../../duration.ts';
import {deploymentInput, nameText} from '../../inputs.ts';
import type {Rolling} from './roll-users.ts';

const ref = z.object({apiVersion: z.string(), kind: z.string(), namespace: z.string(), name: z.string()});

/** Fields that both tools of settings have. */
export const settingFields = {
	fromFile: z.array(z.string().max(4096)).default([]).describe('Files as [KEY=]PATH').meta({split: false}),
	remove: z.array(z.string().max(253)).default([]).describe('Keys to take away'),
	restart: z.boolean().default(false).describe('Rolls the workloads that use it'),
	readyWithin: durationText.default('5m').describe('How long all of them may take to roll'),
};
export const settingName = nameText;
export const settingNamespace = deploymentInput.shape.namespace;

export const settingResolved = z.object({
	name: z.string(),
	namespace: z.string(),
	set: z.array(z.string()),
	removed: z.array(z.string()),
	rolls: z.array(z.object({ref, pods: z.number()})),
	readyWithin: z.string(),
});

export const settingOutput = z.object({
	object: z.string(),
	operation: z.enum(['created', 'changed']),
	set: z.array(z.string()),
	removed: z.array(z.string()),
	rolled: z.array(z.object({object: z.string(), pods: z.number()})),
});

export const settingText = ({object, operation, set, removed, rolled}: z.output<typeof settingOutput>) =>
	[
		`${object} ${operation}${set.length === 0 ? '' : `: ${someOf(set, 8)} set`}${removed.length === 0 ? '' : `, ${someOf(removed, 8)} removed`}`,
		...rolled.map(each => `✓ ${each.object} runs with it, ${count(each.pods, 'pod')} ready`),
	].join('\n');

/** @throws `nothing-given`, `no-such-key` for a key that cannot be taken away */
export function refuseEmpty({
	set,
	removed,
	have,
	what,
}: {
	readonly set: readonly string[];
	readonly removed: readonly string[];
	readonly have: readonly string[];
	readonly what: string;
}) {
	if (set.length === 0 && removed.length === 0)
		throw new MkcoaError({
			kind: 'usage',
			code: 'nothing-given',
			what: `Nothing says what to change of ${what}`,
			next: 'Give keys to set, or --remove KEY',
		});
	const absent = removed.filter(key => !have.includes(key));
	if (absent.length === 0) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-key',
		what: `${what} has no key ${someOf(absent)}`,
		...(have.length === 0 ? {} : {why: `its keys are ${someOf(have, 12)}`}),
		next: 'Name keys that it has',
	});
}

export const isImmutable = (live: KubeObject | undefined) => valueAt(live, 'immutable') === true;

type Parts = {
	readonly write: Write & {readonly ref: Ref};
	readonly live: KubeObject | undefined;
	readonly set: readonly string[];
	readonly removed: readonly string[];
	readonly rolling: Rolling | undefined;
	readonly readyWithin: string;
	readonly notes: readonly Consequence[];
};

/** The plan of one change of a ConfigMap or Secret, with the roll of its users where that was asked for. */
export async function settingDraft(cluster: Cluster, {write, live, set, removed, rolling, readyWithin, notes}: Parts) {
	const prediction = await predict(cluster, write);
	const isChanging = live === undefined || prediction.change.fields.length > 0;
	const {steps, awaited, notes: rollNotes} = rolling === undefined || !isChanging ? {steps: [], awaited: [], notes: []} : rolling;
	const {name, namespace = cluster.namespace} = write.ref;
	const what = refText(write.ref);
	const isNew = write.op === 'create';
	const told = isChanging ? await consequencesFor(cluster, [prediction, ...steps.flatMap(({predictions}) => predictions)]) : [];
	// What waits for a restart gets one.
	const needsRestart = ({id}: Consequence) => id === 'config-needs-restart';
	const left =
		awaited.length === 0
			? told.map(each => (needsRestart(each) ? {...each, text: `${each.text}: --restart rolls them`} : each))
			: told.filter(each => !needsRestart(each));
	const rolls = awaited.map(({ref: {apiVersion, kind, name: workload}, pods}) => ({
		ref: {apiVersion, kind, namespace, name: workload},
		pods,
	}));
	const users = awaited.map(each => refText(each.ref));
	const draft = draftOf({
		effect: 'change',
		input: {name, namespace, set: [...set], removed: [...removed], rolls, readyWithin},
		summary: `${isNew ? 'Create' : 'Change'} ${what}${users.length === 0 ? '' : `, and roll ${someOf(users)}`}`,
		steps: [{title: `${isNew ? 'Create' : 'Change'} ${what}`, predictions: [prediction]}, ...steps],
		consequences: [...notes, ...rollNotes, ...left],
		verify:
			users.length === 0 ? [`${what} holds these keys`] : users.map(user => `Every pod of ${user} is new and ready within ${readyWithin}`),
		undo: {possible: true, how: `Sets ${what} back${users.length === 0 ? '' : ', and rolls its users once more'}`},
	});
	return draft;
}
