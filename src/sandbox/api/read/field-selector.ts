import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {badRequest} from '../errors.ts';
import type {Resource} from '../resource.ts';

export type FieldTest = (object: KubeObject) => boolean;

// Fields that may be selected beside metadata.name and metadata.namespace, as the API server registers them.
const selectable: {readonly [kind: string]: readonly string[]} = {
	Pod: [
		'spec.nodeName',
		'spec.restartPolicy',
		'spec.schedulerName',
		'spec.serviceAccountName',
		'spec.hostNetwork',
		'status.phase',
		'status.podIP',
		'status.nominatedNodeName',
	],
	Event: [
		'involvedObject.kind',
		'involvedObject.namespace',
		'involvedObject.name',
		'involvedObject.uid',
		'involvedObject.apiVersion',
		'involvedObject.resourceVersion',
		'involvedObject.fieldPath',
		'reason',
		'reportingComponent',
		'source',
		'type',
	],
	Node: ['spec.unschedulable'],
	Namespace: ['status.phase'],
	Secret: ['type'],
	Service: ['spec.clusterIP', 'spec.type'],
	Job: ['status.successful'],
	ReplicaSet: ['status.replicas'],
	ReplicationController: ['status.replicas'],
	CertificateSigningRequest: ['spec.signerName'],
};

/** `a.b=c`, `a.b==c`, `a.b!=c`, joined by commas. Throws 400 for a field the kind does not offer. */
export function fieldSelector(resource: Resource, text: string | null): FieldTest {
	if (text === null || text.trim() === '') return () => true;
	const tests = text.split(',').map(part => parse(resource, part.trim(), text));
	return object => tests.every(test => test(object));
}

function parse(resource: Resource, part: string, whole: string): FieldTest {
	const match = /^([^=!]+?)\s*(==|=|!=)\s*(.*)$/.exec(part);
	if (match === null) throw badRequest(`invalid selector: '${whole}'; can't understand '${part}'`);
	const [, field = '', operator, value = ''] = match;
	if (!isKnown(resource, field)) throw badRequest(unknownField(resource, field));
	const path = field === 'source' ? ['source', 'component'] : field.split('.');
	return object => {
		const found = valueAt(object, ...path);
		return ((found === undefined || found === null ? empty(field) : String(found)) === value) !== (operator === '!=');
	};
}

const empty = (field: string) => (field === 'spec.unschedulable' || field === 'spec.hostNetwork' ? 'false' : '');

const isKnown = ({kind, namespaced}: Resource, field: string) =>
	field === 'metadata.name' || (field === 'metadata.namespace' && namespaced) || selectable[kind]?.includes(field) === true;

/** Kinds with fields of their own are worded differently from those that have none. */
const unknownField = ({kind}: Resource, field: string) =>
	selectable[kind] === undefined
		? `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`
		: `field label not supported: ${field}`;
