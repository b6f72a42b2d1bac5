import type {JsonObject} from '../../../../core/json.ts';
import {type Rule, type Taken, take} from './take.ts';

const variable = String.raw`["'\`]?([A-Z][A-Z0-9_]*)["'\`]?`;
const fieldPath = String.raw`["'\`]?((?:metadata|spec|status)\.[\w.'"[\]/-]*\w(?:'\])?)["'\`]?`;
const sources: {readonly [words: string]: string} = {
	'pod name': 'metadata.name',
	"pod's name": 'metadata.name',
	'name of the pod': 'metadata.name',
	'own name': 'metadata.name',
	'파드 이름': 'metadata.name',
	'pod ip': 'status.podIP',
	"pod's ip": 'status.podIP',
	'파드 ip': 'status.podIP',
	'node name': 'spec.nodeName',
	"node's name": 'spec.nodeName',
	'노드 이름': 'spec.nodeName',
	'host ip': 'status.hostIP',
	'node ip': 'status.hostIP',
	'own namespace': 'metadata.namespace',
	"pod's namespace": 'metadata.namespace',
	'pod namespace': 'metadata.namespace',
	'파드 네임스페이스': 'metadata.namespace',
};
const spoken = Object.keys(sources).join('|');
const ofField = (name: string | undefined, path: string | undefined): JsonObject | undefined =>
	name === undefined || path === undefined ? undefined : {name, valueFrom: {fieldRef: {fieldPath: path}}};

const rules: readonly Rule<JsonObject>[] = [
	[
		new RegExp(
			`(?:(?:an? )?(?:env(?:ironment)?(?: variables?| var)?|환경 ?변수) )?${variable}(?: ?=|은|는|에|:)? ?(?:(?:is )?(?:set |taken |filled |read )?(?:from|to|with|as)? ?)?(?:the )?(?:downward api )?(?:field(?:Ref|Path)?:? )?${fieldPath}(?:로|으로|에서|을|를)?`,
			'g',
		),
		ofField,
	],
	[
		new RegExp(
			`(?:(?:an? )?(?:env(?:ironment)?(?: variables?| var)?|환경 ?변수) )?${variable}(?: ?=|은|는|에|:)? ?(?:is |holds |set to |from |with |as )*(?:the |its )?(${spoken})(?:로|으로|을|를)?`,
			'gi',
		),
		(name, words) => (name === undefined || name !== name.toUpperCase() ? undefined : ofField(name, sources[(words ?? '').toLowerCase()])),
	],
];

/** Variables that take their value from the pod itself: `POD_IP from status.podIP`, `POD_NAME은 파드 이름`. */
export const fieldVariables = (text: string): Taken<JsonObject> => take(text, rules);
