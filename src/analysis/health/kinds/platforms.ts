import {textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Finding} from '../health.ts';
import type {KindRule} from '../kind-rule.ts';
import {partsOf} from '../read-conditions.ts';
import {isUnseen} from '../workload-counts.ts';

const policyWaits = {generation: 'Waiting for the status to be updated', 'no-status': 'Waiting for the status to be reported'} as const;

const threescale = 'Waiting for 3scale {kind} status...';

/** Autoscaling, identity, API management and policies. */
export const platformRules: readonly KindRule[] = [
	{
		kinds: 'apps.3scale.net/APIManager',
		when: [['Available=False(MissingWatchedSecrets)', 'Degraded', '3scale {kind} is degraded: {Available.reason}']],
		says: {Healthy: '3scale {kind} is available', Degraded: '3scale {kind} is degraded: {Available.reason}', Progressing: threescale},
	},
	{
		kinds: 'capabilities.3scale.net/*',
		when: [['status.developerUserState=suspended', 'Suspended', '3scale Developer user is waiting for admin approval']],
		// It waits for a person.
		roles: {Waiting: 'paused'},
		says: {Healthy: '3scale {kind} is ready', Progressing: `{message||${threescale}}`},
	},
	{
		kinds: 'capabilities.3scale.net/Backend capabilities.3scale.net/Product',
		when: [
			['Failed=True', 'Degraded', '{Failed.message||3scale {kind} synchronization failed}'],
			['Invalid=True', 'Degraded', '{Invalid.message||3scale {kind} configuration is invalid}'],
		],
		says: {Healthy: '3scale {kind} is synced', Progressing: `{message||${threescale}}`},
	},
	{
		kinds: 'k8s.keycloak.org/Keycloak',
		says: {
			Healthy: '',
			Degraded: 'Has Errors: {HasErrors.message}',
			Progressing: '',
			'no-status': 'Waiting for Keycloak status conditions to exist',
		},
	},
	{kinds: 'policy.open-cluster-management.io/ConfigurationPolicy', read: compliancy, says: policyWaits},
	{kinds: 'policy.open-cluster-management.io/*', says: policyWaits},
];

/** A policy of Open Cluster Management: what each of its templates found. */
function compliancy(object: KubeObject): Finding | undefined {
	const verdict = textAt(object, 'status', 'compliant');
	if (verdict === undefined || isUnseen(object)) return undefined;
	const told = partsOf(object).flatMap(({conditions}) => conditions.map(({type, message}) => `${type} - ${message}`));
	const status = verdict === 'Compliant' ? 'Healthy' : verdict === 'NonCompliant' ? 'Degraded' : 'Progressing';
	return {status, message: told.join('; '), from: 'part'};
}
