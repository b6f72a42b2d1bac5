import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {disruptionBudget, ingress, limitRange, networkPolicy, quota, roleBinding} from '../objects.ts';
import {shopNamespace} from './workloads.ts';

/** What limits and protects the shop. */
export const rules = (): readonly KubeObject[] => [
	quota(shopNamespace, 'shop', {'requests.cpu': '8', 'requests.memory': '12Gi', 'limits.cpu': '32', 'limits.memory': '24Gi', pods: '60'}),
	limitRange(shopNamespace, 'defaults', {
		default: {cpu: '500m', memory: '256Mi'},
		defaultRequest: {cpu: '50m', memory: '64Mi'},
		max: {cpu: '4', memory: '4Gi'},
	}),
	disruptionBudget(shopNamespace, 'web', {minAvailable: 2}),
	disruptionBudget(shopNamespace, 'checkout', {maxUnavailable: 1}),
	disruptionBudget(shopNamespace, 'redis', {minAvailable: 2}),
	ingress(shopNamespace, 'shop', 'shop.example', {'/': 'web', '/checkout': 'checkout', '/api/search': 'search'}, 'shop-tls'),
	networkPolicy(shopNamespace, 'default-deny', {podSelector: {}, policyTypes: ['Ingress']}),
	networkPolicy(shopNamespace, 'allow-within-shop', {
		podSelector: {},
		ingress: [{from: [{podSelector: {}}, {namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'monitoring'}}}]}],
		policyTypes: ['Ingress'],
	}),
	networkPolicy(shopNamespace, 'web-from-anywhere', {
		podSelector: {matchLabels: {app: 'web'}},
		ingress: [{ports: [{port: 8080, protocol: 'TCP'}]}],
		policyTypes: ['Ingress'],
	}),
	roleBinding(shopNamespace, 'readers', 'view', 'reader'),
];
