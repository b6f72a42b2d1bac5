import type {KubeObject} from '../../../core/kube-object.ts';
import {badRequest} from '../errors.ts';
import {valueAt} from '../json-access.ts';
import {apiVersionOf, type Resource} from '../resource.ts';

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
	const known =
		field === 'metadata.name' || (field === 'metadata.namespace' && resource.namespaced) || selectable[resource.kind]?.includes(field);
	if (!known)
		throw badRequest(
			`Unable to find "${apiVersionOf(resource)}, Resource=${resource.plural}" that match label selector "", field selector "${whole}": field label not supported: ${field}`,
		);
	const path = field === 'source' ? ['source', 'component'] : field.split('.');
	return object => {
		const found = valueAt(object, ...path);
		return ((found === undefined || found === null ? empty(field) : String(found)) === value) !== (operator === '!=');
	};
}

const empty = (field: string) => (field === 'spec.unschedulable' || field === 'spec.hostNetwork' ? 'false' : '');
