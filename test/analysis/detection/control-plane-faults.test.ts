import {expect, test} from 'vitest';
import {controlPlaneFaults} from '../../../src/analysis/detection/analyzers/control-plane/control-plane-faults.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {remedies, told} from './told-in.ts';

const api = (service: string, available = 'True') => `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.x.io}
spec: {service: ${service}}
status: {conditions: [{type: Available, status: "${available}", reason: FailedDiscoveryCheck, message: no answer}]}
---`;
const crd = (service: string, strategy = 'Webhook') => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.x.io}
spec: {versions: [{name: v1}, {name: v2}], conversion: {strategy: ${strategy}, webhook: {clientConfig: {service: ${service}}}}}
---`;
const service = (name: string) =>
	`\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: x}, ports: [{port: 443}]}\n---`;
const pod =
	'\napiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {app: x}}\nstatus: {phase: Running, conditions: [{type: Ready, status: "True"}]}\n---';
const stopped =
	'\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: 0, template: {metadata: {labels: {app: x}}, spec: {containers: [{name: x}]}}}\n---';

const rows: readonly (readonly [string, string, readonly string[]])[] = [
	['an API that the server serves itself', api('null'), []],
	['an API that answers', api('{namespace: shop, name: x}') + service('x') + pod, []],
	[
		'an API whose Service is called otherwise',
		api('{namespace: shop, name: xs-api}') + service('xs-apis'),
		['api-service-not-there APIService/v1.x.io spec.service.name (high)'],
	],
	[
		'an API at another port',
		api('{namespace: shop, name: x, port: 8443}') + service('x') + pod,
		['api-port-not-there APIService/v1.x.io spec.service.port (high)'],
	],
	['an API that nobody serves', api('{namespace: shop, name: x}') + service('x'), ['api-not-served Service/x (high)']],
	[
		'an API whose server is scaled to nothing',
		api('{namespace: shop, name: x}') + service('x') + stopped,
		['api-stopped Deployment/x spec.replicas (high)'],
	],
	[
		'an API that does not answer as it should',
		api('{namespace: shop, name: x}', 'False') + service('x') + pod,
		['api-not-available APIService/v1.x.io status.conditions[Available]'],
	],
	[
		'a conversion whose Service is gone',
		crd('{namespace: shop, name: x}'),
		['conversion-service-not-there CustomResourceDefinition/things.x.io spec.conversion.webhook.clientConfig.service.name (high)'],
	],
	['no conversion', crd('{namespace: shop, name: x}', 'None'), []],
];

test.each(rows)('%s', (_, text, expected) => {
	expect(told(controlPlaneFaults, text)).toEqual(expected);
});

test('Services that were not read are never missed', () => {
	expect(told(controlPlaneFaults, api('{namespace: shop, name: x}'), [{kind: 'Service', why: 'may not be listed'}])).toEqual([]);
});

test('the Service of a near name is the one that was meant', () => {
	expect(remedies(controlPlaneFaults, api('{namespace: shop, name: xs-api}') + service('xs-apis'))).toEqual([
		'sure [{"op":"test","path":"/spec/service/name","value":"xs-api"},{"op":"replace","path":"/spec/service/name","value":"xs-apis"}]',
	]);
});

test('that nobody answers is explained by who was scaled to nothing', () => {
	const keys = detect(surveyIn(api('{namespace: shop, name: x}') + service('x') + stopped)).incidents.map(({key}) => key);
	expect(keys).toEqual(['api-stopped:Deployment/shop/x:spec.replicas']);
});
