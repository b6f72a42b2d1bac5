import type {KindRule} from '../kind-rule.ts';

const glooStates = (place: string) =>
	[
		[`${place}.state=Rejected|2`, 'Degraded', `{${place}.reason}`],
		[`${place}.state=Warning|3`, 'Degraded', `{${place}.reason}`],
		[`${place}.state=Pending|0`, 'Suspended', 'The resource has not yet been validated'],
		[`${place}.state=Accepted|1`, 'Healthy', 'The resource has been validated'],
	] as const;

/** Gateways, certificates, routes and policies of the network. */
export const networkRules: readonly KindRule[] = [
	{kinds: 'gateway.networking.k8s.io/Gateway', says: {Healthy: 'Gateway is healthy', part: 'Listener: {message}'}},
	{
		kinds: ['HTTP', 'GRPC', 'TLS', 'TCP', 'UDP'].map(protocol => `gateway.networking.k8s.io/${protocol}Route`).join(' '),
		says: {part: 'Parent {part}: {message}', Healthy: '{kind} is healthy', 'no-status': 'Waiting for {kind} status'},
	},
	{
		kinds: 'gateway.networking.k8s.io/GatewayClass',
		says: {'no-status': 'Waiting for GatewayClass status', generation: 'Waiting for GatewayClass status'},
	},
	{kinds: 'microgateway.airlock.com/*', says: {part: 'Ancestor {part}: {message}'}},
	{
		// The states are names or, from older versions, the numbers of their enumeration; a gateway that watches several namespaces has one for each.
		kinds: 'gateway.solo.io/* gloo.solo.io/*',
		when: [...glooStates('status.statuses.*'), ...glooStates('status')],
		says: {'no-status': 'Update in progress'},
	},
	{
		kinds: 'route.openshift.io/Route',
		says: {Healthy: 'Route is healthy', Degraded: 'Route is degraded', Progressing: 'Route is still getting admitted'},
	},
	{
		kinds: 'projectcontour.io/ExtensionService projectcontour.io/HTTPProxy',
		says: {'no-status': 'Waiting for status', generation: 'Waiting for status'},
	},
	{kinds: 'cert-manager.io/ClusterIssuer', says: {'no-status': 'Initializing ClusterIssuer'}},
	{kinds: 'cert-manager.io/Issuer certmanager.k8s.io/Issuer', says: {'no-status': 'Initializing issuer'}},
	{kinds: 'cert-manager.io/Certificate certmanager.k8s.io/Certificate', says: {'no-status': 'Waiting for certificate'}},
	{
		kinds: 'networking.gke.io/ManagedCertificate',
		says: {
			Healthy: 'All certificates are active',
			Degraded: 'At least one certificate has failed to be provisioned',
			Progressing: 'At least one certificate is still being provisioned',
		},
	},
	{
		kinds: 'nmstate.io/NodeNetworkConfigurationPolicy',
		when: [['Ignored=True', 'Suspended', '{Ignored.reason}']],
		says: {
			'no-status': 'Waiting for policy to be applied',
			Healthy: '{Available.reason}: {Available.message}',
			Degraded: '{Degraded.reason}: {Degraded.message}',
			Progressing: '{Progressing.reason}: {Progressing.message}',
		},
	},
];
