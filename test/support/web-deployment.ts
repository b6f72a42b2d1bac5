import type {KubeObject} from '../../src/core/kube/kube-object.ts';

/** A Deployment of four pods as a server answers it, owned by Helm and Argo CD. */
export const webDeployment = (
	change: {readonly replicas?: number; readonly name?: string; readonly containers?: readonly string[]} = {},
): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {
		name: change.name ?? 'web',
		namespace: 'shop',
		uid: 'uid-web',
		resourceVersion: '10',
		generation: 3,
		labels: {app: 'web', 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'shop'},
		annotations: {'deployment.kubernetes.io/revision': '3', 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web'},
	},
	spec: {
		replicas: change.replicas ?? 4,
		selector: {matchLabels: {app: 'web'}},
		strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}},
		progressDeadlineSeconds: 600,
		template: {
			metadata: {labels: {app: 'web', tier: 'front'}, annotations: {'prometheus.io/scrape': 'true'}},
			spec: {containers: (change.containers ?? ['web']).map(name => ({name, image: `registry.example/shop/${name}:1.4.2`}))},
		},
	},
	status: {observedGeneration: 3, replicas: 4, updatedReplicas: 4, readyReplicas: 4, availableReplicas: 4},
});
