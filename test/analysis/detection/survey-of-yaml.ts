import {parseAllDocuments} from 'yaml';
import type {Analyzer} from '../../../src/analysis/detection/analyzer.ts';
import type {Unread} from '../../../src/analysis/detection/snapshot.ts';
import {type Survey, surveyOf} from '../../../src/analysis/detection/survey.ts';
import type {Cause} from '../../../src/analysis/diagnosis/cause.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';

const wide = new Set([
	...['Node', 'Namespace', 'StorageClass', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'APIService', 'VolumeAttachment'],
	...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'CustomResourceDefinition', 'ValidatingAdmissionPolicy'],
	...['ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'],
]);

type Written = KubeObject & {readonly changed?: string};

/** Made at 09:00, changed at the hour that `changed` says, in namespace shop where it says nothing. */
function asRead({changed, ...object}: Written): KubeObject {
	const time = `2026-11-27T${changed ?? '09:00'}:00Z`;
	const fields = Object.fromEntries(Object.keys(object).map(field => [`f:${field}`, {}]));
	const own: JsonObject = {
		...(wide.has(object.kind) ? {} : {namespace: 'shop'}),
		creationTimestamp: '2026-11-27T09:00:00Z',
		managedFields: [{manager: 'pipeline', operation: 'Apply', time, fieldsV1: {...fields, 'f:metadata': {'f:labels': {}}}}],
	};
	return {...object, metadata: {...own, ...object.metadata}};
}

/** A cluster in YAML, as it would be read at 10:00. */
export function surveyOfYaml(text: string, unread: readonly Unread[] = []): Survey {
	// What the tests write are objects.
	const objects = parseAllDocuments(text).flatMap(document => {
		const [error] = 'errors' in document ? document.errors : [];
		if (error !== undefined) throw error;
		return (document.toJS() ?? []) as Written;
	});
	return surveyOf({takenAt: '2026-11-27T10:00:00.000Z', objects: objects.map(asRead), unread});
}

/** `id Kind/name path`, with how grave it is where it is not what its class says. */
const line = ({id, resource, path, severity}: Cause) =>
	[id, `${resource.kind}/${resource.name}`, path, severity === undefined ? undefined : `(${severity})`].filter(Boolean).join(' ');

/** What an analyzer tells of a cluster in YAML, one line for each cause. */
export const told = (find: Analyzer, text: string, unread?: readonly Unread[]) => find(surveyOfYaml(text, unread)).map(line);

/** The remedies in one line each: `sure` or `choice`, and what is written. */
export const remedies = (find: Analyzer, text: string) =>
	find(surveyOfYaml(text)).flatMap(cause =>
		cause.remedies.map(({sure, input, writes}) => {
			const steps = writes?.map(
				write => `${write.op} ${write.ref.kind}/${write.ref.name}${'manifest' in write ? ` ${JSON.stringify(write.manifest)}` : ''}`,
			);
			return `${sure ? 'sure' : 'choice'} ${steps?.join('; ') ?? input.patch ?? input.manifest ?? JSON.stringify(input)}`;
		}),
	);
