import {expect, test} from 'vitest';
import {separateCopy} from '../../../../../src/agents/deploy/traffic/copy/separate-copy.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import {objectAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {fitsMap, fitsSelector} from '../../../../../src/core/kube/selector.ts';
import {deployment, object} from '../../../../support/kube-objects.ts';

const service = (name: string, selector: {readonly [key: string]: string}) => object('v1', 'Service', name, {spec: {selector}});

function copied(
	selector: JsonObject,
	labels: {readonly [key: string]: string},
	services: readonly KubeObject[] = [],
	podSpec: JsonObject = {},
	name = 'web',
) {
	const template = {metadata: {labels}, spec: {containers: [], ...podSpec}};
	const workload = deployment({spec: {selector, template}}, name);
	const copy = separateCopy(workload, services, {suffix: 'canary', template, replicas: 2});
	expect(fitsSelector(selector, copy.labels)).toBe(false);
	for (const {spec} of services) expect(fitsMap(objectAt(spec, 'selector'), copy.labels)).toBe(false);
	expect(fitsMap(copy.selector, copy.labels)).toBe(true);
	expect(fitsMap(copy.selector, labels)).toBe(false);
	return copy;
}

const byApp = {matchLabels: {app: 'web'}};
const expression = (key: string, operator: string, values?: readonly string[]) => ({
	key,
	operator,
	...(values === undefined ? {} : {values}),
});

test('a copy has labels of its own, and everything else of the original', () => {
	const {manifest} = copied(byApp, {app: 'web', tier: 'front'}, [service('web', {app: 'web'})]);
	expect(manifest).toMatchInlineSnapshot(`
		{
		  "apiVersion": "apps/v1",
		  "kind": "Deployment",
		  "metadata": {
		    "labels": {
		      "app.kubernetes.io/managed-by": "mkcoa",
		      "mkcoa.dev/copy-of": "web",
		      "mkcoa.dev/track": "canary",
		    },
		    "name": "web-canary",
		    "namespace": "shop",
		  },
		  "spec": {
		    "replicas": 2,
		    "selector": {
		      "matchLabels": {
		        "mkcoa.dev/copy-of": "web",
		        "mkcoa.dev/track": "canary",
		      },
		    },
		    "template": {
		      "metadata": {
		        "labels": {
		          "app": "web-canary",
		          "mkcoa.dev/copy-of": "web",
		          "mkcoa.dev/track": "canary",
		          "tier": "front",
		        },
		      },
		      "spec": {
		        "containers": [],
		      },
		    },
		  },
		}
	`);
});

const change = (key: string, from: string | undefined, to: string | undefined) => ({key, from, to});
const labelRows: readonly {
	readonly what: string;
	readonly selector: JsonObject;
	readonly labels: {readonly [key: string]: string};
	readonly services?: readonly KubeObject[];
	readonly changes: readonly ReturnType<typeof change>[];
}[] = [
	{
		what: 'one label frees it from several selectors',
		selector: {matchLabels: {app: 'web', tier: 'front'}},
		labels: {app: 'web', tier: 'front'},
		services: [service('web', {tier: 'front'}), service('front', {tier: 'front'})],
		changes: [change('tier', 'front', 'front-canary')],
	},
	{
		what: 'two labels where one is not enough',
		selector: byApp,
		labels: {app: 'web', tier: 'front'},
		services: [service('front', {tier: 'front'})],
		changes: [change('app', 'web', 'web-canary'), change('tier', 'front', 'front-canary')],
	},
	{
		what: 'the name of the application before other labels',
		selector: {matchLabels: {'app.kubernetes.io/instance': 'x', 'app.kubernetes.io/name': 'web', zone: 'a'}},
		labels: {'app.kubernetes.io/instance': 'x', 'app.kubernetes.io/name': 'web', zone: 'a'},
		changes: [change('app.kubernetes.io/name', 'web', 'web-canary')],
	},
	{
		what: 'a value that another Service selects already is not taken',
		selector: byApp,
		labels: {app: 'web'},
		services: [service('web-canary', {app: 'web-canary'})],
		changes: [change('app', 'web', 'web-canary-2')],
	},
	{
		what: 'an expression with values',
		selector: {matchExpressions: [expression('app', 'In', ['web', 'site'])]},
		labels: {app: 'web'},
		changes: [change('app', 'web', 'web-canary')],
	},
	{
		what: 'a label that must exist is taken away',
		selector: {matchExpressions: [expression('web', 'Exists')]},
		labels: {web: ''},
		changes: [change('web', '', undefined)],
	},
	{
		what: 'a value that must not be is set',
		selector: {matchExpressions: [expression('tier', 'NotIn', ['back'])]},
		labels: {tier: 'front'},
		changes: [change('tier', 'front', 'back')],
	},
	{
		what: 'a label that must not exist is added',
		selector: {matchExpressions: [expression('old', 'DoesNotExist')]},
		labels: {app: 'web'},
		changes: [change('old', undefined, 'canary')],
	},
	{
		what: 'a Service without a selector asks for nothing',
		selector: byApp,
		labels: {app: 'web'},
		services: [service('outside', {})],
		changes: [change('app', 'web', 'web-canary')],
	},
];

test.each(labelRows)('$what', ({selector, labels, services, changes}) => {
	expect(copied(selector, labels, services).rewritten).toEqual(changes);
});

const affinityTo = (selector: JsonObject) => ({
	podAntiAffinity: {
		requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: 'kubernetes.io/hostname', labelSelector: selector}],
		preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: 'zone', labelSelector: selector}}],
	},
});

test('terms that spread the original spread the copy by its own labels', () => {
	const spread = (selector: JsonObject) => [{maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: selector}];
	const podSpec = (selector: JsonObject) => ({affinity: affinityTo(selector), topologySpreadConstraints: spread(selector)});
	const {manifest} = copied(byApp, {app: 'web'}, [], podSpec(byApp));
	expect(objectAt(manifest, 'spec', 'template', 'spec')).toEqual({containers: [], ...podSpec({matchLabels: {app: 'web-canary'}})});
});

test.each([
	[
		'values of an expression',
		{matchExpressions: [expression('app', 'In', ['web', 'x'])]},
		{matchExpressions: [expression('app', 'In', ['web-canary', 'x'])]},
	],
	['another application', {matchLabels: {app: 'redis'}}, {matchLabels: {app: 'redis'}}],
	['every pod with any value', {matchExpressions: [expression('app', 'Exists')]}, {matchExpressions: [expression('app', 'Exists')]}],
	[
		'everything but some',
		{matchExpressions: [expression('app', 'NotIn', ['batch']), expression('tier', 'Exists')]},
		{matchLabels: {'mkcoa.dev/copy-of': 'web', 'mkcoa.dev/track': 'canary'}, matchExpressions: [expression('tier', 'Exists')]},
	],
])('a term about %s', (_, selector, expected) => {
	const {manifest} = copied(byApp, {app: 'web', tier: 'front'}, [], {affinity: affinityTo(selector)});
	expect(objectAt(manifest, 'spec', 'template', 'spec', 'affinity')).toEqual(affinityTo(expected));
});

test('nodes are chosen as before', () => {
	const nodeAffinity = {
		requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [expression('disk', 'Exists')]}]},
	};
	const {manifest} = copied(byApp, {app: 'web'}, [], {affinity: {nodeAffinity}});
	expect(objectAt(manifest, 'spec', 'template', 'spec', 'affinity')).toEqual({nodeAffinity});
});

test('names and values stay within their limits, and two long ones differ', () => {
	const [one, two] = ['a', 'b'].map(end => `${'web'.repeat(80)}${end}`);
	const label = 'v'.repeat(63);
	const copies = [one ?? '', two ?? ''].map(name => copied({matchLabels: {app: label}}, {app: label}, [], {}, name));
	for (const {manifest, labels} of copies) {
		expect(manifest.metadata.name).toMatch(/^[a-z0-9-]{1,242}$/);
		expect(manifest.metadata.name.endsWith('-canary')).toBe(true);
		for (const value of Object.values(labels)) expect(value.length).toBeLessThanOrEqual(63);
	}
	expect(copies[0]?.manifest.metadata.name).not.toBe(copies[1]?.manifest.metadata.name);
	expect(copies[0]?.selector).not.toEqual(copies[1]?.selector);
});

test('a copy of a copy is refused where the labels of its own would be taken', () => {
	const own = {'mkcoa.dev/copy-of': 'web', 'mkcoa.dev/track': 'canary'};
	const template = {metadata: {labels: own}, spec: {}};
	const workload = deployment({spec: {selector: {matchLabels: own}, template}});
	expect(() => separateCopy(workload, [], {suffix: 'canary', template, replicas: 1})).toThrow('No labels keep a copy of web apart');
});
