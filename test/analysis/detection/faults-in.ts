import {parseAllDocuments} from 'yaml';
import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import {severityOfCause} from '../../../src/analysis/detection/incident.ts';
import type {Snapshot} from '../../../src/analysis/detection/snapshot.ts';
import {type Survey, surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {Cause} from '../../../src/analysis/diagnosis/cause.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const made = '2026-11-27T09:00:00Z';
const now = '2026-11-27T10:00:00.000Z';

/** Kinds that have no namespace; all others are of the namespace shop where they say nothing. */
const wide = new Set([
	'Node',
	'Namespace',
	'IngressClass',
	'GatewayClass',
	'PersistentVolume',
	'StorageClass',
	'APIService',
	'PriorityClass',
]);

/** `changed: 5m` in place of managed fields: somebody wrote to it so many minutes ago. */
function placed(object: KubeObject & {readonly changed?: number}): KubeObject {
	const {changed, ...rest} = object;
	const time = new Date(Date.parse(now) - (changed ?? 0) * 60_000).toISOString();
	const managedFields = [{manager: 'pipeline', operation: 'Apply', time, fieldsV1: {'f:spec': {}}}];
	const namespace = wide.has(object.kind) ? {} : {namespace: 'shop'};
	return {
		...rest,
		metadata: {creationTimestamp: made, ...(changed === undefined ? {} : {managedFields}), ...namespace, ...object.metadata},
	};
}

/** A survey of objects written as YAML, an hour after they were made; `changed` in an object says how many minutes ago it was changed. */
export function surveyIn(yaml: string, {namespace, unread = [], peers}: Partial<Snapshot> = {}): Survey {
	return surveyOf({takenAt: now, objects: objectsIn(yaml), unread, peers, ...(namespace === undefined ? {} : {namespace})});
}

/** The objects of a text, as they are read. */
export const objectsIn = (yaml: string): readonly KubeObject[] =>
	parseAllDocuments(yaml).flatMap(document => {
		const object: KubeObject | null = document.toJS();
		return object === null ? [] : [placed(object)];
	});

const wayOut = ({remedies}: Cause) => {
	const sure = remedies.filter(each => each.sure);
	return remedies.length === 0 ? 'none' : sure.length === 1 || remedies.length === 1 ? 'remedy' : 'choices';
};

/** What an analyzer finds, one line each: severity, class, object, field and whether there is a way out. */
export const faultLines = (analyzer: Analyzer, yaml: string, snapshot: Partial<Snapshot> = {}): readonly string[] =>
	analyzer(surveyIn(yaml, snapshot)).map(
		cause => `${severityOfCause(cause)} ${cause.id} ${cause.resource.kind}/${cause.resource.name} ${cause.path} ${wayOut(cause)}`,
	);

/** Patches of the sure remedies that an analyzer offers. */
export const surePatches = (analyzer: Analyzer, yaml: string): readonly string[] =>
	analyzer(surveyIn(yaml)).flatMap(({remedies}) =>
		remedies.filter(({sure}) => sure).map(({input, tool}) => String(input.patch ?? `${tool} ${input.name}`)),
	);
