import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import type {Unread} from '../../../src/analysis/detection/snapshot.ts';
import {type Survey, surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {Cause} from '../../../src/analysis/diagnosis/cause.ts';
import {faultClassOf} from '../../../src/analysis/diagnosis/classes/fault-classes.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';
import {minutesBefore} from './minutes-before.ts';

/** The moment at which all tests of detection look. */
const now = '2026-05-01T12:00:00Z';

const minutesAgo = minutesBefore(now);

/** An object that somebody wrote to so many minutes ago. */
export const changed = (given: KubeObject, minutes: number, by = 'pipeline'): KubeObject => ({
	...given,
	metadata: {...given.metadata, managedFields: [{manager: by, operation: 'Apply', time: minutesAgo(minutes), fieldsV1: {'f:spec': {}}}]},
});

/** A survey of these objects and their namespaces. */
export function survey(objects: readonly KubeObject[], unread: readonly Unread[] = []): Survey {
	const there = new Set(objects.filter(({kind}) => kind === 'Namespace').map(({metadata}) => metadata.name));
	const named = new Set(objects.flatMap(({metadata}) => metadata.namespace ?? []));
	const namespaces = [...named].filter(name => !there.has(name)).map(name => namespace(name));
	return surveyOf({takenAt: now, objects: [...objects, ...namespaces], unread});
}

export const namespace = (name: string, labels: {readonly [key: string]: string} = {}) =>
	object('v1', 'Namespace', name, {metadata: {namespace: undefined, labels: {'kubernetes.io/metadata.name': name, ...labels}}});

const told = (cause: Pick<Cause, 'id' | 'resource' | 'path' | 'severity'>) => {
	const {id, resource, path, severity} = cause;
	return `${severity ?? faultClassOf(id).severity} ${id} ${resource.kind}/${resource.name}${path === undefined ? '' : ` ${path}`}`;
};

/** What an analyzer finds, one line for each: severity, class, object and field. */
export const foundBy = (analyzer: Analyzer, objects: readonly KubeObject[], unread: readonly Unread[] = []) =>
	analyzer(survey(objects, unread)).map(told);

/** What all of detection tells, in its order. */
export const incidents = (objects: readonly KubeObject[]) =>
	detect(survey(objects)).incidents.map(({cause, severity}) => told({...cause, severity}));

/** What the remedies of all causes would do, one line for each. */
export const remediesOf = (causes: readonly Cause[]) =>
	causes.flatMap(({remedies}) =>
		remedies.map(({tool, input, writes, sure}) => {
			const what = input.patch ?? input.manifest ?? JSON.stringify(writes);
			return `${sure ? 'sure' : 'choice'} ${tool} ${String(what)}`;
		}),
	);
