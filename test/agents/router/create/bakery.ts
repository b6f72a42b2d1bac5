import {routerWorld, thing} from '../../../support/router-world.ts';

const pods = (app: string, port: number) => ({
	spec: {
		replicas: 2,
		selector: {matchLabels: {app}},
		template: {
			metadata: {labels: {app}},
			spec: {containers: [{name: app, image: `registry.example/${app}:1.0`, ports: [{containerPort: port}]}]},
		},
	},
});

/** A small shop with an oven: enough of each kind for wishes to speak of. */
export const bakery = routerWorld(
	[
		thing('Deployment', 'shop/bread', pods('bread', 8080)),
		thing('Deployment', 'shop/cake', pods('cake', 8080)),
		thing('Deployment', 'shop/till', pods('till', 9000)),
		thing('Deployment', 'shop/tart', pods('tart', 8080)),
		thing('Deployment', 'oven/tart', pods('tart', 8080)),
		thing('Service', 'shop/bread', {spec: {selector: {app: 'bread'}, ports: [{port: 80, targetPort: 8080}]}}),
		thing('Service', 'shop/cake', {spec: {selector: {app: 'cake'}, ports: [{port: 80}]}}),
		thing('ConfigMap', 'shop/recipes', {data: {bread: 'flour'}}),
		thing('Secret', 'shop/pull', {type: 'kubernetes.io/dockerconfigjson', data: {'.dockerconfigjson': ''}}),
		thing('ServiceAccount', 'oven/baker'),
		thing('StorageClass', 'fast'),
		thing('PersistentVolumeClaim', 'shop/flour', {
			spec: {storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '20Gi'}}},
		}),
		thing('IngressClass', 'nginx'),
		thing('Node', 'rack-2'),
		thing('CronJob', 'oven/nightly-dough', {
			spec: {
				schedule: '0 1 * * *',
				jobTemplate: {
					spec: {template: {spec: {restartPolicy: 'OnFailure', containers: [{name: 'dough', image: 'registry.example/dough:1.0'}]}}},
				},
			},
		}),
	],
	{files: {'rules.txt': 'be kind\n'}, variables: ['BAKERY_USER', 'BAKERY_PASSWORD', 'BAKERY_TOKEN']},
);
