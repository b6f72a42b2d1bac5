import {expect, test} from 'vitest';
import {faultsOf, object, pod} from './look.ts';

const policy = (path: string, spec: object) => object(`networking.k8s.io/v1 NetworkPolicy ${path}`, {spec});
const cilium = (path: string, fields: object) => object(`cilium.io/v2 CiliumNetworkPolicy ${path}`, {...fields});
const everywhere = (fields: object) => object('cilium.io/v2 CiliumClusterwideNetworkPolicy all', {...fields});
const web = pod('shop/web', {}, {app: 'web'});

test.each<[string, readonly ReturnType<typeof object>[], boolean]>([
	['no policy', [], false],
	['one that chooses it', [policy('shop/a', {podSelector: {matchLabels: {app: 'web'}}})], true],
	['one that chooses all', [policy('shop/a', {podSelector: {}})], true],
	['one that chooses others', [policy('shop/a', {podSelector: {matchLabels: {app: 'db'}}})], false],
	['one of another namespace', [policy('bank/a', {podSelector: {}})], false],
	['one of Cilium', [cilium('shop/a', {spec: {endpointSelector: {matchLabels: {'k8s:app': 'web'}}}})], true],
	['one of Cilium in a list', [cilium('shop/a', {specs: [{endpointSelector: {}}]})], true],
	['one of Cilium for nodes', [everywhere({spec: {nodeSelector: {}}})], false],
	['one for all namespaces', [everywhere({spec: {endpointSelector: {matchLabels: {'k8s:io.kubernetes.pod.namespace': 'shop'}}}})], true],
	['one for another of all', [everywhere({spec: {endpointSelector: {matchLabels: {'k8s:io.kubernetes.pod.namespace': 'bank'}}}})], false],
])('a workload with %s', (_, policies, isChosen) => {
	expect(faultsOf('workload-without-network-policy', [web, ...policies])).toEqual(isChosen ? [] : ['Pod shop/web']);
});

test('a namespace has a policy only by one of its own, or one that chooses all of its pods', () => {
	const shop = object('v1 Namespace shop');
	expect(faultsOf('namespace-without-network-policy', [shop])).toEqual(['Namespace shop']);
	expect(faultsOf('namespace-without-network-policy', [shop, policy('shop/a', {podSelector: {matchLabels: {app: 'db'}}})])).toEqual([]);
	expect(
		faultsOf('namespace-without-network-policy', [shop, everywhere({spec: {endpointSelector: {matchLabels: {app: 'db'}}}})]),
	).toHaveLength(1);
	expect(faultsOf('namespace-without-default-egress', [shop, policy('shop/a', {podSelector: {}})])).toHaveLength(1);
	expect(faultsOf('namespace-without-default-egress', [shop, policy('shop/a', {podSelector: {}, policyTypes: ['Egress']})])).toEqual([]);
});

test('both ways are limited by policies together', () => {
	const [inwards, outwards] = ['Ingress', 'Egress'].map(type => policy(`shop/${type}`, {podSelector: {}, policyTypes: [type]}));
	expect(faultsOf('workload-with-open-direction', [web, inwards as never])).toEqual(['Pod shop/web']);
	expect(faultsOf('workload-with-open-direction', [web, inwards as never, outwards as never])).toEqual([]);
});

test.each<[string, object, readonly string[]]>([
	['network-policy-allows-all-ingress', {ingress: [{}]}, ['spec.ingress[0]']],
	['network-policy-allows-all-ingress', {ingress: [{from: []}]}, ['spec.ingress[0]']],
	['network-policy-allows-all-ingress', {ingress: []}, []],
	['network-policy-allows-all-ingress', {ingress: [{ports: [{port: 80}]}]}, []],
	['network-policy-allows-all-egress', {egress: [{to: [{podSelector: {}}]}, {}]}, ['spec.egress[1]']],
	['network-policy-takes-whole-internet', {ingress: [{from: [{ipBlock: {cidr: '::/0'}}]}]}, ['spec.ingress[0].from[0].ipBlock.cidr']],
	['network-policy-takes-whole-internet', {ingress: [{from: [{ipBlock: {cidr: '10.0.0.0/8'}}]}]}, []],
	['network-policy-reaches-whole-internet', {egress: [{to: [{ipBlock: {cidr: '0.0.0.0/0'}}]}]}, ['spec.egress[0].to[0].ipBlock.cidr']],
])('%s of %j', (id, spec, paths) => {
	expect(faultsOf(id, [policy('shop/a', {podSelector: {}, ...spec})])).toEqual(paths.map(path => `NetworkPolicy shop/a ${path}`));
});

test('Services with addresses and names of others are told of', () => {
	const service = (spec: object) => object('v1 Service shop/web', {spec});
	expect(faultsOf('service-with-external-addresses', [service({externalIPs: ['192.0.2.1']})])).toEqual([
		'Service shop/web spec.externalIPs',
	]);
	expect(faultsOf('service-with-external-addresses', [service({externalIPs: []})])).toEqual([]);
	expect(faultsOf('service-by-external-name', [service({type: 'ExternalName', externalName: 'x.example'})])).toHaveLength(1);
	const world = cilium('shop/a', {spec: {endpointSelector: {}, ingress: [{fromEntities: ['cluster', 'world']}]}});
	expect(faultsOf('cilium-policy-takes-world', [world])).toEqual(['CiliumNetworkPolicy shop/a spec.ingress[0].fromEntities[1]']);
});
