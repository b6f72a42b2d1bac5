import {autoscaler, disruptionBudget, ingress, networkPolicy, service} from '../objects.ts';
import {app, type BrokenThing, brokenNamespace, thing} from './fault.ts';

/** Workloads that run while what leads to them, or protects them, is wrong. */
export const trafficFaults: readonly BrokenThing[] = [
	thing('service-selector-wrong', 'the Service selects a label that no pod has', [
		app('service-selector-wrong', '1.0'),
		service({namespace: brokenNamespace, name: 'service-selector-wrong', selector: {app: 'service-selector-wrnog'}}),
	]),
	thing('target-port-unnamed', 'the Service aims at a port name that no container has', [
		app('target-port-unnamed', '1.0'),
		service({namespace: brokenNamespace, name: 'target-port-unnamed', targetPort: 'web'}),
	]),
	thing('target-port-mismatch', 'the Service aims at a port that the container does not open', [
		app('target-port-mismatch', '1.0'),
		service({namespace: brokenNamespace, name: 'target-port-mismatch', targetPort: 9090}),
	]),
	thing('ingress-service-missing', 'the Ingress names a Service that does not exist', [
		ingress(brokenNamespace, 'ingress-service-missing', 'missing.example', {'/': 'absent-service'}),
	]),
	thing('ingress-tls-missing', 'the Ingress names a TLS Secret that does not exist', [
		app('ingress-tls-missing', '1.0'),
		service({namespace: brokenNamespace, name: 'ingress-tls-missing'}),
		ingress(brokenNamespace, 'ingress-tls-missing', 'tls.example', {'/': 'ingress-tls-missing'}, 'absent-tls'),
	]),
	thing('network-policy-blocks-dns', 'it may send nothing, not even questions to DNS', [
		app('network-policy-blocks-dns', '1.0'),
		networkPolicy(brokenNamespace, 'network-policy-blocks-dns', {
			podSelector: {matchLabels: {app: 'network-policy-blocks-dns'}},
			policyTypes: ['Egress'],
			egress: [{to: [{podSelector: {matchLabels: {app: 'crash-loop'}}}]}],
		}),
	]),
	thing('budget-impossible', 'the budget allows no disruption ever', [
		app('budget-impossible', '1.0', {replicas: 2}),
		disruptionBudget(brokenNamespace, 'budget-impossible', {maxUnavailable: 0}),
	]),
	thing('autoscaler-target-missing', 'the autoscaler scales a Deployment that does not exist', [
		autoscaler(brokenNamespace, 'autoscaler-target-missing', 'absent-deployment', [1, 5], 70),
	]),
	thing('autoscaler-no-requests', 'the pods request no cpu, so there is no percentage', [
		app('autoscaler-no-requests', '1.0', {cpu: undefined}),
		autoscaler(brokenNamespace, 'autoscaler-no-requests', 'autoscaler-no-requests', [1, 5], 70),
	]),
	thing('error-rate', 'one in eight answers is an error', [
		app('error-rate', '1.0-bad'),
		service({namespace: brokenNamespace, name: 'error-rate', requestsPerSecond: 10}),
	]),
	thing('slow-answers', 'answers take twenty times as long as usual', [
		app('slow-answers', '1.0-latency'),
		service({namespace: brokenNamespace, name: 'slow-answers', requestsPerSecond: 10}),
	]),
];
