import {expect, test} from 'vitest';
import {clusterNameOf} from '../../../src/analysis/detection/mentions/cluster-name.ts';
import {surveyIn} from './cluster-in-yaml.ts';

const cluster = ['shop', 'de-prod', 'carts-prod']
	.map(name => `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}}}`)
	.concat(
		['shop', 'de-prod', 'carts-prod'].map(namespace => `{apiVersion: v1, kind: Service, metadata: {name: web, namespace: ${namespace}}}`),
	)
	.join('\n---\n');

test.each([
	['web.staging', 'staging'],
	['web.carts', 'carts'],
	['web.de', undefined],
	['web.qa', undefined],
	['web.com', undefined],
])('%s, asked where no such namespace is', (host, namespace) => {
	expect(clusterNameOf(host, 'shop', surveyIn(cluster))?.namespace).toBe(namespace);
});
