import {type Case, caseOf} from '../../../src/analysis/diagnosis/case.ts';
import type {Cause} from '../../../src/analysis/diagnosis/cause.ts';
import {causesOf, type Symptom} from '../../../src/analysis/diagnosis/causes-of.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';

/** A case of the namespace shop around the first of the objects. */
const caseAround = (...objects: readonly [KubeObject, ...KubeObject[]]): Case => caseOf(objects[0], {namespace: 'shop', objects});

export const causes = (symptom: Symptom, ...objects: readonly [KubeObject, ...KubeObject[]]): readonly Cause[] =>
	causesOf(caseAround(...objects), symptom);

/** A pod of workload `web`, ready unless its container waits or has ended. */
export const pod = (
	status: JsonObject = {},
	{
		labels = {app: 'web'},
		ready = false,
		nodeName = 'n1',
	}: {labels?: {[key: string]: string}; ready?: boolean; nodeName?: string | undefined} = {},
) =>
	object('v1', 'Pod', 'web-1', {
		metadata: {labels, ownerReferences: []},
		spec: {...(nodeName === '' ? {} : {nodeName}), containers: [{name: 'web', image: 'web:1'}]},
		status: {
			conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}],
			containerStatuses: [{name: 'web', ready, restartCount: 0, ...status}],
		},
	});

export const service = (selector: JsonObject, targetPort: number | string = 8080) =>
	object('v1', 'Service', 'web', {spec: {selector, ports: [{name: 'http', port: 80, targetPort}]}});

/** What a remedy would do, in one line. */
export const remedyLines = (found: readonly Cause[]) =>
	found.flatMap(({remedies}) =>
		remedies.map(({tool, input, sure}) => `${sure ? 'sure' : 'choice'} ${tool} ${String(input.patch ?? JSON.stringify(input))}`),
	);
