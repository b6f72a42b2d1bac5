import type {JsonObject} from '../../core/json.ts';
import {objectAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import type {Check, Violation} from './baseline-checks.ts';
import {type Control, controls} from './controls.ts';

export const podSecurityLevels = ['privileged', 'baseline', 'restricted'] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** One of the standards as it stood in one version: the minor version of Kubernetes 1, infinite for the latest. */
export type Standard = {readonly level: PodSecurityLevel; readonly minor: number};

/** What a control has against a pod, in the server's own words. */
export type ControlViolation = Violation & {readonly control: string};

/** The rule of a control in one version; undefined before there was one. */
export function ruleOf({since}: Control, minor: number): Check | undefined {
	const from = Object.keys(since)
		.map(Number)
		.filter(first => first <= minor);
	return from.length === 0 ? undefined : since[Math.max(...from)];
}

type Rule = {readonly control: string; readonly check: Check};

function madeRules({level, minor}: Standard): readonly Rule[] {
	if (level === 'privileged') return [];
	const inForce = controls.filter(control => control.level === 'baseline' || level === 'restricted');
	const rules = inForce.flatMap(control => {
		const check = ruleOf(control, minor);
		return check === undefined ? [] : [{...control, check}];
	});
	const replaced = new Set(rules.map(({instead}) => instead));
	return rules.filter(({name}) => !replaced.has(name)).map(({name, check}) => ({control: name, check}));
}

const known = new Map<string, readonly Rule[]>();

/** What a standard consists of, in the order in which the server tells it. Made once: a scan asks for each of thousands of pods. */
function rulesOf(standard: Standard): readonly Rule[] {
	const key = `${standard.level} ${standard.minor}`;
	const rules = known.get(key) ?? madeRules(standard);
	known.set(key, rules);
	return rules;
}

/**
 * What the Pod Security Standards have against a pod, or against the pods of a workload, in the server's own words.
 * @param minor the standard as it stood in Kubernetes 1.minor; the latest where it is left out
 * @returns none where the pod may pass, or where the object runs no pods
 */
export function podViolations(level: PodSecurityLevel, object: KubeObject, minor = Number.POSITIVE_INFINITY): readonly ControlViolation[] {
	const path = templatePath(object);
	if (path === undefined) return [];
	const annotations: JsonObject = objectAt(object, ...path, 'metadata', 'annotations');
	const podSpec = podSpecOf(object);
	return rulesOf({level, minor}).flatMap(({control, check}) => {
		const violation = check(podSpec, annotations);
		return violation === undefined ? [] : [{control, ...violation}];
	});
}
