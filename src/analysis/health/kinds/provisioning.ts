import type {KindRule} from '../kind-rule.ts';

const iamRole =
	"for role '{status.roleName}' with ARN '{status.roleARN||<none>}' and ID '{status.roleID||<none>}'. Reconciliation error was: {status.errorDescription}";

/** Controllers that make things in clouds. */
export const provisioningRules: readonly KindRule[] = [
	{
		// Of an AWS resource the reason of Ready tells the state: Available, Creating, Deleting, Unavailable.
		kinds: '*.aws.crossplane.io/*',
		when: [['!Ready & Synced=True', 'Progressing', 'Waiting for {kind:lower} to be available']],
		says: {
			Healthy: '{Ready.reason}',
			pause: '{Synced.reason}',
			Progressing: 'Waiting for {kind:lower} to be available',
			'no-status': 'Waiting for {kind:lower} to be created',
		},
	},
	{
		kinds: 'pkg.crossplane.io/Provider',
		says: {condition: '{Installed.reason} {Healthy.reason}', 'no-status': 'Waiting for provider to be installed'},
	},
	{kinds: 'stacks.crossplane.io/*', says: {'no-status': 'Waiting for stack to be installed'}},
	{
		// Settings have no status. docs.crossplane.io, guides/crossplane-with-argo-cd
		kinds: '*.crossplane.io/* *.upbound.io/*',
		says: {
			Healthy: 'Resource is up-to-date.',
			Progressing: 'Provisioning ...',
			'no-status': 'Provisioning ...',
			generation: 'Provisioning ...',
		},
	},
	// AWS Controllers for Kubernetes write the identity first, and the conditions once they have tried.
	{kinds: '*.services.k8s.aws/*', when: [['!status.conditions & !metadata.deletionTimestamp', 'Progressing', 'Waiting for {kind}']]},
	{
		kinds: '*.cnrm.cloud.google.com/*',
		when: [['Ready=False(DependencyNotReady)', 'Suspended', '{Ready.message}']],
		says: {generation: 'Update in progress', 'no-status': 'Update in progress'},
	},
	{
		kinds: 'iammanager.keikoproj.io/Iamrole',
		when: [
			[
				'status.state=Ready',
				'Healthy',
				"Role '{status.roleName}' exists with ARN '{status.roleARN||<none>}' and ID '{status.roleID||<none>}'.",
			],
			['status.state & !status.retryCount=0', 'Degraded', `Failed to reconcile the Iamrole (retry {status.retryCount}) ${iamRole}`],
			['status.state', 'Degraded', `Failed to reconcile the Iamrole ${iamRole}`],
		],
		says: {'no-status': 'Waiting for Iamrole to be reconciled'},
	},
];
