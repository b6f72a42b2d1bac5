import {parseAllDocuments} from 'yaml';
import type {Snapshot} from '../../../src/analysis/detection/snapshot.ts';
import {wideKinds} from '../../../src/analysis/detection/snapshot-kinds.ts';
import {type Survey, surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

/** When the cluster is looked at where a test says nothing else. */
const lookedAt = '2026-11-27T10:00:00.000Z';
const madeAt = '2026-11-27T09:00:00Z';

const wide: ReadonlySet<string> = new Set([...wideKinds, 'VolumeAttachment']);

/** `changed: 5` in an object: somebody wrote to it so many minutes before the look; `changed: 09:30`: at that time of the day. */
type Written = KubeObject & {readonly changed?: number | string};

const timeOf = (changed: number | string) =>
	typeof changed === 'number' ? new Date(Date.parse(lookedAt) - changed * 60_000).toISOString() : `2026-11-27T${changed}:00Z`;

/** As the server has it: made an hour before the look, and of namespace shop, where it does not say otherwise. */
function asRead({changed, ...object}: Written): KubeObject {
	const fields = Object.fromEntries(Object.keys(object).map(field => [`f:${field}`, {}]));
	const fieldsV1 = {...fields, 'f:metadata': {'f:labels': {}}};
	return {
		...object,
		metadata: {
			creationTimestamp: madeAt,
			...(changed === undefined ? {} : {managedFields: [{manager: 'pipeline', operation: 'Apply', time: timeOf(changed), fieldsV1}]}),
			...(wide.has(object.kind) ? {} : {namespace: 'shop'}),
			...object.metadata,
		},
	};
}

/** The objects of a text, as they are read. */
export const objectsIn = (yaml: string): readonly KubeObject[] =>
	parseAllDocuments(yaml).flatMap(document => {
		const [error] = 'errors' in document ? document.errors : [];
		if (error !== undefined) throw error;
		// What the tests write are objects.
		const written: Written | null = document.toJS();
		return written === null ? [] : [asRead(written)];
	});

/** A survey of objects written as YAML, several with `---` between. */
export const surveyIn = (yaml: string, {takenAt = lookedAt, unread = [], ...rest}: Partial<Snapshot> = {}): Survey =>
	surveyOf({takenAt, objects: objectsIn(yaml), unread, ...rest});
