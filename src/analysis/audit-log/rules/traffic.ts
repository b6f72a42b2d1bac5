import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import {putVerbs, type Rule, rule} from '../rule.ts';
import {writtenObject} from '../written-object.ts';

const exposing = [{tactic: 'initial-access', technique: 'T1133'}] as const;
const hijacking = [{tactic: 'collection', technique: 'T1557'}] as const;

/** What opens a program to others, and what leads traffic elsewhere. */
export const trafficRules: readonly Rule[] = [
	rule({
		id: 'node-port',
		title: 'Opened a port on every node',
		why: 'A NodePort is reached by whoever reaches a node, past the ingress.',
		severity: 'low',
		attack: exposing,
		falsePositives: 'Clusters without a load balancer.',
		remedy: 'Use a Service of type ClusterIP behind an Ingress or Gateway.',
		resources: ['services'],
		verbs: ['create'],
		needs: 'Request',
		look: event => (textAt(writtenObject(event), 'spec', 'type') === 'NodePort' ? {detail: 'type: NodePort'} : undefined),
	}),
	rule({
		id: 'ingress-without-tls',
		title: 'Made an Ingress without TLS',
		why: 'Passwords and sessions pass in the clear.',
		severity: 'low',
		attack: [{tactic: 'credential-access', technique: 'T1040'}],
		falsePositives: 'TLS that ends at a load balancer before the ingress.',
		remedy: 'Add spec.tls.',
		resources: ['ingresses'],
		verbs: ['create'],
		needs: 'Request',
		look: event => (listAt(writtenObject(event), 'spec', 'tls').length === 0 ? {detail: 'no spec.tls'} : undefined),
	}),
	rule({
		id: 'external-address',
		title: 'Wrote an external address to a Service by hand',
		why: 'Traffic of the cluster to that address goes to the pods of the Service (CVE-2020-8554).',
		severity: 'medium',
		attack: hijacking,
		falsePositives: "Load balancers of one's own, which write services/status by a service account.",
		remedy: 'Take spec.externalIPs out; refuse it with an admission policy.',
		resources: ['services', 'services/status'],
		verbs: putVerbs,
		needs: 'Request',
		look(event, {actor}) {
			const written = writtenObject(event);
			const external = listAt(written, 'spec', 'externalIPs');
			if (event.target?.resource === 'services') return external.length === 0 ? undefined : {detail: `externalIPs ${external.join(', ')}`};
			const balanced = listAt(written, 'status', 'loadBalancer', 'ingress').map(
				each => textAt(each, 'ip') ?? textAt(each, 'hostname') ?? '?',
			);
			return balanced.length === 0 || actor === 'service-account' ? undefined : {detail: `loadBalancer ${balanced.join(', ')}`};
		},
	}),
	rule({
		id: 'endpoints-written',
		title: 'Wrote by hand where the traffic of a Service goes',
		why: 'Whoever writes endpoints takes the place of the pods.',
		severity: 'low',
		attack: hijacking,
		falsePositives: 'Services that stand for something outside of the cluster.',
		remedy: 'Look at the addresses; delete them if they are no pods.',
		resources: ['endpoints', 'endpointslices'],
		verbs: putVerbs,
		needs: 'Metadata',
		outcome: 'done',
		look: ({verb, target}, {actor}) =>
			actor === 'person'
				? {detail: `${verb} of ${target?.resource}`, ...(target?.name === 'kubernetes' ? {severity: 'high' as const} : {})}
				: undefined,
	}),
	rule({
		id: 'ingress-snippet',
		title: 'Wrote settings of nginx into an Ingress',
		why: 'A snippet runs in the ingress controller, which reads the certificates of all namespaces.',
		severity: 'medium',
		attack: [{tactic: 'privilege-escalation', technique: 'T1068'}],
		falsePositives: 'Snippets that were looked at.',
		remedy: 'Turn allow-snippet-annotations off.',
		resources: ['ingresses'],
		verbs: putVerbs,
		needs: 'Request',
		look(event) {
			const found = Object.keys(objectAt(writtenObject(event), 'metadata', 'annotations')).filter(key =>
				/nginx\.(?:ingress\.kubernetes\.io|org)\/.*snippet/.test(key),
			);
			return found.length === 0 ? undefined : {detail: found.join(', ')};
		},
	}),
];
