import {beforeAll, expect, test} from 'vitest';
import {addGatewayApi} from './gateway-api.ts';
import {onePlane} from './one-plane.ts';

const kube = onePlane();
beforeAll(() => addGatewayApi(kube.plane()));

test('an HTTPRoute with weights is stored as it was written', async () => {
	const path = '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes';
	const rules = [{backendRefs: [90, 10].map((weight, index) => ({name: `web-${index}`, port: 80, weight}))}];
	await kube.create(path, {
		apiVersion: 'gateway.networking.k8s.io/v1',
		kind: 'HTTPRoute',
		metadata: {name: 'web'},
		spec: {parentRefs: [{name: 'edge'}], rules},
	});
	expect(await kube.read(`${path}/web`)).toMatchObject({spec: {rules: [{backendRefs: [{weight: 90}, {weight: 10}]}]}});
});
