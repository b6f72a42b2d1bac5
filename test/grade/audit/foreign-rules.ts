import type {AuditEvent} from '../../../src/analysis/audit-log/audit-event.ts';
import type {Hit} from '../../../src/analysis/audit-log/threat-judge.ts';

/** Which detection a rule of Falco's set is, and on which of its resources. `activity`: a rule of level INFO, which a case may turn off. */
type Foreign = {
	readonly detection: string;
	readonly resources?: readonly string[];
	readonly isActivity?: true;
	/** Of what the detection tells, what the rule does not mean. */
	readonly tells?: (hit: Hit, event: AuditEvent) => boolean;
};

const pods = ['pods'] as const;
const created = (detection: string): Foreign => ({detection: `${detection}-made`, isActivity: true});
const deleted = (detection: string): Foreign => ({detection: `${detection}-deleted`, isActivity: true});

/** @see https://falco.org/docs/reference/rules/default-rules/ */
export const foreignRules: {readonly [rule: string]: Foreign} = {
	'Disallowed K8s User': {detection: 'user-not-known'},
	'Create Disallowed Pod': {detection: 'image-not-allowed', resources: pods},
	'Create Privileged Pod': {detection: 'privileged-container', resources: pods},
	'Create Sensitive Mount Pod': {detection: 'sensitive-host-path', resources: pods},
	'Create HostNetwork Pod': {detection: 'host-network', resources: pods},
	'Create HostPid Pod': {detection: 'host-pid', resources: pods},
	'Create HostIPC Pod': {detection: 'host-ipc', resources: pods},
	'Create NodePort Service': {detection: 'node-port'},
	'Create/Modify Configmap With Private Credentials': {detection: 'credentials-in-config-map'},
	'Anonymous Request Allowed': {detection: 'anonymous-request'},
	'Attach/Exec Pod': {detection: 'exec-in-pod'},
	'Port-forward Pod': {detection: 'port-forward'},
	'EphemeralContainers Created': {detection: 'debug-container'},
	'Create Disallowed Namespace': {detection: 'namespace-not-known'},
	'Pod Created in Kube Namespace': {detection: 'pod-in-kube-namespace'},
	'Service Account Created in Kube Namespace': {detection: 'account-in-kube-namespace'},
	'System ClusterRole Modified/Deleted': {detection: 'system-role-changed'},
	'Attach to cluster-admin Role': {
		detection: 'cluster-admin-bound',
		resources: ['clusterrolebindings'],
		tells: ({verb}) => verb === 'create',
	},
	'ClusterRole With Wildcard Created': {detection: 'wildcard-role', tells: ({verb}) => verb === 'create'},
	'ClusterRole With Write Privileges Created': {detection: 'writing-role'},
	'ClusterRole With Pod Exec Created': {detection: 'exec-role', tells: ({verb}) => verb === 'create'},
	'Full K8s Administrative Access': {detection: 'full-admin'},
	'Ingress Object without TLS Certificate Created': {detection: 'ingress-without-tls'},
	'Ingress Object Without TLS Certificate Created': {detection: 'ingress-without-tls'},
	'Untrusted Node Successfully Joined the Cluster': {detection: 'node-joined'},
	'Untrusted Node Unsuccessfully Tried to Join the Cluster': {detection: 'node-refused'},
	'K8s Deployment Created': created('deployment'),
	'K8s Deployment Deleted': deleted('deployment'),
	'K8s Service Created': created('service'),
	'K8s Service Deleted': deleted('service'),
	'K8s ConfigMap Created': created('config-map'),
	'K8s ConfigMap Deleted': deleted('config-map'),
	'K8s Namespace Created': created('namespace'),
	'K8s Namespace Deleted': deleted('namespace'),
	'K8s Serviceaccount Created': created('service-account'),
	'K8s Serviceaccount Deleted': deleted('service-account'),
	'K8s Role/Clusterrole Created': created('role'),
	'K8s Role/Clusterrole Deleted': deleted('role'),
	'K8s Role/Clusterrolebinding Created': created('cluster-role-binding'),
	'K8s Role/Clusterrolebinding Deleted': deleted('cluster-role-binding'),
	'K8s Secret Created': created('secret'),
	'K8s Secret Deleted': deleted('secret'),
	'K8s Secret Get Successfully': {detection: 'secret-read', isActivity: true},
	'K8s Secret Get Unsuccessfully Tried': {detection: 'secret-refused'},
};

/** Rules of workloads speak of what is made, not of what is changed. */
export const isMade = ({verb, resource}: Hit) => resource !== 'pods' || verb === 'create';

/** Its example for reading fields, which is on only where a case names it. */
export const pointerRule = 'json_pointer_example';
export const showsPointer = ({annotations}: AuditEvent, json: object) =>
	annotations['authorization.k8s.io/decision'] !== undefined && !Object.hasOwn(json, 'a/~b');
