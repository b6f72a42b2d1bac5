import type {Json} from '../../core/json.ts';
import {textAt} from '../../core/kube/json-at.ts';
import {containersOf} from '../../core/kube/pod-spec.ts';
import type {Check} from './baseline-checks.ts';
import {containers, counted, nameOf, quoted, sorted} from './words.ts';

const annotation = 'seccomp.security.alpha.kubernetes.io/pod';
const ofContainer = 'container.seccomp.security.alpha.kubernetes.io/';
const isGoodAnnotation = (value: string) => ['runtime/default', 'docker/default'].includes(value) || value.startsWith('localhost/');

/** Profiles were annotations before Kubernetes 1.19 had fields for them. */
export const annotatedSeccomp: Check = (podSpec, annotations) => {
	const names = [annotation, ...containersOf(podSpec).map(container => ofContainer + nameOf(container))];
	const set = [...new Set(names)].flatMap(name => (annotations[name] === undefined ? [] : [{name, value: String(annotations[name])}]));
	const bad = set.filter(({value}) => !isGoodAnnotation(value)).map(({name, value}) => `${name}=${JSON.stringify(value)}`);
	if (bad.length === 0) return undefined;
	return {reason: 'seccompProfile', detail: `forbidden ${counted(bad, 'annotation', 'annotations')} ${sorted(bad).join(', ')}`};
};

const seccompOf = (holder: Json) => textAt(holder, 'securityContext', 'seccompProfile', 'type');
const isBadSeccomp = (holder: Json) => !['RuntimeDefault', 'Localhost', undefined].includes(seccompOf(holder));

export const baselineSeccomp: Check = podSpec => {
	const bad = containersOf(podSpec).filter(isBadSeccomp);
	const setters = [...(isBadSeccomp(podSpec) ? ['pod'] : []), ...(bad.length === 0 ? [] : [containers(bad)])];
	if (setters.length === 0) return undefined;
	const values = sorted([podSpec, ...bad].filter(isBadSeccomp).map(holder => seccompOf(holder) ?? ''));
	return {
		reason: 'seccompProfile',
		detail: `${setters.join(' and ')} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
	};
};

/** Besides, every container must have a profile, of its own or of its pod. */
export const restrictedSeccomp: Check = (podSpec, annotations) => {
	const explicit = baselineSeccomp(podSpec, annotations);
	if (explicit !== undefined || seccompOf(podSpec) !== undefined) return explicit;
	const bad = containersOf(podSpec).filter(container => seccompOf(container) === undefined);
	if (bad.length === 0) return undefined;
	const must = 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
	return {reason: 'seccompProfile', detail: `pod or ${containers(bad)} ${must}`};
};
