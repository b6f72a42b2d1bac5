import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {type Causes, forbidden, invalidValue, nonNegative, required, unsupported} from './causes.ts';
import {labelCauses} from './metadata.ts';
import {podSpecCauses} from './pod-spec.ts';

type Check = (object: KubeObject) => Causes;

const at = (object: KubeObject, ...path: readonly string[]) => valueAt(object, 'spec', ...path);

/** A workload that finds its pods by a selector its author writes. */
function selected(object: KubeObject, kind: string): Causes {
	const selector = at(object, 'selector');
	const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels');
	if (selector === undefined) return [required('spec.selector'), mismatch(labels)];
	if (objectIsEmpty(selector)) return [invalidValue('spec.selector', selector, `empty selector is invalid for ${kind}`)];
	return matches(selector, labels) ? [] : [mismatch(labels)];
}

const objectIsEmpty = (selector: Json) =>
	Object.keys(objectAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0;

const mismatch = (labels: JsonObject) =>
	invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`');

/** Whether a label selector (matchLabels and matchExpressions) selects these labels. */
function matches(selector: Json, labels: JsonObject): boolean {
	const equal = Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value);
	return (
		equal &&
		listAt(selector, 'matchExpressions').every(expression => {
			const value = labels[textAt(expression, 'key') ?? ''];
			const isIn = value !== undefined && listAt(expression, 'values').includes(value);
			switch (textAt(expression, 'operator')) {
				case 'In':
					return isIn;
				case 'NotIn':
					return !isIn;
				case 'Exists':
					return value !== undefined;
				default:
					return value === undefined;
			}
		})
	);
}

/** A StatefulSet's pods have a volume of each claim template, by its name. */
const claimNames = (holder: JsonObject) => listAt(holder, 'volumeClaimTemplates').map(claim => textAt(claim, 'metadata', 'name') ?? '');

/** A pod template below `path`. @param policies the restart policies its owner can bear */
function template(holder: JsonObject, path: string, policies: readonly string[]): Causes {
	const found = objectAt(holder, 'template');
	const spec = objectAt(found, 'spec');
	const policy = textAt(spec, 'restartPolicy') ?? '';
	return [
		...labelCauses(objectAt(found, 'metadata', 'labels'), `${path}.template.labels`),
		...podSpecCauses(spec, `${path}.template.spec`, claimNames(holder)),
		...restartCauses(policy, `${path}.template.spec.restartPolicy`, policies),
	];
}

/** What always restarts never ends: of a job that is not a wrong word but a missing decision. */
function restartCauses(policy: string, at: string, policies: readonly string[]): Causes {
	if (policies.includes(policy) || policy === '') return [];
	const words = policies.map(name => JSON.stringify(name)).join(', ');
	return [policy === 'Always' ? required(at, `valid values: ${words}`) : unsupported(at, policy, policies)];
}

const replicated =
	(kind: string): Check =>
	object => [
		...nonNegative('spec.replicas', at(object, 'replicas')),
		...selected(object, kind),
		...template(objectAt(object, 'spec'), 'spec', ['Always']),
		...nonNegative('spec.minReadySeconds', at(object, 'minReadySeconds')),
		...nonNegative('spec.revisionHistoryLimit', at(object, 'revisionHistoryLimit')),
	];

function strategy(object: KubeObject): Causes {
	const type = textAt(object, 'spec', 'strategy', 'type') ?? '';
	const rolling = at(object, 'strategy', 'rollingUpdate');
	if (type === 'Recreate') {
		return rolling === undefined
			? []
			: [forbidden('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'")];
	}
	if (type !== 'RollingUpdate') return [unsupported('spec.strategy', {Type: type, RollingUpdate: null}, ['Recreate', 'RollingUpdate'])];
	const isNothing = ['maxSurge', 'maxUnavailable'].every(name => /^0+%?$/.test(String(valueAt(rolling, name) ?? '')));
	return isNothing
		? [
				invalidValue(
					'spec.strategy.rollingUpdate.maxUnavailable',
					valueAt(rolling, 'maxUnavailable') ?? 0,
					'may not be 0 when `maxSurge` is 0',
				),
			]
		: [];
}

function deployment(object: KubeObject): Causes {
	const [deadline, ready] = [at(object, 'progressDeadlineSeconds'), at(object, 'minReadySeconds') ?? 0];
	const late = typeof deadline === 'number' && typeof ready === 'number' && deadline <= ready;
	return [
		...replicated('deployment')(object),
		...strategy(object),
		...(late ? [invalidValue('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')] : []),
	];
}

const jobSpec = (spec: JsonObject, path: string): Causes => [
	...['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'].flatMap(name =>
		nonNegative(`${path}.${name}`, spec[name]),
	),
	...template(spec, path, ['OnFailure', 'Never']),
];

/** Of minute, hour, day, month and weekday: the smallest and the largest number. */
const scheduleRanges = [
	[0, 59],
	[0, 23],
	[1, 31],
	[1, 12],
	[0, 6],
] as const;

/** The first number of a schedule that its field does not have, in the words of the cron library of the real server. */
function scheduleProblem(fields: readonly string[]): string | undefined {
	for (const [index, [low, high]] of scheduleRanges.entries()) {
		for (const [text] of (fields[index] ?? '').replaceAll(/\/\d+/g, '').matchAll(/\d+/g)) {
			if (Number(text) > high) return `end of range (${Number(text)}) above maximum (${high}): ${fields[index]}`;
			if (Number(text) < low) return `beginning of range (${Number(text)}) below minimum (${low}): ${fields[index]}`;
		}
	}
	return undefined;
}

function isZone(name: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', {timeZone: name}).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

const concurrencyPolicies = ['Allow', 'Forbid', 'Replace'];
function policyCauses(object: KubeObject): Causes {
	const policy = textAt(object, 'spec', 'concurrencyPolicy') ?? 'Allow';
	return concurrencyPolicies.includes(policy) ? [] : [unsupported('spec.concurrencyPolicy', policy, concurrencyPolicies)];
}

function cronJob(object: KubeObject): Causes {
	const schedule = textAt(object, 'spec', 'schedule') ?? '';
	const fields = schedule.trim().split(/\s+/);
	const isShort = schedule.startsWith('@') || /^(CRON_)?TZ=/.test(schedule) || fields.length === 5;
	const bad = invalidValue('spec.schedule', schedule, `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
	const range = fields.length === 5 ? scheduleProblem(fields) : undefined;
	const zone = textAt(object, 'spec', 'timeZone');
	return [
		...(schedule === '' ? [required('spec.schedule')] : isShort ? [] : [bad]),
		...(range === undefined ? [] : [invalidValue('spec.schedule', schedule, range)]),
		...(zone === undefined || isZone(zone) ? [] : [invalidValue('spec.timeZone', zone, `unknown time zone ${zone}`)]),
		...policyCauses(object),
		...jobSpec(objectAt(object, 'spec', 'jobTemplate', 'spec'), 'spec.jobTemplate.spec'),
	];
}

/** Checks of kinds that hold pod templates, by kind. */
export const workloadChecks: {readonly [kind: string]: Check} = {
	Pod: object => podSpecCauses(objectAt(object, 'spec'), 'spec'),
	Deployment: deployment,
	ReplicaSet: replicated('replica set'),
	StatefulSet: replicated('statefulset'),
	DaemonSet: replicated('daemonset'),
	Job: object => jobSpec(objectAt(object, 'spec'), 'spec'),
	CronJob: cronJob,
};
